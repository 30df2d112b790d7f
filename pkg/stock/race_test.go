package stock_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// TestMove_neverBelowZeroWhoeverRaces has 64 goroutines sell and return the same items, each order sent again now and
// then under its key, at once with the first time or later.
func TestMove_neverBelowZeroWhoeverRaces(t *testing.T) {
	const goroutines, items, orders = 64, 20, 12
	each(t, func(t *testing.T, s *system) {
		ids := make([]int64, items)
		for i := range ids {
			ids[i] = s.add(t, fmt.Sprint("R-", i), 3)
		}
		var acknowledged sync.Map // client key -> id of the movement
		var wait sync.WaitGroup
		for g := range goroutines {
			wait.Go(func() {
				for n := range orders {
					key := fmt.Sprintf("%d/%d", g, n)
					if g%2 == 1 && n%3 == 0 {
						key = fmt.Sprintf("%d/%d", g-1, n) // the same order from two tills
					}
					var seed [32]byte
					copy(seed[:], key)
					random := rand.New(rand.NewChaCha8(seed)) // an order is what its key says
					item, delta, kind := ids[random.IntN(items)], int32(1+random.IntN(3)), stock.Return
					if random.IntN(3) > 0 {
						kind, delta = stock.Sale, -delta
					}
					o := stock.Order{Kind: kind, Delta: core.Some(delta), ClientKey: &key}
					for range 1 + random.IntN(2) {
						s.sendOrder(t, item, o, &acknowledged)
					}
				}
			})
		}
		wait.Wait()
		entered := map[string]int64{}
		var rows []struct {
			ID            int64
			ClientKey     string
			QuantityAfter int64
		}
		if err := s.App.DB.NewRaw("SELECT id, client_key, quantity_after FROM omnistock_stock_movement WHERE client_key IS NOT NULL").Scan(t.Context(), &rows); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.QuantityAfter < 0 || entered[row.ClientKey] != 0 {
				t.Errorf("movement %+v: below zero, or twice", row)
			}
			entered[row.ClientKey] = row.ID
		}
		n := 0
		acknowledged.Range(func(key, id any) bool {
			n++
			if entered[key.(string)] != id {
				t.Errorf("%v: acknowledged as %v, entered as %d", key, id, entered[key.(string)])
			}
			return true
		})
		if n == 0 || n != len(entered) {
			t.Errorf("%d movements acknowledged, %d entered", n, len(entered))
		}
		s.MustVerify(t)
	})
}

// sendOrder notes the order as acknowledged, unless there are too few units.
func (s *system) sendOrder(t *testing.T, item int64, o stock.Order, acknowledged *sync.Map) {
	t.Helper()
	m, _, err := s.Stock.Move(s.Ctx, item, o)
	switch {
	case core.KindOf(err) == core.Conflict:
	case err != nil:
		t.Errorf("%s: %v", *o.ClientKey, err)
	default:
		if before, seen := acknowledged.LoadOrStore(*o.ClientKey, m.ID); seen && before != m.ID {
			t.Errorf("%s: acknowledged as %v and as %d", *o.ClientKey, before, m.ID)
		}
	}
}

func TestUndo_onceUnderRace(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 10)
		for range 3 {
			sold := s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -2}`).ID(t, http.StatusCreated)
			var mu sync.Mutex
			statuses := map[core.Kind]int{}
			var wait sync.WaitGroup
			done := 0
			for range 8 {
				wait.Go(func() {
					_, err := s.Stock.Undo(s.Ctx, sold, "")
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						done++
					} else {
						statuses[core.KindOf(err)]++
					}
				})
			}
			wait.Wait()
			if done != 1 || statuses[core.Conflict] != 7 {
				t.Errorf("undone %d times; failures %v", done, statuses)
			}
		}
		if got := s.Quantity(t, id); got != 10 {
			t.Errorf("quantity = %d, want 10", got)
		}
		s.MustVerify(t)
	})
}
