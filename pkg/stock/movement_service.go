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
	if m, err := s.replay(ctx, a, itemID, o); m != nil || err != nil {
		return m, false, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
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
	it, err := selectItem(ctx, tx, a.VendorID, itemID)
	if err == nil && o.Quantity.HasValue() {
		it, err = lockItem(ctx, tx, a.VendorID, itemID)
	}
	if err == nil {
		err = mayMove(a, it.StoreID)
	}
	if err != nil {
		return nil, err
	}
	delta := int64(o.Delta.Value)
	if o.Quantity.HasValue() {
		delta = int64(o.Quantity.Value) - int64(it.Quantity)
	}
	if delta == 0 {
		return nil, core.InvalidField("quantity", "There are as many already: a movement of 0 units is none.")
	}
	return s.apply(ctx, tx, it, delta, func(m *Movement) {
		m.Kind, m.Reason, m.Reference = o.Kind, o.Reason, o.Reference
		m.UnitCost, m.UnitPrice, m.ClientKey = o.UnitCost, o.UnitPrice, o.ClientKey
	})
}

// apply adds units to an item, and enters that into both ledgers. fill completes the movement.
func (s *Service) apply(ctx context.Context, tx bun.Tx, it Item, delta int64, fill func(m *Movement)) (*Movement, error) {
	now := s.now()
	after, err := updateQuantity(ctx, tx, it, delta, now)
	if core.KindOf(err) == core.NotFound {
		err = refusal(ctx, tx, it, delta)
	}
	if err != nil {
		return nil, err
	}
	userID := orNil(core.ActorFrom(ctx).UserID)
	m := newMovement(it, Adjustment, delta, after, userID, now)
	fill(m)
	if err := insertMovements(ctx, tx, []*Movement{m}); err != nil {
		return nil, err
	}
	reason := reasonAdjustment
	if m.Kind == Receive {
		reason = reasonIntake
	}
	entry := newEntry(it, int32(delta), reason, userID, now) //nolint:gosec // it fits: so do both quantities
	return m, insertEntries(ctx, tx, []*LedgerEntry{entry})
}

// refusal says why units could not be added to an item.
func refusal(ctx context.Context, tx bun.Tx, it Item, delta int64) error {
	current, err := selectItem(ctx, tx, *it.VendorID, it.ID)
	switch {
	case err != nil:
		return err // gone since
	case current.StoreID != it.StoreID:
		return errItemMoved
	case delta > 0:
		return core.InvalidField("delta", "There would be more than 2147483647 units.")
	}
	return core.Errorf(core.Conflict, "Insufficient stock: there are %d units, not %d.", current.Quantity, -delta)
}

// orNil is a user's id, nil for that of nobody.
func orNil(userID int64) *int64 {
	if userID == 0 {
		return nil
	}
	return &userID
}
