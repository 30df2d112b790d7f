package stock

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
)

// A gap is what the ledger of an item lacks in a place: units, fewer than none where there are too many.
type gap struct {
	Item `bun:",extend"` // VendorID and StoreID are the place

	Units      int64 `bun:"units"`
	Sum        int64 `bun:"sum"` // of the movements there
	HasHistory bool  `bun:"has_history"`
}

// selectGaps returns the gaps of items that are there.
func selectGaps(ctx context.Context, idb bun.IDB, ids []int64) (gaps []gap, err error) {
	err = idb.NewRaw(`SELECT c.id, g.vendor_id, g.store_id, c.sku, c.name, c.quantity, c.intake_price, g.units - g.sum AS units, g.sum,
			EXISTS (SELECT 1 FROM omnistock_stock_movement AS m WHERE m.item_id = c.id) AS has_history
		FROM (SELECT id, vendor_id, store_id, sum(units) AS units, sum(entered) AS sum FROM (
				SELECT id, vendor_id, store_id, quantity AS units, 0 AS entered FROM collectibles_collectible WHERE id IN (?0)
				UNION ALL
				SELECT item_id, vendor_id, store_id, quantity, 0 FROM omnistock_stock_level WHERE item_id IN (?0)
				UNION ALL
				SELECT item_id, vendor_id, store_id, 0, delta FROM omnistock_stock_movement WHERE item_id IN (?0)
			) AS both_sides GROUP BY id, vendor_id, store_id HAVING sum(units) <> sum(entered)
		) AS g JOIN collectibles_collectible AS c ON c.id = g.id ORDER BY c.id`, bun.List(ids)).Scan(ctx, &gaps)
	return gaps, err
}

// A state is an item as it is, and a step is a movement, as far as Verify looks at them.
type (
	state struct {
		ID       int64  `bun:"id"`
		VendorID *int64 `bun:"vendor_id"`
		StoreID  int64  `bun:"store_id"`
		SKU      string `bun:"sku"`
		Quantity int64  `bun:"quantity"`
	}
	step struct {
		id, itemID, storeID, delta, after int64
		vendorID                          sql.NullInt64
		sku                               string
	}
)

// selectStates returns items behind an id, in order.
func selectStates(ctx context.Context, idb bun.IDB, vendorID *int64, after int64, limit int64) (states []state, err error) {
	q := idb.NewSelect().TableExpr("collectibles_collectible AS c").Column("id", "vendor_id", "store_id", "sku", "quantity").
		Where("c.id > ?", after).OrderExpr("c.id").Limit(limit)
	if vendorID != nil {
		q = q.Where("c.vendor_id = ?", *vendorID)
	}
	return states, q.Scan(ctx, &states)
}

// selectLevelsBetween returns the levels of items behind one id and up to another, in order.
func selectLevelsBetween(ctx context.Context, idb bun.IDB, vendorID *int64, after, to int64) (levels []*Level, err error) {
	q := idb.NewSelect().Model(&levels).Where("l.item_id > ?", after).Where("l.item_id <= ?", to).Where("l.quantity > 0").
		OrderExpr("l.item_id, l.store_id")
	if vendorID != nil {
		q = q.Where("l.vendor_id = ?", *vendorID)
	}
	return levels, q.Scan(ctx)
}

// eachStep calls fn with the movements of items behind one id and up to another, item by item, in order.
func eachStep(ctx context.Context, idb bun.IDB, vendorID *int64, after, to int64, fn func(step) error) (err error) {
	q := idb.NewSelect().TableExpr("omnistock_stock_movement AS m").
		Column("id", "item_id", "vendor_id", "store_id", "delta", "quantity_after", "sku").
		Where("m.item_id > ?", after).Where("m.item_id <= ?", to).OrderExpr("m.item_id, m.id")
	if vendorID != nil {
		q = q.Where("m.vendor_id = ?", *vendorID)
	}
	rows, err := q.Rows(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var st step
		if err := rows.Scan(&st.id, &st.itemID, &st.vendorID, &st.storeID, &st.delta, &st.after, &st.sku); err != nil {
			return err
		}
		if err := fn(st); err != nil {
			return err
		}
	}
	return rows.Err()
}

// recent is how many items countRecentDrift looks at on each side.
const recent = 1000

// countRecentDrift counts, among the newest items and those that moved last, the ones whose movements in their own store
// add up to another quantity than there is, or the last of which left another one. It costs the same however many items there are.
func countRecentDrift(ctx context.Context, idb bun.IDB) (n int, err error) {
	err = idb.NewRaw(`SELECT count(*) FROM (SELECT
			c.quantity + coalesce((SELECT l.quantity FROM omnistock_stock_level AS l WHERE l.item_id = c.id AND l.store_id = c.store_id), 0) AS units,
			coalesce((SELECT sum(m.delta) FROM omnistock_stock_movement AS m WHERE m.item_id = c.id AND m.store_id = c.store_id), 0) AS entered,
			coalesce((SELECT m.quantity_after FROM omnistock_stock_movement AS m
				WHERE m.item_id = c.id AND m.store_id = c.store_id ORDER BY m.id DESC LIMIT 1), 0) AS left_there
		FROM collectibles_collectible AS c
		WHERE c.id IN (
			SELECT id FROM (SELECT id FROM collectibles_collectible ORDER BY id DESC LIMIT ?0) AS newest
			UNION SELECT item_id FROM (SELECT item_id FROM omnistock_stock_movement ORDER BY id DESC LIMIT ?0) AS moved)
		) AS looked_at WHERE units <> entered OR units <> left_there`, recent).Scan(ctx, &n)
	return n, err
}

// selectBySKU returns an item's movements in order, by the SKU that it has or had.
func selectBySKU(ctx context.Context, idb bun.IDB, sku string) (ms []*Movement, err error) {
	err = idb.NewSelect().Model(&ms).
		Where("m.item_id IN (SELECT id FROM collectibles_collectible WHERE sku = ?0) OR m.sku = ?0", sku).
		OrderExpr("m.item_id, m.id").Scan(ctx)
	return ms, err
}

// hasSKU reports whether an item has the SKU.
func hasSKU(ctx context.Context, idb bun.IDB, sku string) (bool, error) {
	return idb.NewSelect().TableExpr("collectibles_collectible AS c").Where("c.sku = ?", sku).Exists(ctx)
}
