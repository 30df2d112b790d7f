// Package pricing knows what items are offered and sold for, elsewhere and at home: observations of prices. It stands on
// vendors; items themselves are inventory's, and no observation changes the prices that they name.
//
// An observation says that a source asked or got so much, in a currency, at a moment. An item has one observation at most of
// a source, a currency and a moment: to tell the same again changes nothing, so that an import may be repeated.
package pricing
