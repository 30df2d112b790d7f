// Package sales knows what a vendor's stores sold, to the receipt: what was in the basket, what it came to, how it was paid,
// and what came back. It stands on stock, which moves the units, on serial, which knows the pieces among them, and on costing,
// which knows what they cost.
//
// A sale is a row that is never changed and never deleted. What becomes of it is a document of its own that names it: a
// return of a part, with amounts below 0, or a void of the whole, once. The numbers of a store's receipts, all kinds
// together, have no gap and no double: a document takes its number as the last thing that its transaction does.
//
// A line keeps which pieces it moved, as far as they were named, and what their certificates said then: a piece itself
// knows only how it came and went last.
//
// Amounts are exact. A line comes to its units at its price, less its own discount and its share of the basket's, which is
// spread over the lines by what they come to; tax is added to that by the rate of the store, rounded half up to the
// hundredth, line by line. What a return gives back of a line is, of each amount, the share of the units that came back so
// far less what was given back before: the last unit gets what is left, and nothing is lost to rounding.
//
// Verify proves all of that.
package sales
