package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A stray is a collectible that lies in no store of its vendor.
type stray struct {
	stock.Item `bun:",extend"`

	HomeID *int64 `bun:"home_id"` // the vendor's oldest store; nil if it has none
}

// selectStrays returns them in order; nobody else changes them until the transaction ends.
func selectStrays(ctx context.Context, tx bun.Tx) (strays []stray, err error) {
	q := tx.NewSelect().Model(&strays).ColumnExpr("c.id, c.vendor_id, c.store_id, c.sku, c.name, c.quantity, c.intake_price").
		ColumnExpr("(SELECT min(h.id) FROM collectibles_store AS h WHERE h.vendor_id = c.vendor_id) AS home_id").
		Join("LEFT JOIN collectibles_store AS s ON s.id = c.store_id").
		Where("c.vendor_id IS NOT NULL").Where("s.id IS NULL OR s.vendor_id <> c.vendor_id").Order("c.id")
	return strays, db.ForUpdate(q, "c").Scan(ctx)
}

func updateStore(ctx context.Context, tx bun.Tx, id, storeID int64) error {
	_, err := tx.NewUpdate().Model((*Collectible)(nil)).Set("store_id = ?", storeID).Where("id = ?", id).Exec(ctx)
	return err
}
