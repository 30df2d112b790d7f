package stock

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// lockItems returns those of a vendor's items that are there, in order, and keeps others from changing them until the
// transaction ends.
func lockItems(ctx context.Context, tx bun.Tx, vendorID int64, ids []int64) (items []*Item, err error) {
	q := tx.NewSelect().Model(&items).Where("c.id IN (?)", bun.List(ids)).Where("c.vendor_id = ?", vendorID).OrderExpr("c.id")
	return items, db.ForUpdate(q, "c").Scan(ctx)
}

// selectHoldings reads the levels of items, and what of them is held.
func selectHoldings(ctx context.Context, tx bun.Tx, h *Holdings, ids []int64, now time.Time) error {
	var rows []struct {
		Place `bun:",extend"`

		Units int64 `bun:"units"`
		Held  bool  `bun:"held"`
	}
	err := tx.NewRaw(`SELECT item_id, store_id, quantity AS units, false AS held FROM omnistock_stock_level
			WHERE item_id IN (?0) AND quantity > 0
		UNION ALL SELECT item_id, store_id, sum(units), true FROM omnistock_reservation
			WHERE item_id IN (?0) AND state = 'held' AND expires_at > ?1 GROUP BY item_id, store_id`, bun.List(ids), now).Scan(ctx, &rows)
	for _, row := range rows {
		if row.Held {
			h.held[row.Place] = row.Units
		} else {
			h.levels[row.Place] = row.Units
		}
	}
	return err
}

// changePlaces adds to the quantities of items, and sets levels. The items are locked, so that it finds them as they were;
// that none of them gets below zero is said in SQL all the same.
func changePlaces(ctx context.Context, tx bun.Tx, vendorID int64, quantities []quantityChange, levels []*Level, now time.Time) error {
	if len(quantities) > 0 {
		changed, err := addQuantities(ctx, tx, vendorID, quantities, now)
		if err != nil {
			return err
		}
		if changed != int64(len(quantities)) {
			return core.Errorf(core.Internal, "%d of %d quantities changed", changed, len(quantities))
		}
	}
	if len(levels) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&levels).On("CONFLICT (item_id, store_id) DO UPDATE").Set("quantity = excluded.quantity").
		Set("vendor_id = excluded.vendor_id").Returning("NULL").Exec(ctx)
	return err
}

// selectLevels returns the levels of items, where anything lies.
func selectLevels(ctx context.Context, idb bun.IDB, itemIDs []int64) (levels []*Level, err error) {
	if len(itemIDs) == 0 {
		return nil, nil
	}
	return levels, idb.NewSelect().Model(&levels).Where("l.item_id IN (?)", bun.List(itemIDs)).Where("l.quantity > 0").
		OrderExpr("l.item_id, l.store_id").Scan(ctx)
}

// deleteLevels deletes the levels of items.
func deleteLevels(ctx context.Context, tx bun.Tx, itemIDs []int64) error {
	if len(itemIDs) == 0 {
		return nil
	}
	_, err := tx.NewDelete().Model((*Level)(nil)).Where("item_id IN (?)", bun.List(itemIDs)).Exec(ctx)
	return err
}

// selectAvailability returns where units of an item lie, and where they are on their way to, in the order of the stores.
func selectAvailability(ctx context.Context, idb bun.IDB, itemID int64, now time.Time) (all []Availability, err error) {
	err = idb.NewRaw(`SELECT store_id, sum(quantity) AS quantity, sum(held) AS held, sum(in_transit) AS in_transit FROM (
			SELECT store_id, quantity, 0 AS held, 0 AS in_transit FROM collectibles_collectible WHERE id = ?0
			UNION ALL SELECT store_id, quantity, 0, 0 FROM omnistock_stock_level WHERE item_id = ?0
			UNION ALL SELECT store_id, 0, units, 0 FROM omnistock_reservation WHERE item_id = ?0 AND state = 'held' AND expires_at > ?1
			UNION ALL SELECT t.to_store_id, 0, 0, l.units - l.received - l.returned FROM omnistock_transfer_line AS l
				JOIN omnistock_transfer AS t ON t.id = l.transfer_id WHERE l.item_id = ?0 AND t.closed_at IS NULL
		) AS places GROUP BY store_id ORDER BY store_id`, itemID, now).Scan(ctx, &all)
	return all, err
}
