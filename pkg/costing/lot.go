package costing

import (
	"math/bits"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Lot is units of an item that came together, as far as they are there still.
type Lot struct {
	bun.BaseModel `bun:"table:omnistock_stock_lot,alias:lot"`

	ID         int64      `bun:"id,pk,autoincrement"`
	VendorID   *int64     `bun:"vendor_id"`
	ItemID     int64      `bun:"item_id"`
	StoreID    *int64     `bun:"store_id"`    // nil while they are on their way
	MovementID int64      `bun:"movement_id"` // which brought them to the store, or by which they left while they are on their way
	Units      int64      `bun:"units"`       // above 0
	Cost       core.Total `bun:"cost"`        // of all of them
	ReceivedAt time.Time  `bun:"received_at"` // by the vendor: transfers leave it
}

// A Cost is what the units of a movement cost, where the movement does not say so itself.
type Cost struct {
	bun.BaseModel `bun:"table:omnistock_stock_cost,alias:cost"`

	ID        int64      `bun:"id,pk"`      // the movement's
	Units     int64      `bun:"units"`      // below zero for those that left
	Cost      core.Total `bun:"cost"`       // likewise
	BackUnits int64      `bun:"back_units"` // of those that left, how many came back
	BackCost  core.Total `bun:"back_cost"`  // and what they cost
}

// take splits units off a lot, with their share of its cost: what is left keeps the rest.
func (l *Lot) take(units int64) Lot {
	part := *l
	part.ID, part.Units, part.Cost = 0, units, share(l.Cost, units, l.Units)
	l.Units -= units
	l.Cost -= part.Cost
	return part
}

// giveBack returns what units cost that come back of those that left. All of them together cost what they did when they
// left; should more come than left, the others cost nothing.
func (c *Cost) giveBack(units int64) core.Total {
	left := -c.Units
	until := min(c.BackUnits+units, left)
	cost := share(-c.Cost, until, left) - c.BackCost
	c.BackUnits, c.BackCost = c.BackUnits+units, c.BackCost+cost
	return cost
}

// share is what part costs of all units that cost the amount: rounded to a hundredth, towards zero. Part is no more than
// all, and neither below zero.
func share(amount core.Total, part, all int64) core.Total {
	if all == 0 {
		return 0
	}
	high, low := bits.Mul64(magnitude(amount), uint64(part)) //nolint:gosec // not below zero
	quotient, _ := bits.Div64(high, low, uint64(all))        //nolint:gosec // likewise
	return signed(quotient, amount)
}

// magnitude is an amount without its sign.
func magnitude(amount core.Total) uint64 {
	if amount < 0 {
		return -uint64(amount) //nolint:gosec // the two's complement
	}
	return uint64(amount)
}

// signed is an amount with the sign of another one.
func signed(magnitude uint64, like core.Total) core.Total {
	if like < 0 {
		return -core.Total(magnitude) //nolint:gosec // it fits
	}
	return core.Total(magnitude) //nolint:gosec // likewise
}

// most is what the units of one movement cost at the most: 10,000,000,000.00, so that no sum of them overflows.
const most core.Total = 1e12

// times is what units cost at a price for each, or the most that can be said.
func times(price core.Total, units int64) core.Total {
	high, low := bits.Mul64(magnitude(price), uint64(units)) //nolint:gosec // not below zero
	if high != 0 || low > uint64(most) {
		low = uint64(most)
	}
	return signed(low, price)
}
