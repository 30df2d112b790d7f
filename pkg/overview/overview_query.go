package overview

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// stock is what there is of a vendor's in some stores.
type stock struct {
	vendorID int64
	stores   []int64 // nil for all
	places   []int64 // the stores, also if they are all
}

// where narrows a query to the stock.
func (st stock) where(q *bun.SelectQuery) *bun.SelectQuery {
	q = q.Where("vendor_id = ?", st.vendorID)
	if st.stores != nil {
		q = q.Where("store_id IN (?)", bun.List(st.stores))
	}
	return q
}

// worthElsewhere is what units in another store than their item's come to, ?0 being a price: as much as in the summary.
var worthElsewhere = map[bool]string{
	true:  "greatest(least(l.quantity * c.?0, 10000000000), -10000000000) AS ?1",
	false: "max(min(l.quantity * c.?0, 1000000000000), -1000000000000) AS ?1",
}

// selectElsewhere is a query for the units that lie in other stores than their items, as rows of the summary. The items
// themselves count where they are.
func selectElsewhere(idb bun.IDB, st stock) *bun.SelectQuery {
	const noLevel = -1
	worth := worthElsewhere[db.IsPostgres(idb)]
	return idb.NewSelect().TableExpr("omnistock_stock_level AS l").Join("JOIN collectibles_collectible AS c ON c.id = l.item_id").
		ColumnExpr("l.store_id, coalesce(c.category, '') AS category, ? AS level, 0 AS items, l.quantity AS units", noLevel).
		ColumnExpr(worth, bun.Ident("intake_price"), bun.Ident("cost")).ColumnExpr(worth, bun.Ident("price"), bun.Ident("worth")).
		ColumnExpr(worth, bun.Ident("projected_price"), bun.Ident("projected")).
		Where("l.store_id IN (?)", bun.List(st.places)).Where("l.vendor_id = ?", st.vendorID).Where("l.quantity > 0")
}

// selectSummary is a query for the rows of the summary and for what lies elsewhere. Several may be of one key.
func selectSummary(idb bun.IDB, st stock) *bun.SelectQuery {
	const columns = "store_id, category, level, items, units, cost, worth, projected"
	q := st.where(idb.NewSelect().TableExpr("omnistock_stock_summary").ColumnExpr(columns))
	if len(st.places) > 0 {
		q = q.UnionAll(selectElsewhere(idb, st))
	}
	if db.IsPostgres(idb) {
		q = q.UnionAll(st.where(idb.NewSelect().TableExpr("omnistock_stock_summary_delta").ColumnExpr(columns)))
	}
	return q
}

// selectGroups adds the summary up by each of its columns.
func selectGroups(ctx context.Context, idb bun.IDB, st stock) (groups []group, err error) {
	const sums = `CAST(sum(items) AS bigint) AS items, CAST(sum(units) AS bigint) AS units,
		sum(cost) AS cost, sum(worth) AS worth, sum(projected) AS projected`
	err = idb.NewRaw(`WITH s AS MATERIALIZED (?0)
		SELECT ?1 AS "by", store_id AS number, '' AS category, ?4 FROM s GROUP BY store_id HAVING ?5
		UNION ALL SELECT ?2, 0, category, ?4 FROM s GROUP BY category HAVING ?5
		UNION ALL SELECT ?3, level, '', ?4 FROM s GROUP BY level HAVING ?5`,
		selectSummary(idb, st), byStore, byCategory, byLevel, bun.Safe(sums),
		bun.Safe("sum(items) <> 0 OR sum(units) <> 0")).Scan(ctx, &groups)
	return groups, err
}

// selectLow returns items that have units, but not more than the threshold, those with the fewest in front.
func selectLow(ctx context.Context, idb bun.IDB, st stock, threshold, limit int64) ([]Item, error) {
	return selectItems(ctx, idb, "c.quantity, c.id", st.where(idb.NewSelect().TableExpr("collectibles_collectible").Column("id")).
		Where("quantity BETWEEN 1 AND ?", threshold).OrderExpr("quantity, id").Limit(limit))
}

// selectSlow returns items that have units, and were not changed since a moment, the oldest change in front.
func selectSlow(ctx context.Context, idb bun.IDB, st stock, since time.Time, limit int64) ([]Item, error) {
	return selectItems(ctx, idb, "c.updated_at, c.id", st.where(idb.NewSelect().TableExpr("collectibles_collectible").Column("id")).
		Where("updated_at < ?", since).Where("quantity > 0").OrderExpr("updated_at, id").Limit(limit))
}

// selectItems returns items by their ids, which come from an index that has all that is asked for.
func selectItems(ctx context.Context, idb bun.IDB, order string, ids *bun.SelectQuery) (items []Item, err error) {
	err = idb.NewSelect().TableExpr("collectibles_collectible AS c").Column("id", "sku", "name", "store_id", "quantity", "updated_at").
		Where("c.id IN (?)", ids).OrderExpr(order).Scan(ctx, &items)
	return items, err
}
