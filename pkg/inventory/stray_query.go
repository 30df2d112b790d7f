package inventory

import (
	"context"

	"github.com/uptrace/bun"
)

// A stray is a collectible that lies in no store of its vendor.
type stray struct {
	ID     int64  `bun:"id"`
	HomeID *int64 `bun:"home_id"` // the vendor's oldest store; nil if it has none
}

func selectStrays(ctx context.Context, tx bun.Tx) (strays []stray, err error) {
	err = tx.NewSelect().Model((*Collectible)(nil)).ColumnExpr("c.id").
		ColumnExpr("(SELECT min(h.id) FROM collectibles_store AS h WHERE h.vendor_id = c.vendor_id) AS home_id").
		Join("LEFT JOIN collectibles_store AS s ON s.id = c.store_id").
		Where("c.vendor_id IS NOT NULL").Where("s.id IS NULL OR s.vendor_id <> c.vendor_id").Order("c.id").Scan(ctx, &strays)
	return strays, err
}

func updateStore(ctx context.Context, tx bun.Tx, id, storeID int64) error {
	_, err := tx.NewUpdate().Model((*Collectible)(nil)).Set("store_id = ?", storeID).Where("id = ?", id).Exec(ctx)
	return err
}
