package sales_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/sales"
)

// TestSell_neverTwiceWhoeverRaces has 64 tills of two stores sell the last pieces of 50 items, each basket sent again now
// and then under its key, at once with the first time or later.
func TestSell_neverTwiceWhoeverRaces(t *testing.T) {
	const goroutines, items, baskets = 64, 50, 6
	each(t, func(t *testing.T, s *system) {
		stores := []int64{s.Store, s.OpenStore(t, "Annex")}
		ids := make([]int64, items)
		for i := range ids {
			ids[i] = s.add(t, fmt.Sprint("R-", i), 12, "9.99")
			s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", ids[i]), fmt.Sprintf(`{"kind": "receive", "delta": 5, "store": %d}`, stores[1])).Want(t, http.StatusCreated, "")
		}
		var acknowledged sync.Map // client key -> id of the sale
		var wait sync.WaitGroup
		for g := range goroutines {
			wait.Go(func() {
				for n := range baskets {
					key := fmt.Sprintf("%d/%d", g, n)
					if g%2 == 1 && n%3 == 0 {
						key = fmt.Sprintf("%d/%d", g-1, n) // the same basket from two tills
					}
					r := basketOf(key, ids, stores)
					for range 1 + n%2 {
						s.sendBasket(t, r, &acknowledged)
					}
				}
			})
		}
		wait.Wait()
		var rows []struct {
			ID        int64
			ClientKey string
		}
		s.Scan(t, &rows, "SELECT id, client_key FROM omnistock_sale")
		entered := map[any]any{}
		for _, row := range rows {
			entered[row.ClientKey] = row.ID
		}
		n := 0
		acknowledged.Range(func(key, id any) bool {
			n++
			if entered[key] != id {
				t.Errorf("%v: acknowledged as %v, entered as %v", key, id, entered[key])
			}
			return true
		})
		if n == 0 || n != len(rows) {
			t.Errorf("%d sales acknowledged, %d entered", n, len(rows))
		}
		var below int
		s.Scan(t, &below, "SELECT count(*) FROM omnistock_stock_movement WHERE quantity_after < 0")
		var gaps int
		s.Scan(t, &gaps, "SELECT coalesce(sum(n), 0) FROM (SELECT max(receipt_number) - count(*) AS n FROM omnistock_sale GROUP BY store_id) AS stores")
		var counters int
		s.Scan(t, &counters, "SELECT count(*) FROM omnistock_receipt_counter")
		if below != 0 || gaps != 0 || counters != len(stores) {
			t.Errorf("%d movements below zero, %d receipt numbers missing, %d stores sold", below, gaps, counters)
		}
		s.mustVerify(t)
	})
}

// basketOf is what a key says: some items, in any order, one of them twice now and then.
func basketOf(key string, items, stores []int64) sales.Request {
	var seed [32]byte
	copy(seed[:], key)
	random := rand.New(rand.NewChaCha8(seed))
	r := sales.Request{StoreID: stores[random.IntN(len(stores))], ClientKey: &key, Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 1000_00}}}
	for range 1 + random.IntN(6) {
		r.Lines = append(r.Lines, sales.LineRequest{ItemID: items[random.IntN(len(items))], Units: 1 + random.Int32N(3)})
	}
	return r
}

// sendBasket notes the sale as acknowledged, unless there are too few units.
func (s *system) sendBasket(t *testing.T, r sales.Request, acknowledged *sync.Map) {
	t.Helper()
	sale, _, err := s.Sales.Sell(s.Ctx, r)
	switch {
	case core.KindOf(err) == core.Conflict:
	case err != nil:
		t.Errorf("%s: %v", *r.ClientKey, err)
	default:
		if before, seen := acknowledged.LoadOrStore(*r.ClientKey, sale.ID); seen && before != sale.ID {
			t.Errorf("%s: acknowledged as %v and as %d", *r.ClientKey, before, sale.ID)
		}
	}
}

// TestVoid_racesWithReturns has tills return parts of a sale that others make void.
func TestVoid_racesWithReturns(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 100, "9.99"), s.add(t, "B", 100, "0.07")
		for range 12 {
			sold, _, err := s.Sales.Sell(s.Ctx, sales.Request{
				StoreID: s.Store, Lines: []sales.LineRequest{{ItemID: b, Units: 3}, {ItemID: a, Units: 3}}, Discount: sales.Discount{Percent: 333},
				Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 100_00}},
			})
			if err != nil {
				t.Fatal(err)
			}
			var mu sync.Mutex
			voids, returns := 0, 0
			count := func(n *int, err error) {
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					*n++
				} else if core.KindOf(err) != core.Conflict {
					t.Error(err)
				}
			}
			var wait sync.WaitGroup
			for i := range 8 {
				wait.Go(func() {
					if i%4 == 0 {
						_, err := s.Sales.Cancel(s.Ctx, sold.ID, "race")
						count(&voids, err)
						return
					}
					_, _, err := s.Sales.TakeBack(s.Ctx, sales.ReturnRequest{
						SaleID: sold.ID, Lines: []sales.ReturnLineRequest{{LineID: sold.Lines[i%2].ID, Units: 2, WriteOff: i == 3}},
					})
					count(&returns, err)
				})
			}
			wait.Wait()
			if voids+returns == 0 || voids > 0 && returns > 0 || voids > 1 || returns > 2 {
				t.Errorf("%d voids and %d returns of one sale", voids, returns)
			}
		}
		s.mustVerify(t)
	})
}
