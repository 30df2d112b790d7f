package stock

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

// An Availability is how many units of an item lie in a store, how many of them are held, and how many are on their way
// there.
type Availability struct {
	StoreID   int64 `bun:"store_id"`
	Quantity  int64 `bun:"quantity"`
	Held      int64 `bun:"held"`
	InTransit int64 `bun:"in_transit"`
}

// Places returns where the units of an item are, in the stores that the actor may read: NotFound if it is not the vendor's
// for which they work, Forbidden if they may read neither its own store nor any in which it lies.
func (s *Service) Places(ctx context.Context, itemID int64) ([]Availability, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	it, err := selectItem(ctx, s.db, a.VendorID, itemID)
	if err != nil {
		return nil, err
	}
	all, err := selectAvailability(ctx, s.db, itemID, s.now())
	if err != nil {
		return nil, err
	}
	readable := readableOnly(a, all)
	if len(readable) == 0 && !a.MayReadStore(it.StoreID) {
		return nil, errNoStoreAccess
	}
	return readable, nil
}

func readableOnly(a vendors.Affiliation, all []Availability) (readable []Availability) {
	for _, p := range all {
		if a.MayReadStore(p.StoreID) {
			readable = append(readable, p)
		}
	}
	return readable
}
