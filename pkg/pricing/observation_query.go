package pricing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Table is where observations are.
const Table = "omnistock_price_observation"

// A Filter narrows a list of observations; an empty field does not.
type Filter struct {
	Source string
	Since  *time.Time // at that moment or later
	Until  *time.Time // before that moment
}

// selectObservations returns a vendor's observations of an item, the newest first, that come after one if that is not nil.
func selectObservations(
	ctx context.Context, idb bun.IDB, it item, f Filter, after *Observation, limit int64,
) (all []*Observation, err error) {
	q := idb.NewSelect().Model(&all).Where("o.item_id = ?", it.ID).Where("o.vendor_id = ?", it.VendorID).
		OrderExpr("o.observed_at DESC, o.id DESC").Limit(limit)
	if f.Source != "" {
		q = q.Where("o.source = ?", f.Source)
	}
	if f.Since != nil {
		q = q.Where("o.observed_at >= ?", *f.Since)
	}
	if f.Until != nil {
		q = q.Where("o.observed_at < ?", *f.Until)
	}
	if after != nil {
		q = q.Where("(o.observed_at, o.id) < (?, ?)", after.ObservedAt, after.ID)
	}
	return all, q.Scan(ctx)
}

// maxCurrent bounds the list of current prices.
const maxCurrent = 1000

// selectCurrent returns the newest observation of an item by each source in each currency, by these.
func selectCurrent(ctx context.Context, idb bun.IDB, it item) (all []*Observation, err error) {
	newest := idb.NewSelect().Model((*Observation)(nil)).ColumnExpr("o.source, o.currency, max(o.observed_at) AS observed_at").
		Where("o.item_id = ?", it.ID).Where("o.vendor_id = ?", it.VendorID).GroupExpr("o.source, o.currency")
	return all, idb.NewSelect().Model(&all).Where("o.item_id = ?", it.ID).Where("o.vendor_id = ?", it.VendorID).
		Where("(o.source, o.currency, o.observed_at) IN (?)", newest).OrderExpr("o.source, o.currency").Limit(maxCurrent).Scan(ctx)
}

// selectObservation returns one of the vendor's observations, or NotFound.
func selectObservation(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Observation, error) {
	o := &Observation{}
	err := idb.NewSelect().Model(o).Where("o.id = ?", id).Where("o.vendor_id = ?", vendorID).Scan(ctx)
	return o, db.Error(err, "Price observation")
}

// selectLike returns observations of the items at the moments that new ones name: those that are the same are among them.
func selectLike(ctx context.Context, tx bun.Tx, news []*Observation) (all []*Observation, err error) {
	if len(news) == 0 {
		return nil, nil
	}
	items, moments := map[int64]bool{}, map[time.Time]bool{}
	var itemIDs []int64
	var times []time.Time
	for _, o := range news {
		if !items[o.ItemID] {
			items[o.ItemID] = true
			itemIDs = append(itemIDs, o.ItemID)
		}
		if !moments[o.ObservedAt] {
			moments[o.ObservedAt] = true
			times = append(times, o.ObservedAt)
		}
	}
	return all, tx.NewSelect().Model(&all).Where("o.item_id IN (?)", bun.List(itemIDs)).
		Where("o.observed_at IN (?)", bun.List(times)).OrderExpr("o.id").Scan(ctx)
}

// loadObservations inserts observations and sets their ids.
func loadObservations(ctx context.Context, tx db.LoadTx, all []*Observation) error {
	ids, err := tx.NextIDs(ctx, Table, len(all))
	if err != nil {
		return err
	}
	for i, o := range all {
		o.ID = ids[i]
	}
	return tx.Load(ctx, all)
}

// isNotedMeanwhile reports whether err says that somebody else has noted the same just now.
func isNotedMeanwhile(err error) bool { return db.IsUniqueViolation(err, Table, "observed_at") }

// deleteObservation deletes an observation, which may be gone.
func deleteObservation(ctx context.Context, tx bun.Tx, id int64) error {
	_, err := tx.NewDelete().Model((*Observation)(nil)).Where("id = ?", id).Exec(ctx)
	return err
}
