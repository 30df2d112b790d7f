package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/stock"
)

// countInStores returns how many collectibles lie in the stores.
func countInStores(ctx context.Context, tx bun.Tx, storeIDs []int64) (int64, error) {
	return tx.NewSelect().Model((*Collectible)(nil)).Where("c.store_id IN (?)", bun.List(storeIDs)).Count(ctx)
}

// clearVendor takes a vendor off collectibles, as Django does when it goes, and returns them.
func clearVendor(ctx context.Context, tx bun.Tx, vendorID int64) (left []stock.Item, err error) {
	err = tx.NewUpdate().Model((*stock.Item)(nil)).Set("vendor_id = NULL").Where("vendor_id = ?", vendorID).Returning(stock.ItemColumns).
		Scan(ctx, &left)
	return left, err
}
