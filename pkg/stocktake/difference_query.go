package stocktake

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// lines is a query for the lines of a stocktake and what is expected of each: what is written there once it is posted,
// else the number between least and most that is nearest to what was counted, and what counts have mended since the scan.
func lines(idb bun.IDB, t *Stocktake) *bun.SelectQuery {
	return idb.NewSelect().TableExpr("omnistock_stocktake_line AS l").ColumnExpr("l.*").
		ColumnExpr(`coalesce(l.expected, CASE WHEN l.counted < l.least THEN l.least WHEN l.counted > l.most THEN l.most ELSE l.counted END
			+ coalesce((SELECT CAST(sum(m.delta) AS bigint) FROM omnistock_stock_movement AS m WHERE m.item_id = l.item_id
				AND m.store_id = ? AND m.kind = 'count' AND m.created_at > l.counted_at), 0)) AS expects`, t.StoreID).
		Where("l.stocktake_id = ?", t.ID)
}

// selectDifferences returns those of the items behind one, in the order of their ids; all says that items which agree are
// among them.
func selectDifferences(ctx context.Context, idb bun.IDB, t *Stocktake, all bool, after, limit int64) (list []*Difference, err error) {
	q := idb.NewSelect().TableExpr("(?) AS d", lines(idb, t).Where("l.item_id > ?", after)).ColumnExpr("d.*").
		OrderExpr("d.item_id").Limit(limit)
	if !all {
		q = q.Where("d.counted <> d.expects")
	}
	return list, q.Scan(ctx, &list)
}

// selectDifferencesOf returns those of some items.
func selectDifferencesOf(ctx context.Context, tx bun.Tx, t *Stocktake, itemIDs []int64) (list []*Difference, err error) {
	return list, lines(tx, t).Where("l.item_id IN (?)", bun.List(itemIDs)).Scan(ctx, &list)
}

// selectUnsettled returns the ids of items that are there still and of which not each number is what was counted.
func selectUnsettled(ctx context.Context, tx bun.Tx, t *Stocktake) (ids []int64, err error) {
	err = tx.NewSelect().TableExpr("(?) AS d", lines(tx, t)).ColumnExpr("d.item_id").
		Join("JOIN collectibles_collectible AS c ON c.id = d.item_id AND c.vendor_id = ?", t.VendorID).
		Where("d.counted <> d.expects OR d.counted NOT BETWEEN d.least AND d.most").OrderExpr("d.item_id").Scan(ctx, &ids)
	return ids, err
}

// missing is a query for the items of a stocktake's scope that have units in the store and were never scanned.
func missing(idb bun.IDB, t *Stocktake) *bun.SelectQuery {
	q := idb.NewSelect().TableExpr("collectibles_collectible AS c").
		Where("c.vendor_id = ?", t.VendorID).
		Where(`c.id IN (SELECT id FROM collectibles_collectible WHERE store_id = ?0 AND quantity > 0
			UNION SELECT item_id FROM omnistock_stock_level WHERE store_id = ?0 AND quantity > 0)`, t.StoreID).
		Where("NOT EXISTS (SELECT 1 FROM omnistock_stocktake_line AS l WHERE l.stocktake_id = ? AND l.item_id = c.id)", t.ID).
		OrderExpr("c.id")
	if t.Category != nil {
		q = q.Where("? = ?", db.Upper(bun.Ident("c.category")), db.Upper(*t.Category))
	}
	return q
}

func selectMissingIDs(ctx context.Context, tx bun.Tx, t *Stocktake) (ids []int64, err error) {
	return ids, missing(tx, t).ColumnExpr("c.id").Scan(ctx, &ids)
}

// selectMissing returns missing items behind one, in the order of their ids, as if nothing of them was counted: what is
// expected is what lies there, but for what came since the stocktake was opened.
func selectMissing(ctx context.Context, idb bun.IDB, t *Stocktake, after, limit int64) (list []*Difference, err error) {
	q := missing(idb, t).Where("c.id > ?", after).ColumnExpr("c.id AS item_id, c.sku, c.name, c.intake_price AS unit_cost").
		ColumnExpr(`CASE WHEN c.store_id = ?0 THEN c.quantity ELSE 0 END
			+ coalesce((SELECT l.quantity FROM omnistock_stock_level AS l WHERE l.item_id = c.id AND l.store_id = ?0), 0)
			- coalesce((SELECT CAST(sum(m.delta) AS bigint) FROM omnistock_stock_movement AS m WHERE m.item_id = c.id
				AND m.store_id = ?0 AND m.delta > 0 AND m.created_at > ?1), 0) AS expects`, t.StoreID, t.CreatedAt)
	err = idb.NewSelect().TableExpr("(?) AS d", q).ColumnExpr("d.*").Where("d.expects > 0").OrderExpr("d.item_id").Limit(limit).
		Scan(ctx, &list)
	return list, err
}

// selectCome returns, by item, how many units came to the store since the stocktake was opened.
func selectCome(ctx context.Context, tx bun.Tx, t *Stocktake, itemIDs []int64) (map[int64]int64, error) {
	var rows []moved
	err := tx.NewSelect().TableExpr("omnistock_stock_movement AS m").ColumnExpr("m.item_id, CAST(sum(m.delta) AS bigint) AS delta").
		Where("m.item_id IN (?)", bun.List(itemIDs)).Where("m.store_id = ?", t.StoreID).Where("m.delta > 0").
		Where("m.created_at > ?", t.CreatedAt).GroupExpr("m.item_id").Scan(ctx, &rows)
	come := make(map[int64]int64, len(rows))
	for _, row := range rows {
		come[row.ItemID] = row.Delta
	}
	return come, err
}

// selectPostedItems returns the items of which a stocktake has posted a difference, in their order.
func selectPostedItems(ctx context.Context, tx bun.Tx, id int64) (itemIDs []int64, err error) {
	err = tx.NewSelect().Model((*Line)(nil)).Column("item_id").Where("l.stocktake_id = ?", id).Where("l.movement_id IS NOT NULL").
		OrderExpr("l.item_id").Scan(ctx, &itemIDs)
	return itemIDs, err
}

// settleLines writes into the lines of a stocktake that have nothing there what was expected when they were scanned.
func settleLines(ctx context.Context, tx bun.Tx, t *Stocktake) error {
	_, err := tx.NewRaw(`UPDATE omnistock_stocktake_line SET expected =
		CASE WHEN counted < least THEN least WHEN counted > most THEN most ELSE counted END
		WHERE stocktake_id = ? AND expected IS NULL`, t.ID).Exec(ctx)
	return err
}
