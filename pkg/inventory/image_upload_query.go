package inventory

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

func insertImage(ctx context.Context, tx bun.Tx, image *Image) error {
	_, err := tx.NewInsert().Model(image).Exec(ctx)
	return err
}

func deleteImage(ctx context.Context, tx bun.Tx, id int64) error {
	_, err := tx.NewDelete().Model((*Image)(nil)).Where("id = ?", id).Exec(ctx)
	return err
}

// clearPrimary makes an item's primary image one of the gallery.
func clearPrimary(ctx context.Context, tx bun.Tx, itemID int64, now time.Time) error {
	_, err := tx.NewUpdate().Model((*Image)(nil)).
		Set("is_primary = ?", false).Set("media_type = ?", ImageGallery).Set("updated_at = ?", now).
		Where("item_id = ?", itemID).Where("is_primary").Exec(ctx)
	return err
}

// shownImage is an image at its address.
type shownImage struct {
	ItemID int64  `bun:"item_id"`
	URL    string `bun:"url"`
}

// selectShown returns what those collectibles show whose column, vendor_id or user_id, has the value.
func selectShown(ctx context.Context, tx bun.Tx, column bun.Ident, value int64) (shown []shownImage, err error) {
	err = tx.NewRaw(`SELECT im.item_id, im.url FROM collectibles_inventorymedia AS im
		JOIN collectibles_collectible AS c ON c.id = im.item_id WHERE c.?0 = ?1
		UNION SELECT c.id, c.image_url FROM collectibles_collectible AS c WHERE c.?0 = ?1 AND c.image_url IS NOT NULL`,
		column, value).Scan(ctx, &shown)
	return shown, err
}
