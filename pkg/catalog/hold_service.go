package catalog

import (
	"context"

	"github.com/uptrace/bun"
)

// HoldValue returns a value that the vendor sees, and its axis with it, which stay until the transaction ends: NotFound if
// it is another vendor's.
func HoldValue(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Value, error) {
	return holdRow[Value](ctx, tx, "Value", vendorID, id)
}

// HoldProduct is HoldValue for a product.
func HoldProduct(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Product, error) {
	return holdRow[Product](ctx, tx, "Product", vendorID, id)
}

// HoldSet is HoldValue for a set.
func HoldSet(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Set, error) {
	return holdRow[Set](ctx, tx, "Set", vendorID, id)
}
