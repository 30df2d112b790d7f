package stock

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Posting asks for one movement.
type Posting struct {
	Place

	Delta     int64 // units that come; negative for those that leave, never 0
	Kind      Kind
	TakesHeld bool // units that are held may leave: what is gone is gone, whoever it was promised to
	Reason    string
	Reference string
	UnitCost  *core.Money // of units that come: the item's intake price unless given, or what they cost before
	UnitPrice *core.Money
	ClientKey *string
	UndoesID  *int64
	OriginID  *int64
	Document  Document
}

// A Document is what movements are made by, if it is more than each of them: a transfer, a sale, a count.
type Document struct {
	Kind string // "" for none
	ID   int64
}

// check reports why a posting cannot be, as things stand.
func (h *Holdings) check(p Posting) error {
	it, err := h.Item(p.ItemID)
	if err != nil {
		return err
	}
	there, held := h.Units(p.Place), h.Held(p.Place)
	if p.TakesHeld {
		held = 0
	}
	switch {
	case there+p.Delta > math.MaxInt32: // perhaps what the item's own store had before it got there
		return core.Errorf(core.Conflict, "There would be more than 2147483647 units of %s.", it.SKU)
	case p.Delta >= 0:
		return nil
	case there+p.Delta < 0:
		return insufficient(it, "there are %d units, not %d", there, -p.Delta)
	case there-held+p.Delta < 0:
		return insufficient(it, "there are %d units and %d of them are held, not %d", there, held, -p.Delta)
	}
	return nil
}

// insufficient is a Conflict that names the item.
func insufficient(it Item, format string, args ...any) error {
	return core.Errorf(core.Conflict, "Insufficient stock of %s: %s.", it.SKU, fmt.Sprintf(format, args...))
}

// apply posts in memory, and returns the movement. What lay in the item's own store before it was put there goes to its
// quantity now: a client that knows one store sees all that there is.
func (h *Holdings) apply(p Posting, userID *int64, now time.Time) *Movement {
	it := h.items[p.ItemID]
	if it.StoreID == p.StoreID {
		it.Quantity = int32(h.Units(p.Place) + p.Delta) //nolint:gosec // check has seen that it fits
		delete(h.levels, p.Place)
	} else {
		h.levels[p.Place] += p.Delta
	}
	if p.Delta > 0 && p.UnitCost != nil && p.OriginID == nil && it.Cost == 0 {
		it.Cost = p.UnitCost.Stored()
	}
	at := *it
	at.StoreID = p.StoreID
	m := newMovement(at, p.Kind, p.Delta, h.Units(p.Place), userID, now)
	m.Reason, m.Reference, m.UnitCost, m.UnitPrice, m.ClientKey = p.Reason, p.Reference, p.UnitCost, p.UnitPrice, p.ClientKey
	m.UndoesID, m.OriginID = p.UndoesID, p.OriginID
	if p.Delta > 0 && p.UnitCost == nil && p.OriginID == nil && p.Kind != Transfer {
		m.UnitCost = it.cost()
	}
	if p.Document.Kind != "" {
		m.Document, m.DocumentID = &p.Document.Kind, &p.Document.ID
	}
	return m
}

// A quantityChange is what a transaction adds to an item's own quantity.
type quantityChange struct{ itemID, storeID, delta int64 }

// changes compares quantities with those from before the postings: what is to be added to items, and the levels of the
// other places, as they are to be.
func (h *Holdings) changes(before map[int64]Item, touched []Place) (quantities []quantityChange, levels []*Level) {
	for _, p := range touched {
		it := h.items[p.ItemID]
		if it.StoreID != p.StoreID {
			levels = append(levels, h.level(p))
			continue
		}
		if delta := int64(it.Quantity) - int64(before[it.ID].Quantity); delta != 0 {
			quantities = append(quantities, quantityChange{itemID: it.ID, storeID: it.StoreID, delta: delta})
		}
	}
	return quantities, levels
}

// learnt lists the items whose cost the postings told, in order.
func (h *Holdings) learnt(before map[int64]Item) (items []Item) {
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if it := h.items[id]; it.Cost != before[id].Cost {
			items = append(items, *it)
		}
	}
	return items
}

func (h *Holdings) level(p Place) *Level {
	return &Level{ItemID: p.ItemID, VendorID: h.vendorID, StoreID: p.StoreID, Quantity: int32(h.levels[p])} //nolint:gosec // it fits
}

// placesOf lists where postings move something, each once, in order.
func placesOf(ps []Posting) []Place {
	places := make([]Place, len(ps))
	for i, p := range ps {
		places[i] = p.Place
	}
	slices.SortFunc(places, comparePlaces)
	return slices.Compact(places)
}
