package serial

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Register notes which piece one of an item's units is. The change names grader and certificate. It is Conflict if all units
// in the store are known, or if the certificate is: that error tells what of it is known. It is Invalid if the vendor knows
// graders, but not this one, or if this one gives no such grade, qualifier or sub-grade. A piece that is gone comes back if
// the change names the movement that brought it, which may be to another item.
func (s *Service) Register(ctx context.Context, itemID int64, r Change) (u *Unit, err error) {
	if err := r.validate(); err != nil {
		return nil, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	for range 2 { // the second time it finds what another request has registered meanwhile
		err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			u, err = s.register(ctx, tx, a, itemID, r)
			return err
		})
		if !db.IsUniqueViolation(err, table, "certificate") {
			break
		}
	}
	return conceal(a, u), err
}

func (s *Service) register(ctx context.Context, tx bun.Tx, a vendors.Affiliation, itemID int64, r Change) (*Unit, error) {
	h, err := s.stock.Lock(ctx, tx, a.VendorID, []int64{itemID})
	if err != nil {
		return nil, err
	}
	it, err := h.Item(itemID)
	if err != nil {
		return nil, err
	}
	now, graderBefore := s.now(), ""
	u := &Unit{VendorID: a.VendorID, StoreID: it.StoreID, SubGrades: core.JSON("{}"), CreatedAt: now}
	r.apply(u)
	known, err := lockByCertificate(ctx, tx, a.VendorID, u.Grader, u.Certificate)
	switch {
	case err == nil && (r.MovementID == nil || !known.State.isGone()):
		return nil, firstError(s.mayUse(ctx, tx, a, u.StoreID), errKnown(known))
	case err == nil:
		store := u.StoreID
		u, graderBefore = known, known.Grader
		u.StoreID = store
		r.apply(u)
	case core.KindOf(err) != core.NotFound:
		return nil, err
	}
	u.ItemID, u.State, u.WentByID, u.UpdatedAt = itemID, InStock, nil, now
	if err := s.mayUse(ctx, tx, a, u.StoreID); err != nil {
		return nil, err
	}
	if err := firstError(judge(ctx, tx, u, graderBefore, r), s.trace(ctx, tx, u, r.MovementID)); err != nil {
		return nil, err
	}
	if err := s.fits(ctx, tx, h, u); err != nil {
		return nil, err
	}
	if u.ID != 0 {
		return u, updateUnit(ctx, tx, u)
	}
	return u, insertUnit(ctx, tx, u)
}

// mayUse returns why pieces may not be put into a store by somebody. A store that may stays until the transaction ends.
func (s *Service) mayUse(ctx context.Context, tx bun.Tx, a vendors.Affiliation, storeID int64) error {
	ours, err := s.vendors.HasStore(ctx, tx, a.VendorID, storeID)
	if err == nil && !ours {
		err = core.UnknownID("store", storeID)
	}
	if err == nil {
		err = mayWrite(a, storeID)
	}
	return err
}

// trace notes the movement by which a unit came or went, if one is named: one of its item and store, that moved more units
// than are known by it.
func (s *Service) trace(ctx context.Context, tx bun.Tx, u *Unit, movementID *int64) error {
	if movementID == nil {
		return nil
	}
	m, err := selectMovement(ctx, tx, u.VendorID, *movementID)
	if core.KindOf(err) == core.NotFound {
		return core.UnknownID("movement", *movementID)
	}
	if err != nil {
		return err
	}
	if m.ItemID != u.ItemID || m.StoreID != u.StoreID || (m.Delta < 0) != u.State.isGone() {
		return core.InvalidField("movement", "This movement did not move units of the collectible to that store, or out of it.")
	}
	n, err := countMovedBy(ctx, tx, *movementID, u.ID)
	if err == nil && n >= max(m.Delta, -m.Delta) {
		err = core.InvalidField("movement", "Each of the units of this movement has its certificate.")
	}
	if u.State.isGone() {
		u.WentByID = movementID
	} else {
		u.CameByID = movementID
	}
	return err
}

