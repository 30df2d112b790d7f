package stock

import (
	"context"
	"math"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A Flaw is an item whose ledger does not add up to what there is.
type Flaw struct {
	ItemID   int64  `json:"item"`
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"` // of the item, in all stores; 0 of one that is gone
	Sum      int64  `json:"sum"`      // of its movements
	Place    string `json:"place,omitempty"`
	Break    *Jump  `json:"break,omitempty"`
}

// A Jump is the first movement of an item that does not go on from the one before it.
type Jump struct {
	MovementID int64 `json:"movement"`
	Before     int64 `json:"before"` // the sum up to it, in its store
	Delta      int64 `json:"delta"`
	After      int64 `json:"after"` // what it says that there were then
}

// Verified counts what Verify looked at.
type Verified struct {
	Items     int64 `json:"items"`
	Movements int64 `json:"movements"`
	Flaws     int64 `json:"flaws"`
}

// verifyBatch is how many items Verify holds at once.
const verifyBatch = 2000

// Verify compares how many units of each item lie in each store with the movements there, and each movement with the one
// before it. It looks at one moment of the database, of all vendors or of one, and calls fn with each flaw, in the order of the items.
// The memory that it needs does not grow with the ledger.
func (s *Service) Verify(ctx context.Context, vendorID *int64, fn func(Flaw) error) (done Verified, err error) {
	err = db.Snapshot(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		for after := int64(0); after < math.MaxInt64; {
			states, err := selectStates(ctx, tx, vendorID, after, verifyBatch)
			if err != nil {
				return err
			}
			to := int64(math.MaxInt64) // behind the last item: those that are gone
			if len(states) == verifyBatch {
				to = states[len(states)-1].ID
			}
			levels, err := selectLevelsBetween(ctx, tx, vendorID, after, to)
			if err != nil {
				return err
			}
			a := &audit{states: states, levels: levels, report: func(f Flaw) error { done.Flaws++; return fn(f) }}
			if err := eachStep(ctx, tx, vendorID, after, to, a.step); err != nil {
				return err
			}
			if err := a.endBefore(math.MaxInt64); err != nil {
				return err
			}
			done.Items, done.Movements = done.Items+int64(len(states)), done.Movements+a.steps
			after = to
		}
		return nil
	})
	return done, err
}

// An audit walks over items and their movements, both in the order of the items.
type audit struct {
	states []state  // those that are still to come
	levels []*Level // likewise
	report func(Flaw) error
	steps  int64

	open   bool // an item's movements are being added up
	itemID int64
	sku    string
	sum    int64
	places map[place]int64
	broken *Jump
}

// A place is where units lie.
type place struct{ vendorID, storeID int64 } // vendor 0 for none

func (p place) String() string {
	return "vendor " + strconv.FormatInt(p.vendorID, 10) + ", store " + strconv.FormatInt(p.storeID, 10)
}

// step adds a movement.
func (a *audit) step(st step) error {
	if !a.open || st.itemID != a.itemID {
		if err := a.endBefore(st.itemID); err != nil {
			return err
		}
		a.open, a.itemID, a.sum, a.broken, a.places = true, st.itemID, 0, nil, map[place]int64{}
	}
	a.steps++
	a.sku = st.sku
	at := place{st.vendorID.Int64, st.storeID}
	if before := a.places[at]; a.broken == nil && before+st.delta != st.after {
		a.broken = &Jump{MovementID: st.id, Before: before, Delta: st.delta, After: st.after}
	}
	a.sum += st.delta
	a.places[at] += st.delta
	return nil
}

// endBefore judges the item whose movements were added up, and those without any, up to the one of that id.
func (a *audit) endBefore(id int64) error {
	if a.open {
		if err := a.judgeItemsBefore(a.itemID); err != nil {
			return err
		}
		it := state{ID: a.itemID, SKU: a.sku}
		if len(a.states) > 0 && a.states[0].ID == a.itemID {
			it, a.states = a.states[0], a.states[1:]
		}
		a.open = false
		if err := a.judge(it); err != nil {
			return err
		}
	}
	return a.judgeItemsBefore(id)
}

// judgeItemsBefore judges the items without movements that come before the one of that id.
func (a *audit) judgeItemsBefore(id int64) error {
	for ; len(a.states) > 0 && a.states[0].ID < id; a.states = a.states[1:] {
		it := a.states[0]
		for _, l := range a.levelsOf(it.ID) {
			it.Quantity += int64(l.Quantity)
		}
		if it.Quantity != 0 {
			if err := a.report(Flaw{ItemID: it.ID, SKU: it.SKU, Quantity: it.Quantity}); err != nil {
				return err
			}
		}
	}
	return nil
}

// levelsOf takes the levels of an item. Those of items before it, which are not there, belong to none.
func (a *audit) levelsOf(itemID int64) (levels []*Level) {
	for ; len(a.levels) > 0 && a.levels[0].ItemID <= itemID; a.levels = a.levels[1:] {
		if a.levels[0].ItemID == itemID {
			levels = append(levels, a.levels[0])
		}
	}
	return levels
}

// judge reports an item unless its movements add up to what there is, where it is, step by step.
func (a *audit) judge(it state) error {
	f := Flaw{ItemID: it.ID, SKU: it.SKU, Quantity: it.Quantity, Sum: a.sum, Break: a.broken}
	home := place{storeID: it.StoreID}
	if it.VendorID != nil {
		home.vendorID = *it.VendorID
	}
	a.places[home] -= it.Quantity
	for _, l := range a.levelsOf(it.ID) {
		a.places[place{l.VendorID, l.StoreID}] -= int64(l.Quantity)
		f.Quantity += int64(l.Quantity)
	}
	for p, units := range a.places {
		if units != 0 && (f.Place == "" || p.String() < f.Place) {
			f.Place = p.String()
		}
	}
	if f.Sum == f.Quantity && f.Place == "" && f.Break == nil {
		return nil
	}
	return a.report(f)
}
