package stock

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
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
	find := func(key string) (*Movement, error) { return selectByKey(ctx, s.db, a.VendorID, key) }
	judge := func(m *Movement) error {
		if err := mayMove(a, m.StoreID); err != nil {
			return err
		}
		asked := o
		if !a.ShowsCost(m.StoreID) { // nor learn by trying
			asked.UnitCost = nil
		}
		if !asked.isMetBy(m, itemID) {
			return errOtherOrder
		}
		return nil
	}
	m, isNew, err = db.Once(o.ClientKey, Table, find, judge, func() (m *Movement, err error) {
		err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			m, err = s.move(ctx, tx, a, itemID, o)
			return err
		})
		return m, err
	})
	if err == nil {
		withoutCost(a, m)
	}
	return m, isNew, err
}

func (s *Service) move(ctx context.Context, tx bun.Tx, a vendors.Affiliation, itemID int64, o Order) (*Movement, error) {
	h, err := s.Lock(ctx, tx, a.VendorID, []int64{itemID})
	if err != nil {
		return nil, err
	}
	it := h.items[itemID]
	at := Place{itemID, o.StoreID.Or(it.StoreID)}
	if at.StoreID != it.StoreID || o.Currency != "" {
		st, err := s.HoldStore(ctx, tx, a.VendorID, at.StoreID)
		if err == nil {
			err = st.CheckCurrency(o.Currency)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := mayAsk(a, *it, at.StoreID, o); err != nil {
		return nil, err
	}
	delta, err := o.units(h.Units(at))
	if err == nil && o.Kind == Return {
		err = mayReturn(ctx, tx, itemID, delta)
	}
	if err != nil {
		return nil, err
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

// mayReturn returns why units of an item that is locked may not come back: more than were sold.
func mayReturn(ctx context.Context, tx bun.Tx, itemID, units int64) error {
	sold, err := selectSold(ctx, tx, itemID)
	if err == nil && units > sold {
		err = core.Errorf(core.Conflict, "%d units of it are sold, %d cannot come back: receive them, or adjust.", sold, units)
	}
	return err
}

// orNil is a user's id, nil for that of nobody.
func orNil(userID int64) *int64 {
	if userID == 0 {
		return nil
	}
	return &userID
}
