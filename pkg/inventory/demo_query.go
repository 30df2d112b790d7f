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

// selectVendorAddresses returns those of all images that a vendor's collectibles show.
func selectVendorAddresses(ctx context.Context, tx bun.Tx, vendorID int64) (shown []shownImage, err error) {
	err = tx.NewRaw(`SELECT im.item_id, im.url FROM collectibles_inventorymedia AS im
		JOIN collectibles_collectible AS c ON c.id = im.item_id WHERE c.vendor_id = ?0
		UNION SELECT c.id, c.image_url FROM collectibles_collectible AS c WHERE c.vendor_id = ?0 AND c.image_url IS NOT NULL`,
		vendorID).Scan(ctx, &shown)
	return shown, err
}
