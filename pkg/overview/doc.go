// Package overview knows what the stock of a vendor comes to at the moment, by store and by category. It stands on vendors;
// items are inventory's.
//
// An overview does not look at the items. It adds up the summary: one row for each vendor, store, category and level, the
// level being how many units there are of each of the items that the row counts. Triggers on the items keep it, so that it
// counts what another program writes, too. On PostgreSQL, where many write at once, they add deltas, which wait for
// nobody; now and then one who writes folds the deltas into the summary. So what there is, is the summary and the deltas
// together. On SQLite, where one writes at a time, the triggers change the summary itself.
//
// The summary follows from the items: Verify compares both, Rebuild makes it anew.
package overview
