package costing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// selectSummedUntil returns since when days have no sums; never, if none has.
func selectSummedUntil(ctx context.Context, idb bun.IDB, vendorID int64) (until time.Time, err error) {
	var all []time.Time
	err = idb.NewSelect().Model((*progress)(nil)).Column("summed_until").Where("p.vendor_id = ?", vendorID).Scan(ctx, &all)
	if len(all) == 0 {
		return never, err
	}
	return all[0], err
}

// selectTotals adds up days before one, and movements from a moment on up to another one, which is among them.
func selectTotals(ctx context.Context, idb bun.IDB, vendorID int64, day core.Date, from, at time.Time) (totals []StoreTotal, err error) {
	err = idb.NewRaw(`SELECT store_id, sum(units) AS units, sum(cost) AS cost FROM (
			SELECT store_id, units, cost FROM omnistock_stock_day WHERE vendor_id = ?0 AND day < ?1
			UNION ALL
			SELECT m.store_id, m.delta, ?4 FROM omnistock_stock_movement AS m LEFT JOIN omnistock_stock_cost AS c ON c.id = m.id
			WHERE m.vendor_id = ?0 AND m.created_at >= ?2 AND m.created_at <= ?3
		) AS parts GROUP BY store_id ORDER BY store_id`, vendorID, day, from, at, movementCost(idb)).Scan(ctx, &totals)
	return totals, err
}

// selectInTransit adds up what was on its way at a moment.
func selectInTransit(ctx context.Context, idb bun.IDB, vendorID int64, at time.Time) (total Total, err error) {
	err = idb.NewRaw(`SELECT coalesce(-sum(m.delta), 0) AS units, coalesce(-sum(?2), 0) AS cost FROM omnistock_transfer AS t
		JOIN omnistock_transfer_line AS l ON l.transfer_id = t.id
		JOIN omnistock_stock_movement AS m ON m.item_id = l.item_id AND m.document = 'transfer' AND m.document_id = t.id AND m.created_at <= ?1
		LEFT JOIN omnistock_stock_cost AS c ON c.id = m.id
		WHERE t.vendor_id = ?0 AND t.created_at <= ?1 AND (t.closed_at IS NULL OR t.closed_at > ?1)`, vendorID, at, movementCost(idb)).Scan(ctx, &total)
	return total, err
}

// selectCostOf adds up what the units of movements cost.
func selectCostOf(ctx context.Context, idb bun.IDB, vendorID int64, movementIDs []int64) (total Total, err error) {
	err = idb.NewRaw(`SELECT coalesce(sum(m.delta), 0) AS units, coalesce(sum(?2), 0) AS cost FROM omnistock_stock_movement AS m
		LEFT JOIN omnistock_stock_cost AS c ON c.id = m.id WHERE m.vendor_id = ?0 AND m.id IN (?1)`,
		vendorID, bun.List(movementIDs), movementCost(idb)).Scan(ctx, &total)
	return total, err
}
