package costing_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

func TestValuation_oldestFirst(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 2, "1.00")
		s.wait(time.Minute)
		s.move(t, id, `{"kind": "receive", "delta": 3, "unit_cost": "2.00"}`)
		home := fmt.Sprintf("; store %d: ", s.Store)
		s.want(t, "5 at 8.00"+home+"5 at 8.00")
		s.wait(time.Minute)
		sale := s.move(t, id, `{"kind": "sale", "delta": -3, "unit_price": "9.00"}`) // 1 + 1 + 2
		s.want(t, "2 at 4.00"+home+"2 at 4.00")
		s.wait(time.Minute)
		s.Post(t, fmt.Sprintf("/api/v1/stock/movements/%d/undo/", sale), nil).Want(t, http.StatusCreated, "")
		s.want(t, "5 at 8.00"+home+"5 at 8.00")
		s.wait(time.Minute)
		s.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", id), map[string]any{"intake_price": "5.00", "quantity": 6}).Want(t, http.StatusOK, "")
		s.want(t, "6 at 13.00"+home+"6 at 13.00")
		s.Delete(t, fmt.Sprintf("/api/v1/collectibles/%d/", id)).Want(t, http.StatusNoContent, "")
		s.want(t, "0 at 0.00")
	})
}

func TestValuation_transfersCarryTheirCost(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 2, "1.00"), s.OpenStore(t, "Annex")
		s.wait(time.Minute)
		s.move(t, id, `{"kind": "receive", "delta": 3, "unit_cost": "2.00"}`)
		line := []any{map[string]any{"item": id, "units": 3}}
		sent := s.Post(t, "/api/v1/stock/transfers/", map[string]any{"from_store": s.Store, "to_store": annex, "lines": line}).ID(t, http.StatusCreated)
		home, there := fmt.Sprintf("; store %d: ", s.Store), fmt.Sprintf("; store %d: ", annex)
		s.want(t, "2 at 4.00"+home+"2 at 4.00; underway 3 at 4.00")
		part := map[string]any{"lines": []any{map[string]any{"item": id, "units": 2}}}
		s.Post(t, fmt.Sprintf("/api/v1/stock/transfers/%d/receive/", sent), part).Want(t, http.StatusOK, "")
		s.want(t, "4 at 6.00"+home+"2 at 4.00"+there+"2 at 2.00; underway 1 at 2.00")
		s.Post(t, fmt.Sprintf("/api/v1/stock/transfers/%d/cancel/", sent), nil).Want(t, http.StatusOK, "")
		s.want(t, "5 at 8.00"+home+"3 at 6.00"+there+"2 at 2.00")
		s.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", id), map[string]any{"store": annex}).Want(t, http.StatusOK, "")
		s.want(t, "5 at 8.00"+there+"5 at 8.00")
		lots := s.Get(t, fmt.Sprintf("/api/v1/collectibles/%d/lots/", id)).List(t)
		units, cost := "", ""
		for _, l := range lots {
			units, cost = units+fmt.Sprint(l["units"], " "), cost+fmt.Sprint(l["cost"], " ")
		}
		if units != "2 2 1 " && units != "2 1 2 " && units != "2 3 " {
			t.Errorf("lots of %s at %s, want the two that cost 1.00 first", units, cost)
		}
	})
}

