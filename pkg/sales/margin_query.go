package sales

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/costing"
)

// selectCosts returns what the units of lines cost, by their movements: below 0 for those that left. Package costing has a
// row for each of them once it caught up, since they left or came back.
func selectCosts(ctx context.Context, idb bun.IDB, lines []*Line) (map[int64]core.Total, error) {
	movementIDs := make([]int64, len(lines))
	for i, l := range lines {
		movementIDs[i] = l.MovementID
	}
	var rows []*costing.Cost
	err := idb.NewSelect().Model(&rows).Where("cost.id IN (?)", bun.List(movementIDs)).Scan(ctx)
	costs := map[int64]core.Total{}
	for _, row := range rows {
		costs[row.ID] = row.Cost
	}
	return costs, err
}

// selectMargins adds up what documents of a vendor earned, by store and currency.
func selectMargins(ctx context.Context, idb bun.IDB, vendorID int64, f Filter) (list []StoreMargin, err error) {
	q := idb.NewSelect().TableExpr("omnistock_sale AS s").Join("JOIN omnistock_sale_line AS l ON l.sale_id = s.id").
		Join("LEFT JOIN omnistock_stock_cost AS c ON c.id = l.movement_id").ColumnExpr("s.store_id, s.currency").
		ColumnExpr("sum(l.total - l.tax) AS net, -coalesce(sum(c.cost), 0) AS cost").Where("s.vendor_id = ?", vendorID)
	return list, f.narrow(q).GroupExpr("s.store_id, s.currency").OrderExpr("s.store_id, s.currency").Scan(ctx, &list)
}
