// Package stock knows how many units of each item lie where, and how they got there: the ledger of movements. It stands
// on vendors; items themselves are inventory's.
//
// A movement is a row that is never changed and never deleted: so many units of an item came to a store, or left it. The
// sum of an item's movements in a store is what lies there: the item's quantity in its own store, a Level in another one;
// the sum of a deleted item's is 0. Verify proves it. Whoever changes a quantity does so through this package, in one
// transaction with the movement: Lock takes the items, Post moves their units, and one guarded UPDATE keeps them from going
// below zero, whoever races. What another program changes on the same PostgreSQL
// database is entered by triggers.
//
// Django's own ledger, collectibles_stockledger, goes on getting its rows.
package stock
