package stock

import (
	"cmp"
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Lock locks items of a vendor, in the order of their ids so that no two transactions wait for each other, and reads where
// their units lie. It is NotFound if one is not there. The transaction has to be Recorded.
func (s *Service) Lock(ctx context.Context, tx bun.Tx, vendorID int64, itemIDs []int64) (*Holdings, error) {
	h, err := s.LockPresent(ctx, tx, vendorID, itemIDs)
	for _, id := range itemIDs {
		if err == nil {
			_, err = h.Item(id)
		}
	}
	return h, err
}

// LockPresent is Lock of those that are there: the holdings have no others.
func (s *Service) LockPresent(ctx context.Context, tx bun.Tx, vendorID int64, itemIDs []int64) (*Holdings, error) {
	ids := slices.Compact(slices.Sorted(slices.Values(itemIDs)))
	items, err := lockItems(ctx, tx, vendorID, ids)
	if err != nil {
		return nil, err
	}
	h := newHoldings(vendorID)
	for _, it := range items {
		h.items[it.ID] = it
	}
	// Only now: what a statement that waits for a row reads of other tables is from before the wait.
	return h, selectHoldings(ctx, tx, h, ids, s.now())
}

// Post makes movements of items that are locked, all of them or none, in their order, and enters them into both ledgers.
// It is Conflict if there are too few units. An item of which nobody said what was paid for a unit learns it from the first
// that is bought.
func (s *Service) Post(ctx context.Context, tx bun.Tx, h *Holdings, ps ...Posting) ([]*Movement, error) {
	now, userID := s.now(), orNil(core.ActorFrom(ctx).UserID)
	before := map[int64]Item{}
	for _, p := range ps {
		if it := h.items[p.ItemID]; it != nil {
			if _, seen := before[p.ItemID]; !seen {
				before[p.ItemID] = *it
			}
		}
	}
	absorbed := h.absorbable(ps)
	ms, entries := make([]*Movement, len(ps)), make([]*LedgerEntry, len(ps))
	for i, p := range ps {
		if err := h.check(p); err != nil {
			return nil, err
		}
		ms[i] = h.apply(p, userID, now)
		entries[i] = ms[i].entry()
	}
	quantities, levels := h.changes(before, placesOf(ps))
	for _, p := range absorbed {
		levels = append(levels, h.level(p)) // 0 by now
	}
	if err := changePlaces(ctx, tx, h.vendorID, quantities, levels, now); err != nil {
		return nil, err
	}
	if err := setCosts(ctx, tx, h.learnt(before), now); err != nil {
		return nil, err
	}
	return ms, insertPosted(ctx, tx, ms, entries)
}

// absorbable lists the places of postings that are their items' own stores and have a level.
func (h *Holdings) absorbable(ps []Posting) (places []Place) {
	for _, p := range placesOf(ps) {
		if it := h.items[p.ItemID]; it != nil && it.StoreID == p.StoreID && h.levels[p] != 0 {
			places = append(places, p)
		}
	}
	return places
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.ItemID, b.ItemID), cmp.Compare(a.StoreID, b.StoreID))
}

// HoldStore returns one of the vendor's stores, which stays until the transaction ends. That a store is another vendor's
// is not told.
func (s *Service) HoldStore(ctx context.Context, tx bun.Tx, vendorID, storeID int64) (*vendors.Store, error) {
	st, err := s.vendors.HoldStore(ctx, tx, vendorID, storeID)
	if core.KindOf(err) == core.NotFound {
		err = errNoStoreAccess
	}
	return st, err
}

// inTx is for what moves stock.
func (s *Service) inTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	return db.InRecordedTx(ctx, s.db, fn)
}
