package inventory

import (
	"context"

	"github.com/uptrace/bun"
)

// insertCollectibles inserts at least one collectible, and sets their ids.
func insertCollectibles(ctx context.Context, tx bun.Tx, items []*Collectible) error {
	_, err := tx.NewInsert().Model(&items).Exec(ctx)
	return collectibleError(err)
}

func insertCards(ctx context.Context, tx bun.Tx, cards []*CardDetails) error {
	if len(cards) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&cards).Exec(ctx)
	return err
}

func insertImages(ctx context.Context, tx bun.Tx, images []*Image) error {
	if len(images) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&images).Exec(ctx)
	return err
}

// countOfVendor returns how many collectibles a vendor has.
func countOfVendor(ctx context.Context, tx bun.Tx, vendorID int64) (int64, error) {
	return tx.NewSelect().Model((*Collectible)(nil)).Where("c.vendor_id = ?", vendorID).Count(ctx)
}
