package stock

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Place is an item in a store.
type Place struct{ ItemID, StoreID int64 }

// A Level is how many units of an item lie in a store that is not the item's own, or was not when they came. What lies in
// the item's own store is the quantity of the item, and the level of that store if there is one.
type Level struct {
	bun.BaseModel `bun:"table:omnistock_stock_level,alias:l"`

	ID       int64 `bun:"id,pk,autoincrement"`
	ItemID   int64 `bun:"item_id"` // unique together with the store
	VendorID int64 `bun:"vendor_id"`
	StoreID  int64 `bun:"store_id"`
	Quantity int32 `bun:"quantity"`
}

// Holdings are items that a transaction has locked, and where their units lie. Nobody else moves them until it ends.
type Holdings struct {
	vendorID int64
	items    map[int64]*Item
	levels   map[Place]int64 // units besides the item's own quantity
	held     map[Place]int64 // units that reservations hold
}

func newHoldings(vendorID int64) *Holdings {
	return &Holdings{vendorID: vendorID, items: map[int64]*Item{}, levels: map[Place]int64{}, held: map[Place]int64{}}
}

// Item returns one of the items, or NotFound. Its quantity is what lies in its own store, as far as that is the item's.
func (h *Holdings) Item(id int64) (Item, error) {
	it, ok := h.items[id]
	if !ok {
		return Item{}, errNoItem
	}
	return *it, nil
}

// Units returns how many units of an item lie in a store.
func (h *Holdings) Units(p Place) int64 {
	n := h.levels[p]
	if it := h.items[p.ItemID]; it != nil && it.StoreID == p.StoreID {
		n += int64(it.Quantity)
	}
	return n
}

// Held returns how many of them are held by reservations.
func (h *Holdings) Held(p Place) int64 { return h.held[p] }

// errNoItem says it in the contract's words.
var errNoItem = core.Errorf(core.NotFound, "Collectible matching query does not exist.")
