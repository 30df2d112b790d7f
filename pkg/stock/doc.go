// Package stock knows how many units of each item lie where, and how they got there: the ledger of movements. It stands
// on vendors; items themselves are inventory's.
//
// A movement is a row that is never changed and never deleted: so many units of an item came to a store, or left it. The
// sum of an item's movements is its quantity, which is all in the store that the item names; the sum of a deleted item's
// is 0. Verify proves it. Whoever changes a quantity does so through this package, in one transaction with the movement;
// one guarded UPDATE keeps it from going below zero, whoever races. What another program changes on the same PostgreSQL
// database is entered by triggers.
//
// Django's own ledger, collectibles_stockledger, goes on getting its rows.
package stock
