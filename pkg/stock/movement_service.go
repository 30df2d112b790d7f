package stock

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Move moves units of an item of the vendor for which the actor works. It is Conflict if there are too few, and changes
// nothing then. Where the order's client key names a movement already, that is returned, and isNew is false; it is
// Unprocessable if another one was ordered.
func (s *Service) Move(ctx context.Context, itemID int64, o Order) (m *Movement, isNew bool, err error) {
	if err := o.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	defer func() {
		if m != nil {
			withoutCost(a, m)
		}
	}()
	if m, err := s.replay(ctx, a, itemID, o); m != nil || err != nil {
		return m, false, err
	}
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		m, err = s.move(ctx, tx, a, itemID, o)
		return err
	})
	if err != nil { // because the same order was carried out just now, by another request?
		if done, other := s.replay(ctx, a, itemID, o); done != nil || isKeyTaken(err) {
			return done, false, other
		}
		return nil, false, err
	}
	return m, true, nil
}

// replay returns the movement that the order's client key names, or nil.
func (s *Service) replay(ctx context.Context, a vendors.Affiliation, itemID int64, o Order) (*Movement, error) {
	if o.ClientKey == nil || a.VendorID == 0 {
		return nil, nil //nolint:nilnil // there is none
	}
	m, err := selectByKey(ctx, s.db, a.VendorID, *o.ClientKey)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, err
	case !o.isMetBy(m, itemID):
		return nil, errOtherOrder
	}
	return m, mayMove(a, m.StoreID)
}

func (s *Service) move(ctx context.Context, tx bun.Tx, a vendors.Affiliation, itemID int64, o Order) (*Movement, error) {
	h, err := s.Lock(ctx, tx, a.VendorID, []int64{itemID})
	if err != nil {
		return nil, err
	}
	it := h.items[itemID]
	at := Place{itemID, o.StoreID.Or(it.StoreID)}
	if at.StoreID != it.StoreID {
		err = s.mayHoldStore(ctx, tx, a.VendorID, at.StoreID)
	}
	if err == nil {
		err = mayMoveAs(a, at.StoreID, o.Kind)
	}
	if err != nil {
		return nil, err
	}
	delta := int64(o.Delta.Value)
	if o.Quantity.HasValue() {
		delta = int64(o.Quantity.Value) - h.Units(at)
	}
	if delta == 0 {
		return nil, core.InvalidField("quantity", "There are as many already: a movement of 0 units is none.")
	}
	return s.postOne(ctx, tx, h, Posting{
		Place: at, Delta: delta, Kind: o.Kind, TakesHeld: o.Kind != Sale, Reason: o.Reason, Reference: o.Reference,
		UnitCost: o.UnitCost, UnitPrice: o.UnitPrice, ClientKey: o.ClientKey,
	})
}

func (s *Service) postOne(ctx context.Context, tx bun.Tx, h *Holdings, p Posting) (*Movement, error) {
	ms, err := s.Post(ctx, tx, h, p)
	if err != nil {
		return nil, err
	}
	return ms[0], nil
}

// orNil is a user's id, nil for that of nobody.
func orNil(userID int64) *int64 {
	if userID == 0 {
		return nil
	}
	return &userID
}
