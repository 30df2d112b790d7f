package costing

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

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
