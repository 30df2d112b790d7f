package stock

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Item is what the ledger has to know of a collectible. The zero Item is none.
type Item struct {
	bun.BaseModel `bun:"table:collectibles_collectible,alias:c"`

	ID       int64      `bun:"id,pk"`
	VendorID *int64     `bun:"vendor_id"`
	StoreID  int64      `bun:"store_id"`
	SKU      string     `bun:"sku"`
	Name     string     `bun:"name"`
	Quantity int32      `bun:"quantity"`
	Cost     core.Money `bun:"intake_price"` // what was paid for a unit
	Price    core.Money `bun:"price"`        // what is asked for one
}

func (it Item) cost() *core.Money {
	cost := it.Cost.Stored()
	return &cost
}

// ItemColumns are those of an Item.
const ItemColumns = "id, vendor_id, store_id, sku, name, quantity, intake_price"

// A Transition is how an item got from one state to another: Before is the zero Item of a new one, After of one that is
// gone.
type Transition struct{ Before, After Item }

// isMove reports whether an item goes from one store of its vendor to another.
func (t Transition) isMove() bool {
	return t.Before.ID != 0 && t.After.ID != 0 && t.Before.StoreID != t.After.StoreID
}

// deleted is the reason of the movement by which the last units of an item go with it.
const deleted = "deleted"

// ReasonMoved is the reason of the two external movements by which another program took all units of an item from one store
// to another.
const ReasonMoved = "moved"

// movements says it in movements: all units leave one place for another, then some come or go. What lies in other stores
// goes with an item that is gone.
func (t Transition) movements(levels []*Level, userID *int64, now time.Time) (ms []*Movement) {
	besides := map[int64]int64{}
	for _, l := range levels {
		besides[l.StoreID] = int64(l.Quantity)
	}
	add := func(it Item, kind Kind, delta, after int64) *Movement {
		m := newMovement(it, kind, delta, after+besides[it.StoreID], userID, now)
		if delta != 0 {
			ms = append(ms, m)
		}
		return m
	}
	before, after := int64(t.Before.Quantity), int64(t.After.Quantity)
	switch {
	case t.After.ID == 0:
		add(t.Before, WriteOff, -before, 0).Reason = deleted
		for _, l := range levels {
			it := t.Before
			it.StoreID, it.VendorID, besides[l.StoreID] = l.StoreID, &l.VendorID, 0
			add(it, WriteOff, -int64(l.Quantity), 0).Reason = deleted
		}
		return ms
	case t.Before.ID == 0:
		add(t.After, Receive, after, after).UnitCost = t.After.cost()
		return ms
	case t.Before.StoreID != t.After.StoreID || !isSame(t.Before.VendorID, t.After.VendorID):
		add(t.Before, Transfer, -before, 0)
		add(t.After, Transfer, before, before)
	}
	if m := add(t.After, Adjustment, after-before, after); m.Delta > 0 {
		m.UnitCost = t.After.cost()
	}
	return ms
}

func isSame(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

func newMovement(it Item, kind Kind, delta, after int64, userID *int64, now time.Time) *Movement {
	return &Movement{
		VendorID: it.VendorID, ItemID: it.ID, StoreID: it.StoreID, SKU: it.SKU, Name: it.Name, Kind: kind, Delta: delta,
		QuantityAfter: after, UserID: userID, CreatedAt: now,
	}
}
