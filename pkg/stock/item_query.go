package stock

import (
	"context"
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectItem returns one of the vendor's items, or NotFound.
func selectItem(ctx context.Context, idb bun.IDB, vendorID, id int64) (Item, error) {
	var it Item
	return it, itemError(idb.NewSelect().Model(&it).Where("c.id = ?", id).Where("c.vendor_id = ?", vendorID).Scan(ctx))
}

// lockAll keeps others from changing items, whosever they are, until the transaction ends.
func lockAll(ctx context.Context, tx bun.Tx, ids []int64) error {
	var locked []int64
	return db.ForUpdate(tx.NewSelect().Model((*Item)(nil)).Column("id").Where("c.id IN (?)", bun.List(ids)), "c").Order("c.id").
		Scan(ctx, &locked)
}

// itemError gives absence the contract's words.
func itemError(err error) error {
	if err = db.Error(err, "Collectible"); core.KindOf(err) == core.NotFound {
		return errNoItem
	}
	return err
}

// setCosts sets what was paid for a unit of items that are locked.
func setCosts(ctx context.Context, tx bun.Tx, items []Item, now time.Time) error {
	for _, it := range items {
		_, err := tx.NewUpdate().Model((*Item)(nil)).Set("intake_price = ?", it.Cost).Set("updated_at = ?", now).Where("id = ?", it.ID).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// addQuantities adds units to items that are where they were, unless there would be fewer than none then, or more than a
// column holds; it returns of how many. All changes of items' own quantities are this statement: whoever races, the second
// one adds to what the first one left.
func addQuantities(ctx context.Context, tx bun.Tx, vendorID int64, changes []quantityChange, now time.Time) (changed int64, err error) {
	values := make([]bun.TupleValues, len(changes))
	for i, c := range changes {
		values[i] = bun.Tuple([]int64{c.itemID, c.storeID, c.delta})
	}
	res, err := tx.NewRaw(`WITH v (id, store_id, delta) AS (VALUES ?0)
		UPDATE collectibles_collectible AS c SET quantity = c.quantity + v.delta, updated_at = ?1 FROM v
		WHERE c.id = v.id AND c.vendor_id = ?2 AND c.store_id = v.store_id
			AND CAST(c.quantity AS bigint) + v.delta BETWEEN 0 AND ?3`, bun.List(values), now, vendorID, math.MaxInt32).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