// TestValuation_asOfAnyMoment compares what it says of each moment with what it said then, also when days have their sums,
// and when all of it is worked out anew.
func TestValuation_asOfAnyMoment(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		ids := []int64{s.add(t, "A", 5, "1.00"), s.add(t, "B", 5, "0.33")}
		before := s.now().Add(-time.Microsecond)
		then := map[time.Time]string{before: "0 at 0.00"}
		for i := range 24 {
			s.wait(7 * time.Hour)
			id := ids[i%2]
			if i%3 == 0 {
				s.move(t, id, fmt.Sprintf(`{"kind": "receive", "delta": 2, "unit_cost": "%d.10"}`, i))
			} else {
				s.move(t, id, `{"kind": "sale", "delta": -1}`)
			}
			if i%4 > 0 { // the others are looked at later only
				then[s.now()] = s.worth(t, s.now())
			}
		}
		compare := func(when string) {
			t.Helper()
			for at, want := range then {
				if got := s.worth(t, at); got != want {
					t.Errorf("%s, worth at %v = %s, want %s", when, at, got, want)
				}
			}
		}
		compare("afterwards")
		s.wait(72 * time.Hour)
		compare("when days have their sums")
		if err := s.Costing.Rebuild(s.Ctx, s.Vendor); err != nil {
			t.Fatal(err)
		}
		compare("worked out anew")
	})
}

// TestCatchUp_whoeverRaces works out costs while others sell: each movement once, and the same as at leisure.
func TestCatchUp_whoeverRaces(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		var ids []int64
		for i := range 8 {
			ids = append(ids, s.add(t, fmt.Sprint("R", i), 40, fmt.Sprintf("0.%d7", i)))
		}
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				for range 20 {
					if _, _, err := s.Stock.Move(s.Ctx, ids[i], stock.Order{Kind: stock.Sale, Delta: core.Some(int32(-1))}); err != nil {
						t.Error(err)
					}
				}
			})
			group.Go(func() {
				for range 5 {
					if err := s.Costing.CatchUp(s.Ctx, s.Vendor); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		got := s.worth(t, s.now())
		if err := s.Costing.Rebuild(s.Ctx, s.Vendor); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("160 at 67.20; store %d: 160 at 67.20", s.Store)
		if anew := s.worth(t, s.now()); got != want || anew != want {
			t.Errorf("worth = %s, worked out anew %s, want %s", got, anew, want)
		}
	})
}

// TestValuation_dayAsItEnded: the clock stands at noon of the day, and a shop that asks for it means all of it.
func TestValuation_dayAsItEnded(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "A", 5, "1.00")
		for at, want := range map[string]string{"2025-12-31": "0", "2026-01-01": "5", "2026-01-01T11:59:59Z": "0", "2026-01-01T12:00:00Z": "5"} {
			got := s.Get(t, "/api/v1/stock/valuation/?at="+at).Object(t, http.StatusOK)
			if fmt.Sprint(got["units"]) != want {
				t.Errorf("at %s: %v units, want %s", at, got["units"], want)
			}
		}
	})
}

func TestValuation_hiddenFromOthers(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5, "1.00")
		other := s.as(t, "dave")
		other.want(t, "0 at 0.00")
		other.Get(t, fmt.Sprintf("/api/v1/collectibles/%d/lots/", id)).Want(t, http.StatusNotFound, "")
		other.Get(t, fmt.Sprintf("/api/v1/stock/valuation/?store=%d", s.Store)).Want(t, http.StatusOK, "")
		s.App.SignUp(t, "eve").Get(t, "/api/v1/stock/valuation/").Want(t, http.StatusForbidden, `{"detail": "You may not see what stock costs."}`)
		s.App.Get(t, "/api/v1/stock/valuation/").Want(t, http.StatusUnauthorized, "")
		s.Get(t, "/api/v1/stock/valuation/?at=yesterday").Want(t, http.StatusBadRequest, "")
	})
}

// TestRebuild_besideCatchUp begins anew while others read: none of them leaves sums of what was forgotten meanwhile.
func TestRebuild_besideCatchUp(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for i := range 6 {
			id := s.add(t, fmt.Sprint("R", i), 40, "1.00")
			s.wait(time.Minute)
			s.move(t, id, `{"kind": "sale", "delta": -7}`)
		}
		s.wait(96 * time.Hour) // so that days get their sums
		want := fmt.Sprintf("198 at 198.00; store %d: 198 at 198.00", s.Store)
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				for range 15 {
					work := s.Costing.CatchUp
					if i == 0 {
						work = s.Costing.Rebuild
					}
					if err := work(s.Ctx, s.Vendor); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		s.want(t, want)
		s.clock.Add(-(200 * time.Hour).Microseconds()) // that clock was ahead
		s.worth(t, s.now())
		s.wait(200 * time.Hour)
		s.want(t, want)
	})
}

