// Package costing knows what units cost that left, and what those are worth that are there. It stands on the ledger of
// stock, and works its numbers out of it: it holds nothing that could not be worked out again.
//
// Units that come together at one cost are a Lot. Units that leave a store take the oldest lots of their item there first
// (FIFO), unless their movement names the one that brought these very units (specific cost). Transfers carry the lots with
// them; what comes back, costs what it cost when it left. A part of a lot costs its share of the lot, rounded to a hundredth
// so that the parts add up to the whole.
//
// That is not done while somebody sells: CatchUp does it before numbers are read, item by item, in the order of each item's
// movements, which is that of their ids because a movement is entered under the lock of its item.
//
// The worth of a stock at a moment is the sum of what its movements up to then cost. Days that are over have their sums,
// so that what is added up is a number for each day, and the movements of one day.
package costing
