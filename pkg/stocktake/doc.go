// Package stocktake compares what lies in a store with what the ledger says: people open a stocktake, scan what they
// find, look at the differences, and post them. It stands on inventory and stock.
//
// A store goes on selling while it is counted, and phones send their scans late, twice, or several at once. So a scan is
// never a quantity, but so many units that somebody found, or takes back, and has a key under which it counts once. And
// a stocktake never sets a quantity, but posts a difference: what was counted less what was expected. What is sold or
// comes after an item was scanned changes neither of the two, and so nothing that is posted.
//
// Expected of an item is what the ledger had in the store when it was scanned: read under the item's lock, or, for a scan
// that says when it was made, what the ledger had then. Where units moved between the first and the last scan of one
// item, nobody knows whether they had been counted already. The ledger then had several numbers meanwhile, least to most.
// A count between them is what a store without loss would find, and no difference; one outside of them differs by the
// distance to the nearest. So the assumption is: what was sold while an item was being counted explains a count as far as
// it can. A wrong guess is at most as large as what moved then, it hides a difference that the next stocktake shows, and
// it never makes one up.
//
// A movement of the kind count that somebody makes after the scan has mended the ledger: it is a part of what is expected,
// so that one missing unit is not written off twice. More than there is left is never taken out.
//
// What lies in the store, is in the scope and was never scanned is left alone, or posted away if the poster says so: all
// of it but what came since the stocktake was opened.
package stocktake