func TestValuation_saysTheMostThatFits(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "DEAR", 2147483647, "99999999.99")
		s.want(t, fmt.Sprintf("2147483647 at 10000000000.00; store %d: 2147483647 at 10000000000.00", s.Store))
		s.wait(72 * time.Hour)
		s.want(t, fmt.Sprintf("2147483647 at 10000000000.00; store %d: 2147483647 at 10000000000.00", s.Store))
	})
}

// TestCatchUp_besideTheFormerVendor works out an item for two vendors at once: the one of which it is, and the one of which
// it was.
func TestCatchUp_besideTheFormerVendor(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.clock.Store(time.Now().UnixMicro()) // the database has that clock
		other := s.as(t, "dave")
		for i := range 5 {
			id := s.add(t, fmt.Sprint("M", i), 40, "1.00")
			s.move(t, id, `{"kind": "sale", "delta": -7}`)
			s.MustExec(t, "UPDATE collectibles_collectible SET vendor_id = ?, store_id = ? WHERE id = ?", other.Vendor, other.Store, id) // by Django
			s.mustBalance(t, id)
			other.move(t, id, `{"kind": "sale", "delta": -3}`)
			var group sync.WaitGroup
			for range 4 {
				for _, vendor := range []int64{s.Vendor, other.Vendor} {
					group.Go(func() {
						if err := s.Costing.CatchUp(s.Ctx, vendor); err != nil {
							t.Error(err)
						}
					})
				}
			}
			group.Wait()
		}
		s.wait(time.Minute)
		s.want(t, "0 at 0.00")
		other.want(t, fmt.Sprintf("150 at 150.00; store %d: 150 at 150.00", other.Store))
	})
}

// TestLots_movedAndCounted changes store and quantity of items at once, as Django may.
func TestLots_movedAndCounted(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.clock.Store(time.Now().UnixMicro()) // the database has that clock
		annex := s.OpenStore(t, "Annex")
		for _, tt := range []struct {
			units int
			want  string
		}{{8, "8 at 8.00"}, {10, "10 at 10.00"}, {13, "13 at 13.00"}, {0, "0 at 0.00"}} {
			id := s.add(t, fmt.Sprint("A", tt.units), 10, "1.00")
			s.MustExec(t, "UPDATE collectibles_collectible SET quantity = ?, store_id = ? WHERE id = ?", tt.units, annex, id)
			s.mustBalance(t, id)
			s.wait(time.Minute)
			want := fmt.Sprintf("%s; store %d: %[1]s", tt.want, annex)
			if tt.units == 0 {
				want = tt.want
			}
			s.want(t, want)
			for _, lot := range s.Get(t, fmt.Sprintf("/api/v1/collectibles/%d/lots/", id)).List(t) {
				if fmt.Sprint(lot["store"]) != fmt.Sprint(annex) {
					t.Errorf("%d units: a lot in the store %v", tt.units, lot["store"])
				}
			}
			if tt.units > 0 {
				s.move(t, id, fmt.Sprintf(`{"kind": "adjustment", "delta": -%d, "store": %d}`, tt.units, annex))
			}
		}
	})
}

// mustBalance tells the ledger what another program did to an item, where the database does not by itself.
func (s *system) mustBalance(t *testing.T, item int64) {
	t.Helper()
	err := db.InTx(t.Context(), s.App.DB, func(ctx context.Context, tx bun.Tx) error {
		_, err := s.Stock.Balance(ctx, tx, []int64{item})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
