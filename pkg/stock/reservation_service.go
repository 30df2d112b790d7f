package stock

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errOtherReservation = core.Errorf(core.Unprocessable, "This client_key stands for another reservation.")
	errOtherItem        = core.Errorf(core.Conflict, "This reservation is of another item.")
	errNotHeld          = core.Errorf(core.Conflict, "This reservation holds nothing any more.")
)

// A ReservationFilter narrows a list of reservations; an empty field does not.
type ReservationFilter struct {
	ItemID *int64
	State  ReservationState
	Stores []int64 // only these, unless it is nil
}

// Reserve holds units of an item of the vendor for which the actor works. It is Conflict if too few are free. Where the
// client key names a reservation already, that is returned, and isNew is false.
func (s *Service) Reserve(ctx context.Context, q ReservationRequest) (r *Reservation, isNew bool, err error) {
	if q.Hold <= 0 || q.Hold > maxHold {
		return nil, false, core.InvalidField("hold_seconds", "Units are held for a second up to 90 days.")
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	find := func(key string) (*Reservation, error) { return selectReservationByKey(ctx, s.db, a.VendorID, key) }
	judge := func(r *Reservation) error {
		if !q.isMetBy(r) {
			return errOtherReservation
		}
		return mayMove(a, r.StoreID)
	}
	return db.Once(q.ClientKey, reservationTable, find, judge, func() (r *Reservation, err error) {
		err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			r, err = s.reserve(ctx, tx, a, q)
			return err
		})
		return r, err
	})
}

func (s *Service) reserve(ctx context.Context, tx bun.Tx, a vendors.Affiliation, q ReservationRequest) (*Reservation, error) {
	h, err := s.Lock(ctx, tx, a.VendorID, []int64{q.ItemID})
	if err != nil {
		return nil, err
	}
	at := Place{q.ItemID, q.StoreID.Or(h.items[q.ItemID].StoreID)}
	if _, err := s.HoldStore(ctx, tx, a.VendorID, at.StoreID); err != nil {
		return nil, err
	}
	if err := mayMove(a, at.StoreID); err != nil {
		return nil, err
	}
	if err := h.check(Posting{Place: at, Delta: -int64(q.Units)}); err != nil {
		return nil, err
	}
	now := s.now()
	r := &Reservation{
		VendorID: a.VendorID, StoreID: at.StoreID, ItemID: at.ItemID, Units: q.Units, State: Held, Reference: q.Reference,
		UserID: orNil(core.ActorFrom(ctx).UserID), ClientKey: q.ClientKey, ExpiresAt: now.Add(q.Hold), CreatedAt: now,
	}
	return r, insertReservation(ctx, tx, r)
}

// Release lets the units of a reservation go: Conflict if it holds none any more.
func (s *Service) Release(ctx context.Context, id int64) (r *Reservation, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	r, err = selectReservation(ctx, s.db, a.VendorID, id)
	if err == nil {
		err = mayMove(a, r.StoreID)
	}
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		closed, err := closeReservations(ctx, tx, a.VendorID, []int64{id}, Released, s.now())
		if err == nil && len(closed) == 0 {
			err = errNotHeld
		}
		if err == nil {
			r = closed[0]
		}
		return err
	})
	return r, err
}

// Fulfil ends reservations of items that are locked, whose units are taken in the same transaction: they are free for it.
// It is Conflict if one of them holds nothing any more, is not the vendor's,
// or is of another item.
func (s *Service) Fulfil(ctx context.Context, tx bun.Tx, h *Holdings, ids []int64) ([]*Reservation, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	closed, err := closeReservations(ctx, tx, h.vendorID, ids, Fulfilled, s.now())
	if err == nil && len(closed) < len(ids) {
		err = errNotHeld
	}
	for _, r := range closed {
		if _, locked := h.items[r.ItemID]; !locked {
			return nil, errOtherItem
		}
		h.held[Place{r.ItemID, r.StoreID}] -= int64(r.Units)
	}
	return closed, err
}

// Reservations returns reservations of the vendor for which the actor works, in the stores that they may read, the newest
// first, behind the one of an id if that is not 0.
func (s *Service) Reservations(ctx context.Context, f ReservationFilter, before, limit int64) ([]*Reservation, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, nil
		}
	}
	return selectReservations(ctx, s.db, a.VendorID, f, before, limit, s.now())
}
