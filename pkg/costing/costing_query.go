package costing

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const costTable = "omnistock_stock_cost"

// A progress is how far the costs of a vendor are worked out.
type progress struct {
	bun.BaseModel `bun:"table:omnistock_stock_costing,alias:p"`

	ID          int64     `bun:"id,pk,autoincrement"`
	VendorID    int64     `bun:"vendor_id"`    // unique
	Since       time.Time `bun:"since"`        // movements from before have their costs
	SummedUntil time.Time `bun:"summed_until"` // days before have their sums
	Rebuilds    int64     `bun:"rebuilds"`     // how often all of it began anew
}

// A costed item's movements have their costs up to one.
type costed struct {
	bun.BaseModel `bun:"table:omnistock_stock_costed,alias:done"`

	ID         int64 `bun:"id,pk"` // the item's
	MovementID int64 `bun:"movement_id"`
}

// A Day is what the movements of a day, in UTC, changed in a store.
type Day struct {
	bun.BaseModel `bun:"table:omnistock_stock_day,alias:day"`

	ID       int64      `bun:"id,pk,autoincrement"`
	VendorID int64      `bun:"vendor_id"`
	StoreID  int64      `bun:"store_id"` // unique together with the vendor and the day
	Day      core.Date  `bun:"day"`
	Units    int64      `bun:"units"`
	Cost     core.Total `bun:"cost"`
}

// insertProgress makes a vendor's progress unless there is one.
func insertProgress(ctx context.Context, tx bun.Tx, vendorID int64) error {
	p := &progress{VendorID: vendorID, Since: never, SummedUntil: never}
	_, err := tx.NewInsert().Model(p).On("CONFLICT (vendor_id) DO NOTHING").Returning("NULL").Exec(ctx)
	return err
}

// lockProgress keeps others from working out the vendor's costs until the transaction ends.
func lockProgress(ctx context.Context, tx bun.Tx, vendorID int64) (*progress, error) {
	p := &progress{}
	q := tx.NewSelect().Model(p).Where("p.vendor_id = ?", vendorID)
	return p, db.Error(db.ForUpdate(q, "p").Scan(ctx), "Progress")
}

func updateProgress(ctx context.Context, tx bun.Tx, p *progress) error {
	_, err := tx.NewUpdate().Model(p).Column("since", "summed_until", "rebuilds").WherePK().Exec(ctx)
	return err
}

// selectUncosted returns the vendor's items, in order, with movements from a moment on whose costs are to be worked out.
func selectUncosted(ctx context.Context, idb bun.IDB, vendorID int64, since time.Time) (itemIDs []int64, err error) {
	err = idb.NewRaw(`SELECT DISTINCT m.item_id FROM omnistock_stock_movement AS m
		LEFT JOIN omnistock_stock_cost AS c ON c.id = m.id
		WHERE m.vendor_id = ?0 AND m.created_at >= ?1 AND (m.delta < 0 OR m.unit_cost IS NULL OR m.origin_id IS NOT NULL) AND c.id IS NULL
		ORDER BY m.item_id`, vendorID, since).Scan(ctx, &itemIDs)
	return itemIDs, err
}

// selectNew returns the movements of items whose costs are to be worked out, item by item, in their order.
func selectNew(ctx context.Context, tx bun.Tx, itemIDs []int64) (ms []*stock.Movement, err error) {
	err = tx.NewSelect().Model(&ms).Join("LEFT JOIN omnistock_stock_costed AS done ON done.id = m.item_id").
		Where("m.item_id IN (?)", bun.List(itemIDs)).Where("m.id > coalesce(done.movement_id, 0)").OrderExpr("m.item_id, m.id").Scan(ctx)
	return ms, err
}

// selectLots returns the lots of items, item by item, the oldest first.
func selectLots(ctx context.Context, idb bun.IDB, itemIDs []int64) (lots []*Lot, err error) {
	err = idb.NewSelect().Model(&lots).Where("lot.item_id IN (?)", bun.List(itemIDs)).OrderExpr("lot.item_id, lot.received_at, lot.id").Scan(ctx)
	return lots, err
}

// selectCosts returns what movements cost, as far as it is worked out.
func selectCosts(ctx context.Context, idb bun.IDB, ids []int64) (costs []*Cost, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return costs, idb.NewSelect().Model(&costs).Where("cost.id IN (?)", bun.List(ids)).Scan(ctx)
}

// replaceLots puts lots in the place of those of items.
func replaceLots(ctx context.Context, tx db.LoadTx, itemIDs []int64, lots []*Lot) error {
	if _, err := tx.NewDelete().Model((*Lot)(nil)).Where("item_id IN (?)", bun.List(itemIDs)).Exec(ctx); err != nil {
		return err
	}
	return tx.Load(ctx, lots, "id")
}

// insertCosts inserts costs that are new, and updates what has come back of the others.
func insertCosts(ctx context.Context, tx db.LoadTx, fresh, known []*Cost) error {
	if err := tx.Load(ctx, fresh); err != nil || len(known) == 0 {
		return err
	}
	_, err := tx.NewInsert().Model(&known).On("CONFLICT (id) DO UPDATE").Set("back_units = excluded.back_units").
		Set("back_cost = excluded.back_cost").Returning("NULL").Exec(ctx)
	return err
}

// upsertCosted says up to which movement costs are worked out.
func upsertCosted(ctx context.Context, tx bun.Tx, done []*costed) error {
	if len(done) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&done).On("CONFLICT (id) DO UPDATE").Set("movement_id = excluded.movement_id").Returning("NULL").Exec(ctx)
	return err
}

// insertDays adds up the vendor's movements from one day up to another one, which is not among them.
func insertDays(ctx context.Context, tx bun.Tx, vendorID int64, from, to time.Time) error {
	_, err := tx.NewRaw(`INSERT INTO omnistock_stock_day (vendor_id, store_id, day, units, cost)
		SELECT m.vendor_id, m.store_id, ?3 AS day, sum(m.delta), sum(?4)
		FROM omnistock_stock_movement AS m LEFT JOIN omnistock_stock_cost AS c ON c.id = m.id
		WHERE m.vendor_id = ?0 AND m.created_at >= ?1 AND m.created_at < ?2 GROUP BY m.vendor_id, m.store_id, ?3`,
		vendorID, from, to, db.Day(tx, "m.created_at"), movementCost(tx)).Exec(ctx)
	return err
}

// movementCost is what the units of a movement m cost, with its row c of costs if there is one; no more than most.
func movementCost(idb bun.IDB) schema.QueryAppender {
	return bun.SafeQuery("coalesce(c.cost, ?, 0)", db.Clamp(idb, "m.delta * m.unit_cost", most))
}

// deleteAll deletes all that is worked out of a vendor's ledger, and of that of other vendors of which its items were.
func deleteAll(ctx context.Context, tx bun.Tx, vendorID int64) error {
	for _, query := range []string{
		"DELETE FROM omnistock_stock_cost WHERE id IN (SELECT m.id FROM omnistock_stock_movement AS m " +
			"WHERE m.item_id IN (SELECT item_id FROM omnistock_stock_movement WHERE vendor_id = ?0))",
		"DELETE FROM omnistock_stock_lot WHERE item_id IN (SELECT item_id FROM omnistock_stock_movement WHERE vendor_id = ?0)",
		"DELETE FROM omnistock_stock_costed WHERE id IN (SELECT item_id FROM omnistock_stock_movement WHERE vendor_id = ?0)",
		"DELETE FROM omnistock_stock_day WHERE vendor_id = ?0",
	} {
		if _, err := tx.NewRaw(query, vendorID).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
