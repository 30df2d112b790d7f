package stocktake

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const table = "omnistock_stocktake"

// selectStocktake returns one of the vendor's stocktakes, or NotFound.
func selectStocktake(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Stocktake, error) {
	t := &Stocktake{}
	err := idb.NewSelect().Model(t).Where("t.id = ?", id).Where("t.vendor_id = ?", vendorID).Scan(ctx)
	return t, db.Error(err, "Stocktake")
}

// lockStocktake is selectStocktake, and keeps others from scanning and closing until the transaction ends.
func lockStocktake(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Stocktake, error) {
	t := &Stocktake{}
	err := db.ForUpdate(tx.NewSelect().Model(t), "t").Where("t.id = ?", id).Where("t.vendor_id = ?", vendorID).Scan(ctx)
	return t, db.Error(err, "Stocktake")
}

// holdStocktake is selectStocktake, and keeps others from closing it until the transaction ends; all may scan.
func holdStocktake(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Stocktake, error) {
	t := &Stocktake{}
	err := db.Hold(tx.NewSelect().Model(t), "t").Where("t.id = ?", id).Where("t.vendor_id = ?", vendorID).Scan(ctx)
	return t, db.Error(err, "Stocktake")
}

// selectByKey returns the vendor's stocktake with the client key, or NotFound.
func selectByKey(ctx context.Context, idb bun.IDB, vendorID int64, key string) (*Stocktake, error) {
	t := &Stocktake{}
	err := idb.NewSelect().Model(t).Where("t.vendor_id = ?", vendorID).Where("t.client_key = ?", key).Scan(ctx)
	return t, db.Error(err, "Stocktake")
}

// lockStore keeps others from opening a stocktake of the store until the transaction ends: NotFound if it is not the
// vendor's.
func lockStore(ctx context.Context, tx bun.Tx, vendorID, storeID int64) error {
	var id int64
	q := tx.NewSelect().TableExpr("collectibles_store AS s").ColumnExpr("s.id").Where("s.id = ?", storeID).Where("s.vendor_id = ?", vendorID)
	return db.Error(db.ForNoKeyUpdate(q, "s").Scan(ctx, &id), "Store")
}

func selectOpen(ctx context.Context, tx bun.Tx, storeID int64) (open []*Stocktake, err error) {
	err = tx.NewSelect().Model(&open).Where("t.store_id = ?", storeID).Where("t.state = ?", Open).OrderExpr("t.id").Scan(ctx)
	return open, err
}

func insertStocktake(ctx context.Context, tx bun.Tx, t *Stocktake) error {
	_, err := tx.NewInsert().Model(t).Exec(ctx)
	return err
}

func closeStocktake(ctx context.Context, tx bun.Tx, t *Stocktake, state State, now time.Time) error {
	t.State, t.ClosedAt = state, &now
	_, err := tx.NewUpdate().Model(t).Column("state", "closed_at").WherePK().Exec(ctx)
	return err
}

// A Filter narrows a list of stocktakes; an empty field does not.
type Filter struct {
	StoreID *int64
	State   State
	Stores  []int64 // only these, unless it is nil
}

// selectStocktakes returns a vendor's stocktakes, the newest first, behind an id if that is not 0.
func selectStocktakes(ctx context.Context, idb bun.IDB, vendorID int64, f Filter, before, limit int64) (list []*Stocktake, err error) {
	q := idb.NewSelect().Model(&list).Where("t.vendor_id = ?", vendorID).OrderExpr("t.id DESC").Limit(limit)
	if f.StoreID != nil {
		q = q.Where("t.store_id = ?", *f.StoreID)
	}
	if f.State != "" {
		q = q.Where("t.state = ?", f.State)
	}
	if f.Stores != nil {
		q = q.Where("t.store_id IN (?)", bun.List(f.Stores))
	}
	if before > 0 {
		q = q.Where("t.id < ?", before)
	}
	return list, q.Scan(ctx)
}

func selectProgress(ctx context.Context, idb bun.IDB, id int64) (p Progress, err error) {
	err = idb.NewSelect().Model((*Line)(nil)).ColumnExpr("count(*) AS items, coalesce(sum(l.counted), 0) AS units").
		Where("l.stocktake_id = ?", id).Scan(ctx, &p)
	return p, err
}
