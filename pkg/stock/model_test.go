package stock_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A shadow is what a simple model knows of an item.
type shadow struct {
	quantity, store int64           // its own
	sold            int64           // less what came back
	levels          map[int64]int64 // by store
	held            map[int64]int64 // likewise
	undoable        []int64         // movements, by age
	deltas          map[int64]delta
}

// A delta is what a movement added, where, and how much of it was sold.
type delta struct{ store, units, sold int64 }

// opposite is what undoes it.
func (d delta) opposite() delta { return delta{d.store, -d.units, -d.sold} }

// units are those that lie in a store.
func (it *shadow) units(store int64) int64 {
	if store == it.store {
		return it.levels[store] + it.quantity
	}
	return it.levels[store]
}

// isFree reports whether so many units may leave a store that nobody was promised.
func (it *shadow) isFree(store, units int64) bool { return it.units(store)-it.held[store] >= units }

// add moves units if there are enough, and reports whether there were.
func (it *shadow) add(d delta) bool {
	there := it.units(d.store)
	switch {
	case there+d.units < 0 || it.sold+d.sold < 0:
		return false
	case d.store == it.store:
		it.quantity, it.levels[d.store] = there+d.units, 0
	default:
		it.levels[d.store] = there + d.units
	}
	it.sold += d.sold
	return true
}

// TestLedger_addsUpWhateverIsDone sends random sequences of commands, and compares quantities, stores and what is refused
// with a model of a few lines.
func TestLedger_addsUpWhateverIsDone(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		stores := []int64{s.Store, s.OpenStore(t, "Annex")}
		serial := 0
		rapid.Check(t, func(rt *rapid.T) {
			items := map[int64]*shadow{}
			pick := func(rt *rapid.T) int64 {
				if len(items) == 0 {
					rt.Skip("no item")
				}
				return rapid.SampledFrom(slices.Sorted(maps.Keys(items))).Draw(rt, "item")
			}
			check := func(rt *rapid.T, err error, want bool) bool {
				if (err == nil) != want || err != nil && core.KindOf(err) != core.Conflict {
					rt.Fatalf("error = %v, want success %v", err, want)
				}
				return err == nil
			}
			rt.Repeat(map[string]func(*rapid.T){
				"create": func(rt *rapid.T) {
					serial++
					n, store := rapid.Int32Range(0, 3).Draw(rt, "quantity"), rapid.SampledFrom(stores).Draw(rt, "store")
					c, err := s.Inventory.Create(s.Ctx, inventory.CollectibleChange{
						StoreID: core.Some(store), Name: core.Some("x"), SKU: core.Some(fmt.Sprint("P", serial)), Quantity: core.Some(n),
					})
					if err != nil {
						rt.Fatal(err)
					}
					items[c.ID] = &shadow{quantity: int64(n), store: store, levels: map[int64]int64{}, held: map[int64]int64{}, deltas: map[int64]delta{}}
				},
				"move": func(rt *rapid.T) {
					id, units := pick(rt), rapid.Int32Range(1, 4).Draw(rt, "units")
					kind := rapid.SampledFrom([]stock.Kind{stock.Receive, stock.Sale, stock.Return, stock.WriteOff}).Draw(rt, "kind")
					if kind == stock.Sale || kind == stock.WriteOff {
						units = -units
					}
					d := delta{store: rapid.SampledFrom(stores).Draw(rt, "store"), units: int64(units)}
					if kind == stock.Sale || kind == stock.Return {
						d.sold = -d.units
					}
					m, _, err := s.Stock.Move(s.Ctx, id, stock.Order{Kind: kind, StoreID: core.Some(d.store), Delta: core.Some(units)})
					it := items[id]
					mayGo := kind != stock.Sale || it.isFree(d.store, -d.units)
					if check(rt, err, mayGo && it.add(d)) {
						it.undoable = append(it.undoable, m.ID)
						it.deltas[m.ID] = d
					}
				},
				"undo": func(rt *rapid.T) {
					it := items[pick(rt)]
					if len(it.undoable) == 0 {
						rt.Skip("nothing to undo")
					}
					which := rapid.SampledFrom(it.undoable).Draw(rt, "which")
					_, err := s.Stock.Undo(s.Ctx, which, "")
					d, fresh := it.deltas[which]
					if check(rt, err, fresh && it.add(d.opposite())) {
						delete(it.deltas, which) // a second time is refused
					}
				},
				"transfer": func(rt *rapid.T) {
					id, units, at := pick(rt), rapid.Int32Range(1, 3).Draw(rt, "units"), rapid.IntRange(0, 1).Draw(rt, "from")
					from, to, it := stores[at], stores[1-at], items[id]
					_, _, err := s.Stock.Transfer(s.Ctx, stock.TransferRequest{
						FromStoreID: from, ToStoreID: to, Lines: []stock.LineUnits{{ItemID: id, Units: units}}, IsThere: true,
					})
					if check(rt, err, it.isFree(from, int64(units)) && it.add(delta{store: from, units: -int64(units)})) {
						it.add(delta{store: to, units: int64(units)})
					}
				},
				"reserve": func(rt *rapid.T) {
					id, units, store := pick(rt), rapid.Int32Range(1, 3).Draw(rt, "units"), rapid.SampledFrom(stores).Draw(rt, "store")
					it := items[id]
					_, _, err := s.Stock.Reserve(s.Ctx, stock.ReservationRequest{ItemID: id, StoreID: core.Some(store), Units: units, Hold: time.Hour})
					if check(rt, err, it.isFree(store, int64(units))) {
						it.held[store] += int64(units)
					}
				},
				"change": func(rt *rapid.T) {
					id := pick(rt)
					n, store := rapid.Int32Range(0, 5).Draw(rt, "quantity"), rapid.SampledFrom(stores).Draw(rt, "store")
					_, err := s.Inventory.Change(s.Ctx, id, inventory.CollectibleChange{Quantity: core.Some(n), StoreID: core.Some(store)}, nil)
					it := items[id]
					if check(rt, err, store == it.store || it.held[it.store] <= it.levels[it.store]) {
						it.quantity, it.store = int64(n), store
					}
				},
				"delete": func(rt *rapid.T) {
					id := pick(rt)
					check(rt, s.Inventory.Delete(s.Ctx, id, nil), true)
					delete(items, id)
				},
				"": func(rt *rapid.T) {
					for id, it := range items {
						c, err := s.Inventory.Get(s.Ctx, id)
						if err != nil || int64(c.Quantity) != it.quantity || c.StoreID != it.store {
							rt.Fatalf("item %d = %+v, %v, want %+v", id, c, err, it)
						}
					}
				},
			})
			for id := range items { // the next sequence has its own
				check(rt, s.Inventory.Delete(s.Ctx, id, nil), true)
			}
		})
		s.MustVerify(t)
	})
}
