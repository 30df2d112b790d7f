package stock

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const reservationTable = "omnistock_reservation"

// selectReservation returns one of the vendor's reservations, or NotFound.
func selectReservation(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Reservation, error) {
	r := &Reservation{}
	err := idb.NewSelect().Model(r).Where("r.id = ?", id).Where("r.vendor_id = ?", vendorID).Scan(ctx)
	return r, db.Error(err, "Reservation")
}

// selectReservationByKey returns the vendor's reservation with the client key, or NotFound.
func selectReservationByKey(ctx context.Context, idb bun.IDB, vendorID int64, key string) (*Reservation, error) {
	r := &Reservation{}
	err := idb.NewSelect().Model(r).Where("r.vendor_id = ?", vendorID).Where("r.client_key = ?", key).Scan(ctx)
	return r, db.Error(err, "Reservation")
}

func insertReservation(ctx context.Context, tx bun.Tx, r *Reservation) error {
	_, err := tx.NewInsert().Model(r).Exec(ctx)
	return err
}

// closeReservations ends reservations that hold units still, and returns them.
func closeReservations(
	ctx context.Context, tx bun.Tx, vendorID int64, ids []int64, state ReservationState, now time.Time,
) (closed []*Reservation, err error) {
	err = tx.NewUpdate().Model(&closed).Set("state = ?", state).Set("closed_at = ?", now).
		Where("id IN (?)", bun.List(ids)).Where("vendor_id = ?", vendorID).Where("state = ?", Held).Where("expires_at > ?", now).
		Returning("*").Scan(ctx)
	return closed, err
}

// releaseAll ends the reservations of items.
func releaseAll(ctx context.Context, tx bun.Tx, itemIDs []int64, now time.Time) error {
	if len(itemIDs) == 0 {
		return nil
	}
	_, err := tx.NewUpdate().Model((*Reservation)(nil)).Set("state = ?", Released).Set("closed_at = ?", now).
		Where("item_id IN (?)", bun.List(itemIDs)).Where("state = ?", Held).Exec(ctx)
	return err
}

// selectReservations returns a vendor's reservations, the newest first, behind an id if that is not 0.
func selectReservations(
	ctx context.Context, idb bun.IDB, vendorID int64, f ReservationFilter, before, limit int64, now time.Time,
) (list []*Reservation, err error) {
	q := idb.NewSelect().Model(&list).Where("r.vendor_id = ?", vendorID).OrderExpr("r.id DESC").Limit(limit)
	if f.ItemID != nil {
		q = q.Where("r.item_id = ?", *f.ItemID)
	}
	if f.Stores != nil {
		q = q.Where("r.store_id IN (?)", bun.List(f.Stores))
	}
	switch f.State {
	case "":
	case Held:
		q = q.Where("r.state = ?", Held).Where("r.expires_at > ?", now)
	case Expired:
		q = q.Where("r.state = ?", Held).Where("r.expires_at <= ?", now)
	default:
		q = q.Where("r.state = ?", f.State)
	}
	if before > 0 {
		q = q.Where("r.id < ?", before)
	}
	return list, q.Scan(ctx)
}
