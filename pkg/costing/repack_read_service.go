package costing

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// UndoRepack takes back what a repack made, and brings back what it took, all of it or nothing: Conflict if that was done
// already, if one of the items is gone, or if not all that it made is there still.
func (s *Service) UndoRepack(ctx context.Context, id int64, reason string) (*Repack, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	rp, err := selectRepackBy(ctx, s.db, a.VendorID, "id", id)
	if err == nil {
		err = mayRepack(a, rp.StoreID)
	}
	if err != nil {
		return nil, err
	}
	err = s.inCostedTx(ctx, a.VendorID, func(ctx context.Context, tx db.LoadTx) error {
		itemIDs := append(itemsOf(rp.Shares(false)), itemsOf(rp.Shares(true))...)
		if err := s.undo(ctx, tx, a, rp.posting().Document, rp.StoreID, itemIDs, reason); err != nil {
			return err
		}
		now := s.now()
		rp.UndoneAt = &now
		return updateUndone(ctx, tx.Tx, rp)
	})
	if err != nil {
		return nil, err
	}
	return withoutCost(a, rp), nil
}

// Repacks returns those of the vendor for which the actor works, in stores that they may read, the newest first, behind the
// one of an id if that is not 0.
func (s *Service) Repacks(ctx context.Context, before, limit int64) ([]*Repack, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	stores, all := a.ReadableStores()
	switch {
	case all:
		stores = nil
	case len(stores) == 0:
		return nil, nil
	}
	list, err := selectRepacks(ctx, s.db, a.VendorID, stores, before, limit)
	for _, rp := range list {
		withoutCost(a, rp)
	}
	return list, err
}

// withoutCost notes on a repack, which may be nil, whether the actor is shown what it cost.
func withoutCost(a vendors.Affiliation, rp *Repack) *Repack {
	if rp != nil {
		rp.CostHidden = !maySeeCost(a, rp.StoreID)
	}
	return rp
}
