package serial

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// Take says of pieces that they went by a movement, in its transaction: by a sale they are sold, by any other kind written
// off. The movement's item is one of those that are locked. It returns them as they were, in the order of their ids. It is
// Conflict if one of the pieces is not there, is of another item or store, or if more are named than units went; Invalid on
// the field units if one is not the vendor's.
func (s *Service) Take(ctx context.Context, tx bun.Tx, h *stock.Holdings, unitIDs []int64, m *stock.Movement) ([]*Unit, error) {
	units, err := s.claim(ctx, tx, h, unitIDs, m, -m.Delta, mayGo)
	if err != nil || len(units) == 0 {
		return nil, err
	}
	state := WrittenOff
	if m.Kind == stock.Sale {
		state = Sold
	}
	return units, takeUnits(ctx, tx, unitIDs, state, m.ID, s.now())
}

// Return says of pieces that are gone that they came back by a movement, in its transaction, and are in stock again in its
// store. The movement's item is one of those that are locked. It returns them as they were, in the order of their ids. It
// is Conflict if one of the pieces is not gone, is of another item, went by another movement than the one that is returned
// (the movement's origin, if it has one), or if more are named than units came; Invalid on the field units if one is not
// the vendor's.
func (s *Service) Return(ctx context.Context, tx bun.Tx, h *stock.Holdings, unitIDs []int64, m *stock.Movement) ([]*Unit, error) {
	units, err := s.claim(ctx, tx, h, unitIDs, m, m.Delta, mayCome)
	if err != nil || len(units) == 0 {
		return nil, err
	}
	return units, returnUnits(ctx, tx, unitIDs, m, s.now())
}

// Retire says of pieces that went by a movement that they came back when their item was deleted, in the transaction of what
// took them back: no movement brings them into stock, so that they are written off. It returns them as they were, in the
// order of their ids. It is Conflict if one of the pieces did not go by that movement, or came back before; Invalid on the
// field units if one is not the vendor's.
func (s *Service) Retire(ctx context.Context, tx bun.Tx, vendorID int64, unitIDs []int64, wentBy int64) ([]*Unit, error) {
	if len(unitIDs) == 0 {
		return nil, nil
	}
	units, err := lockEach(ctx, tx, vendorID, unitIDs, func(u *Unit) error {
		if u.WentByID == nil || *u.WentByID != wentBy {
			return errOtherWay(u)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return units, retireUnits(ctx, tx, unitIDs, s.now())
}

// Surplus returns by how many the pieces of items in a store are more than the units there, for those items alone of which
// they are. The items are locked, and nothing registers a piece of them until the transaction ends.
func (s *Service) Surplus(ctx context.Context, tx bun.Tx, h *stock.Holdings, storeID int64, itemIDs []int64) (map[int64]int64, error) {
	pieces, err := countPresentOf(ctx, tx, storeID, itemIDs)
	surplus := map[int64]int64{}
	for itemID, n := range pieces {
		if units := h.Units(stock.Place{ItemID: itemID, StoreID: storeID}); n > units {
			surplus[itemID] = n - units
		}
	}
	return surplus, err
}

// claim locks the pieces that a movement moves, each once, and returns them in the order of their ids.
func (s *Service) claim(
	ctx context.Context, tx bun.Tx, h *stock.Holdings, unitIDs []int64, m *stock.Movement, most int64, may func(*Unit, *stock.Movement) error,
) ([]*Unit, error) {
	if len(unitIDs) == 0 {
		return nil, nil
	}
	if _, err := h.Item(m.ItemID); err != nil {
		return nil, err
	}
	if int64(len(distinct(unitIDs))) > most || len(distinct(unitIDs)) < len(unitIDs) {
		return nil, core.Errorf(core.Conflict, "%d pieces are named for %d units.", len(unitIDs), max(most, 0))
	}
	return lockEach(ctx, tx, *m.VendorID, unitIDs, func(u *Unit) error { return may(u, m) })
}

// lockEach locks pieces of a vendor and returns them in the order of their ids, unless one of them is not there or may not.
func lockEach(ctx context.Context, tx bun.Tx, vendorID int64, unitIDs []int64, may func(*Unit) error) ([]*Unit, error) {
	ids := distinct(unitIDs)
	units, err := lockUnits(ctx, tx, vendorID, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if i >= len(units) || units[i].ID != id {
			return nil, core.UnknownID("units", id)
		}
		if err := may(units[i]); err != nil {
			return nil, err
		}
	}
	return units, nil
}

// distinct is ids in order, each once.
func distinct(ids []int64) []int64 { return slices.Compact(slices.Sorted(slices.Values(ids))) }
