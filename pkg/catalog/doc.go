// Package catalog knows what the trade knows: eras and sets of games, sealed products, accessories, graders, and the axes
// by which variants of an item differ, such as condition and language, with their values.
//
// These are open tables, not fixed lists. A row without a vendor is everybody's: seeded and imported by an operator, by
// its slug. The others are additions of one vendor, made over HTTP, which nobody else sees. The package stands on vendors.
package catalog
