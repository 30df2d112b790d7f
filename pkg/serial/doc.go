// Package serial knows single pieces by the certificates that graders give: slabs. It stands on stock and
// catalog.
//
// A serial unit says which piece one of an item's units is, and never how many there are: registering one moves nothing,
// and an item may have more units than certificates. At most as many units are present in a store as the ledger has units
// of the item there. A sale that would leave fewer is refused until it names its pieces. Package stock does not know of
// them: where somebody moves a unit otherwise, the pieces may be too many afterwards. A diagnosis tells, and nothing breaks.
//
// One row stands for a certificate of a grader at a vendor, for good. A piece that was sold and comes back is the same row.
// What moves named pieces does so in the transaction of the movement, by Take and Return.
package serial
