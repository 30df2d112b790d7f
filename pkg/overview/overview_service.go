package overview

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Options say what an overview lists.
type Options struct {
	Threshold int64 // units up to which an item is low: 1 to 10
	SlowDays  int64 // days without a change after which an item is slow
}

// Get returns what the stock of the vendor comes to for which the actor works, in the stores that they may read, all
// of it at one moment. It costs the same however many items there are; it grows with the number of categories, and
// of items of which units lie in other stores than the item's. What is on its way between stores is in none.
func (s *Service) Get(ctx context.Context, opts Options) (*Overview, error) {
	a, err := s.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	works, err := s.vendors.List(ctx)
	if err != nil || a.VendorID == 0 {
		return &Overview{}, err
	}
	st := stock{vendorID: a.VendorID}
	if stores, all := a.ReadableStores(); !all {
		if st.stores = stores; len(stores) == 0 {
			return &Overview{}, nil
		}
	}
	places := placesOf(works, st.stores)
	st.places = slices.Sorted(maps.Keys(places))
	var o *Overview
	err = db.Snapshot(ctx, s.db, func(ctx context.Context, tx bun.Tx) (err error) {
		o, err = s.overview(ctx, tx, st, places, opts)
		return err
	})
	if err == nil {
		o.HidesCost = slices.ContainsFunc(st.places, func(storeID int64) bool { return !a.ShowsCost(storeID) })
	}
	return o, err
}

// placesOf are the stores of vendors, only these unless they are nil.
func placesOf(works []*vendors.Vendor, only []int64) map[int64]Place {
	places := map[int64]Place{}
	for _, v := range works {
		for _, st := range v.Stores {
			if only == nil || slices.Contains(only, st.ID) {
				places[st.ID] = Place{StoreID: st.ID, Name: st.Name}
				if st.Currency != nil {
					places[st.ID] = Place{st.ID, st.Name, *st.Currency}
				}
			}
		}
	}
	return places
}

func (s *Service) overview(ctx context.Context, tx bun.Tx, st stock, places map[int64]Place, opts Options) (*Overview, error) {
	groups, err := selectGroups(ctx, tx, st)
	if err != nil {
		return nil, err
	}
	o := newOverview(groups, places, opts.Threshold)
	if o.Low.Count > 0 {
		if o.Low.Items, err = selectLow(ctx, tx, st, opts.Threshold, maxItems); err != nil {
			return nil, err
		}
	}
	if o.Items == o.SoldOut {
		return o, nil
	}
	since := s.now().Add(-time.Duration(opts.SlowDays) * 24 * time.Hour)
	if o.Slow.Items, err = selectSlow(ctx, tx, st, since, maxItems+1); err != nil {
		return nil, err
	}
	if o.Slow.More = len(o.Slow.Items) > maxItems; o.Slow.More {
		o.Slow.Items = o.Slow.Items[:maxItems]
	}
	return o, nil
}
