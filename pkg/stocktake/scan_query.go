package stocktake

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

const scanTable = "omnistock_stocktake_scan"

// selectScans returns the scans of a stocktake that have one of the client keys.
func selectScans(ctx context.Context, idb bun.IDB, stocktakeID int64, keys []string) (scans []*Scan, err error) {
	err = idb.NewSelect().Model(&scans).Where("sc.stocktake_id = ?", stocktakeID).Where("sc.client_key IN (?)", bun.List(keys)).Scan(ctx)
	return scans, err
}

func insertScans(ctx context.Context, tx bun.Tx, scans []*Scan) error {
	_, err := tx.NewInsert().Model(&scans).Returning("NULL").Exec(ctx)
	return err
}

// A target is an item that scans may name.
type target struct {
	ID       int64   `bun:"id"`
	SKU      string  `bun:"sku"`
	Category *string `bun:"category"`
}

// selectTargets returns those of a vendor's items that have one of the ids or SKUs.
func selectTargets(ctx context.Context, idb bun.IDB, vendorID int64, ids []int64, skus []string) (found []target, err error) {
	either := func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(ids) > 0 {
			q = q.WhereOr("c.id IN (?)", bun.List(ids))
		}
		if len(skus) > 0 {
			q = q.WhereOr("c.sku IN (?)", bun.List(skus))
		}
		return q
	}
	err = idb.NewSelect().TableExpr("collectibles_collectible AS c").ColumnExpr("c.id, c.sku, c.category").
		Where("c.vendor_id = ?", vendorID).WhereGroup(" AND ", either).Scan(ctx, &found)
	return found, err
}

func selectLines(ctx context.Context, tx bun.Tx, stocktakeID int64, itemIDs []int64) (lines []*Line, err error) {
	err = tx.NewSelect().Model(&lines).Where("l.stocktake_id = ?", stocktakeID).Where("l.item_id IN (?)", bun.List(itemIDs)).Scan(ctx)
	return lines, err
}

// upsertLines writes the lines of items. Whoever does holds the locks of the items.
func upsertLines(ctx context.Context, tx bun.Tx, lines []*Line) error {
	q := tx.NewInsert().Model(&lines).ExcludeColumn("id").On("CONFLICT (stocktake_id, item_id) DO UPDATE").Returning("NULL")
	for _, column := range []bun.Ident{"sku", "name", "unit_cost", "counted", "least", "most", "counted_at", "expected", "movement_id"} {
		q = q.Set("? = excluded.?", column, column)
	}
	_, err := q.Exec(ctx)
	return err
}

// A moved is units that came to a store at a moment, or left it.
type moved struct {
	ItemID    int64     `bun:"item_id"`
	Delta     int64     `bun:"delta"`
	CreatedAt time.Time `bun:"created_at"`
}

// selectMoved returns the movements of items in a store after a moment.
func selectMoved(ctx context.Context, tx bun.Tx, itemIDs []int64, storeID int64, after time.Time) (ms []moved, err error) {
	err = tx.NewSelect().TableExpr("omnistock_stock_movement AS m").ColumnExpr("m.item_id, m.delta, m.created_at").
		Where("m.item_id IN (?)", bun.List(itemIDs)).Where("m.store_id = ?", storeID).Where("m.created_at > ?", after).Scan(ctx, &ms)
	return ms, err
}
