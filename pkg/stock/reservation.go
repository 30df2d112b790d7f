package stock

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Reservation holds units of an item in a store for somebody: until it expires they are neither sold to others nor
// transferred. They stay where they are, and count as stock.
type Reservation struct {
	bun.BaseModel `bun:"table:omnistock_reservation,alias:r"`

	ID        int64            `bun:"id,pk,autoincrement"`
	VendorID  int64            `bun:"vendor_id"`
	StoreID   int64            `bun:"store_id"`
	ItemID    int64            `bun:"item_id"`
	Units     int32            `bun:"units"`
	State     ReservationState `bun:"state"`
	Reference string           `bun:"reference"`
	UserID    *int64           `bun:"user_id"`
	ClientKey *string          `bun:"client_key"` // unique among the vendor's reservations
	ExpiresAt time.Time        `bun:"expires_at"`
	CreatedAt time.Time        `bun:"created_at"`
	ClosedAt  *time.Time       `bun:"closed_at"` // when it was released or fulfilled
}

// ReservationState is what became of a reservation.
type ReservationState string

// The states of a reservation.
const (
	Held      ReservationState = "held"
	Released  ReservationState = "released"
	Fulfilled ReservationState = "fulfilled" // sold to whom it was held for
	Expired   ReservationState = "expired"   // never in the database, where it is held: time alone makes it so
)

// Choices lists the states.
func (ReservationState) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(Held), Label: "Held"},
		{Value: string(Released), Label: "Released"},
		{Value: string(Fulfilled), Label: "Fulfilled"},
		{Value: string(Expired), Label: "Expired"},
	}
}

// StateAt is the reservation's state at a moment.
func (r *Reservation) StateAt(now time.Time) ReservationState {
	if r.State == Held && !r.ExpiresAt.After(now) {
		return Expired
	}
	return r.State
}

// maxHold is the longest that units are held.
const maxHold = 90 * 24 * time.Hour

// A ReservationRequest asks for a reservation.
type ReservationRequest struct {
	ItemID    int64
	StoreID   core.Optional[int64] // the item's own unless it is given
	Units     int32
	Hold      time.Duration
	Reference string
	ClientKey *string
}

// isMetBy reports whether a reservation is what was asked for.
func (q ReservationRequest) isMetBy(r *Reservation) bool {
	return r.ItemID == q.ItemID && r.StoreID == q.StoreID.Or(r.StoreID) && r.Units == q.Units && r.Reference == q.Reference &&
		r.ExpiresAt.Sub(r.CreatedAt) == q.Hold
}
