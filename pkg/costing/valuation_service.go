package costing

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Valuation returns what lay in the stores of the vendor for which the actor works at a moment, and what it had cost: in
// those stores of which they may see it, or in one. What is on its way is told to who may see all stores.
func (s *Service) Valuation(ctx context.Context, at time.Time, storeID *int64) (Valuation, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return Valuation{}, err
	}
	stores, all := a.ReadableStores()
	if a.VendorID == 0 || storeID != nil && !maySeeCost(a, *storeID) || !all && len(stores) == 0 {
		return Valuation{}, errMayNotSeeCost
	}
	v, err := s.valuate(ctx, a.VendorID, at)
	if err != nil {
		return Valuation{}, err
	}
	v.keep(func(t StoreTotal) bool { return maySeeCost(a, t.StoreID) && (storeID == nil || *storeID == t.StoreID) })
	if !all || storeID != nil {
		v.InTransit = Total{}
	}
	return v, nil
}

// valuate is Valuation of all stores of a vendor.
func (s *Service) valuate(ctx context.Context, vendorID int64, at time.Time) (v Valuation, err error) {
	if now := s.now(); at.After(now) {
		at = now
	}
	if err := s.CatchUp(ctx, vendorID); err != nil {
		return v, err
	}
	v.At = at.UTC()
	err = db.Snapshot(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		from, err := selectSummedUntil(ctx, tx, vendorID)
		if err != nil {
			return err
		}
		if day := dayOf(at); day.Before(from) {
			from = day
		}
		v.Stores, err = selectTotals(ctx, tx, vendorID, core.NewDate(from), from, at)
		if err == nil {
			v.InTransit, err = selectInTransit(ctx, tx, vendorID, at)
		}
		return err
	})
	v.keep(func(StoreTotal) bool { return true })
	return v, err
}

// keep drops the stores in which nothing lay, and those that are not to be kept, and adds up the others.
func (v *Valuation) keep(isKept func(t StoreTotal) bool) {
	v.Stores = slices.DeleteFunc(v.Stores, func(t StoreTotal) bool { return t.Total == (Total{}) || !isKept(t) })
	v.Total = Total{}
	for _, t := range v.Stores {
		v.Units += t.Units
		v.Cost += t.Cost
	}
}

// CostOf returns what the units of some of a vendor's movements cost: below zero for those that left.
func (s *Service) CostOf(ctx context.Context, vendorID int64, movementIDs []int64) (core.Total, error) {
	if err := s.CatchUp(ctx, vendorID); err != nil {
		return 0, err
	}
	total, err := selectCostOf(ctx, s.db, vendorID, movementIDs)
	return total.Cost, err
}

// Lots returns the lots of an item, the oldest first, in the stores whose cost the actor may see; those on their
// way for who sees all stores.
func (s *Service) Lots(ctx context.Context, itemID int64) ([]*Lot, error) {
	if _, err := s.stock.Places(ctx, itemID); err != nil { // there, and theirs to read
		return nil, err
	}
	a, err := s.affiliation(ctx)
	if err == nil {
		err = s.CatchUp(ctx, a.VendorID)
	}
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx, a.VendorID, itemID); err != nil {
		return nil, err
	}
	_, all := a.ReadableStores()
	lots, err := selectLots(ctx, s.db, []int64{itemID})
	return slices.DeleteFunc(lots, func(l *Lot) bool { return l.StoreID == nil && !all || l.StoreID != nil && !maySeeCost(a, *l.StoreID) }), err
}

// open works out the lots of an item of which nothing has left yet: CatchUp does not, because its movements say all.
func (s *Service) open(ctx context.Context, vendorID, itemID int64) error {
	return db.InLoadTx(ctx, s.db, func(ctx context.Context, tx db.LoadTx) error {
		if _, err := lockProgress(ctx, tx.Tx, vendorID); err != nil {
			return err
		}
		return cost(ctx, tx, []int64{itemID})
	})
}