// fits reports why a unit cannot be present where it is said to be: there are too few units of the item.
func (s *Service) fits(ctx context.Context, tx bun.Tx, h *stock.Holdings, u *Unit) error {
	if !u.State.isPresent() {
		return nil
	}
	n, err := countPresent(ctx, tx, u.place(), u.ID)
	if units := h.Units(u.place()); err == nil && n >= units {
		err = errFull(units)
	}
	return err
}

// Get returns a unit of the vendor for which the actor works: NotFound if it is not the vendor's, Forbidden if the actor
// may not read its store.
func (s *Service) Get(ctx context.Context, id int64) (*Unit, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	u, err := selectUnit(ctx, s.db, a.VendorID, id)
	if err == nil && !a.MayReadStore(u.StoreID) {
		err = errNoStoreAccess
	}
	return conceal(a, u), err
}

// List returns units of the vendor for which the actor works, in the stores that they may read, the newest first, behind
// the one of an id if that is not 0.
func (s *Service) List(ctx context.Context, f Filter, before, limit int64) ([]*Unit, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	if f.ItemID != nil {
		if there, err := hasItem(ctx, s.db, a.VendorID, *f.ItemID); err != nil || !there {
			return nil, firstError(err, errNoItem)
		}
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, nil
		}
	}
	units, err := selectUnits(ctx, s.db, a.VendorID, f, before, limit)
	for _, u := range units {
		conceal(a, u)
	}
	return units, err
}

// Change changes a unit of the vendor for which the actor works. It is Conflict if another one has the certificate, if it
// would be one too many in its store, or if the state of a unit that is gone is to change.
func (s *Service) Change(ctx context.Context, id int64, ch Change) (u *Unit, err error) {
	if err := ch.validate(); err != nil {
		return nil, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	before, err := selectUnit(ctx, s.db, a.VendorID, id)
	if err == nil {
		err = mayWrite(a, before.StoreID)
	}
	if err != nil {
		return nil, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		u, err = s.change(ctx, tx, a, before, ch)
		return err
	})
	if db.IsUniqueViolation(err, table, "certificate") {
		err = core.InvalidField("certificate", "Another unit has this certificate.")
	}
	return conceal(a, u), err
}

func (s *Service) change(ctx context.Context, tx bun.Tx, a vendors.Affiliation, before *Unit, ch Change) (*Unit, error) {
	moves := ch.State.HasValue() || ch.StoreID.HasValue() || ch.MovementID != nil
	var h *stock.Holdings
	if moves && ch.State.Or(before.State).isPresent() { // of one that goes, the item may be gone already
		var err error
		if h, err = s.stock.Lock(ctx, tx, a.VendorID, []int64{before.ItemID}); err != nil {
			return nil, err
		}
	}
	units, err := lockUnits(ctx, tx, a.VendorID, []int64{before.ID})
	if err != nil {
		return nil, err
	}
	if len(units) == 0 || units[0].ItemID != before.ItemID || units[0].StoreID != before.StoreID || units[0].State != before.State {
		return nil, errMoved
	}
	u := units[0]
	if moves && u.State.isGone() {
		return nil, errGone
	}
	ch.apply(u)
	u.UpdatedAt = s.now()
	if err := judge(ctx, tx, u, before.Grader, ch); err != nil {
		return nil, err
	}
	if u.StoreID != before.StoreID {
		if err := s.mayUse(ctx, tx, a, u.StoreID); err != nil {
			return nil, err
		}
	}
	if moves {
		if err := firstError(s.trace(ctx, tx, u, ch.MovementID), s.fits(ctx, tx, h, u)); err != nil {
			return nil, err
		}
	}
	return u, updateUnit(ctx, tx, u)
}

// firstError returns the first one that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
