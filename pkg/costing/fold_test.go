package costing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// TestFold_losesNothing folds random movements of an item: its lots hold the units that the movements left in each store,
// and those cost what the movements cost in all.
func TestFold_losesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f, cost := &fold{costs: map[int64]*Cost{}, known: map[int64]*Cost{}}, core.Total(0)
		units, underway, sold := map[int64]int64{}, map[int64]int64{}, map[int64]int64{}
		start, id := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), int64(0)
		add := func(kind stock.Kind, store, delta int64, origin, document *int64, unitCost *core.Money) {
			id++
			m := &stock.Movement{
				ID: id, ItemID: 1, StoreID: store, Kind: kind, Delta: delta, UnitCost: unitCost, OriginID: origin, DocumentID: document,
				CreatedAt: start.Add(time.Duration(id) * time.Minute),
			}
			f.add(m)
			units[store] += delta
			switch c := f.costs[id]; {
			case c != nil:
				cost += c.Cost
			case unitCost != nil:
				cost += core.Total(*unitCost) * core.Total(delta)
			default:
				rt.Fatalf("movement %+v costs nothing known", m)
			}
		}
		some := func(rt *rapid.T, counts map[int64]int64) (key, n int64) {
			var keys []int64
			for key := range int64(200) {
				if counts[key] > 0 {
					keys = append(keys, key)
				}
			}
			if len(keys) == 0 {
				rt.Skip("nothing there")
			}
			key = rapid.SampledFrom(keys).Draw(rt, "which")
			return key, rapid.Int64Range(1, counts[key]).Draw(rt, "units")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"receive": func(rt *rapid.T) {
				price := core.Money(rapid.Int64Range(0, 1000).Draw(rt, "cost"))
				add(stock.Receive, rapid.Int64Range(1, 2).Draw(rt, "store"), rapid.Int64Range(1, 9).Draw(rt, "units"), nil, nil, &price)
			},
			"unknown cost": func(*rapid.T) { add(stock.External, 1, 2, nil, nil, nil) },
			"sell": func(rt *rapid.T) {
				store, n := some(rt, units)
				add(stock.Sale, store, -n, nil, nil, nil)
				sold[id] = n
			},
			"give back": func(rt *rapid.T) {
				sale, n := some(rt, sold)
				sold[sale] -= n
				add(stock.Return, rapid.Int64Range(1, 2).Draw(rt, "store"), n, &sale, nil, nil)
			},
			"send": func(rt *rapid.T) {
				store, n := some(rt, units)
				document := int64(1)
				add(stock.Transfer, store, -n, nil, &document, nil)
				underway[id] = n
			},
			"come": func(rt *rapid.T) {
				sent, n := some(rt, underway)
				underway[sent] -= n
				document := int64(1)
				add(stock.Transfer, rapid.Int64Range(1, 2).Draw(rt, "store"), n, &sent, &document, nil)
			},
			"move": func(rt *rapid.T) {
				store, _ := some(rt, units)
				n := units[store]
				add(stock.Transfer, store, -n, nil, nil, nil)
				add(stock.Transfer, 3-store, n, nil, nil, nil)
			},
			"": func(rt *rapid.T) {
				got, all, on := map[int64]int64{}, core.Total(0), int64(0)
				for _, l := range f.lots {
					if l.StoreID != nil {
						all += l.Cost
						got[*l.StoreID] += l.Units
					} else {
						on += l.Units
					}
					if l.Units <= 0 || l.Cost < 0 {
						rt.Fatalf("lot = %+v", l)
					}
				}
				for _, n := range underway {
					on -= n
				}
				if got[1] != units[1] || got[2] != units[2] || on != 0 || all != cost {
					rt.Fatalf("lots hold %v and %d too many on their way, at %v; want %v at %v", got, on, all, units, cost)
				}
			},
		})
	})
}

func TestFold_oldestFirst(t *testing.T) {
	one, two := core.Money(100), core.Money(200)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	origin, second := int64(2), int64(5)
	f := &fold{costs: map[int64]*Cost{}}
	for _, m := range []*stock.Movement{
		{ID: 1, StoreID: 1, Delta: 2, UnitCost: &one, CreatedAt: at},
		{ID: 2, StoreID: 1, Delta: 3, UnitCost: &two, CreatedAt: at.Add(time.Hour)},
		{ID: 3, StoreID: 1, Delta: -3, CreatedAt: at.Add(2 * time.Hour)},                     // 1 + 1 + 2
		{ID: 4, StoreID: 1, Delta: 3, OriginID: new(int64(3)), CreatedAt: at.Add(time.Hour)}, // they come back
		{ID: 5, StoreID: 1, Delta: -1, OriginID: &origin, CreatedAt: at.Add(3 * time.Hour)},  // one of the second lot
		{ID: 6, StoreID: 1, Delta: 1, OriginID: &second, CreatedAt: at.Add(4 * time.Hour)},
	} {
		f.add(m)
	}
	for id, want := range map[int64]core.Total{3: -400, 4: 400, 5: -200, 6: 200} {
		if got := f.costs[id].Cost; got != want {
			t.Errorf("movement %d costs %v, want %v", id, got, want)
		}
	}
}
