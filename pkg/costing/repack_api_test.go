package costing_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const repacksPath = "/api/v1/stock/repacks/"

func undoing(path string, id int64) string { return fmt.Sprintf("%s%d/undo/", path, id) }

// costs are those of a response's lines, in their order.
func costs(lines any) (list []string) {
	for _, l := range lines.([]any) {
		list = append(list, fmt.Sprint(l.(map[string]any)["cost"]))
	}
	return list
}

// TestRepack_carriesTheCost breaks one of two boxes, the older one: the packs cost what it did, to the hundredth, and the
// stock is worth what it was; undone, all is as before.
func TestRepack_carriesTheCost(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		box, pack, promo := s.add(t, "BOX", 1, "90.00"), s.add(t, "PACK", 0, "0.00"), s.add(t, "PROMO", 0, "0.00")
		s.wait(time.Minute)
		s.move(t, box, `{"kind": "receive", "delta": 1, "unit_cost": "110.00"}`)
		s.wait(time.Minute)
		body := map[string]any{
			"kind": "break", "store": s.Store, "client_key": "k", "taken": []any{line(box, 1, "")},
			"made": []any{line(pack, 36, "4.00"), line(promo, 1, "5.00")}, // 144 to 5
		}
		made := s.Post(t, repacksPath, body).Object(t, http.StatusCreated)
		if got := fmt.Sprint(made["cost"], costs(made["taken"]), costs(made["made"])); got != "90.00[90.00] [86.98 3.02]" {
			t.Errorf("costs = %s", got)
		}
		home := fmt.Sprintf("; store %d: ", s.Store)
		s.want(t, "38 at 200.00"+home+"38 at 200.00")
		if id := s.Post(t, repacksPath, body).ID(t, http.StatusOK); id != asInt(t, made["id"]) {
			t.Error("the same client key made another repack")
		}
		other := maps.Clone(body)
		other["note"] = "another one"
		s.Post(t, repacksPath, other).Want(t, http.StatusUnprocessableEntity, "")

		s.wait(time.Minute)
		sale := s.move(t, pack, `{"kind": "sale", "delta": -1}`) // 2.42: the dearer ones came first
		s.want(t, "37 at 197.58"+home+"37 at 197.58")
		undo := undoing(repacksPath, asInt(t, made["id"]))
		s.Post(t, undo, nil).Want(t, http.StatusConflict, "")
		s.want(t, "37 at 197.58"+home+"37 at 197.58")
		s.Post(t, undoing("/api/v1/stock/movements/", sale), nil).ID(t, http.StatusCreated)
		if got := s.Post(t, undo, map[string]any{"reason": "the wrong box"}).Object(t, http.StatusOK); got["undone_at"] == nil {
			t.Errorf("undone = %v", got)
		}
		s.want(t, "2 at 200.00"+home+"2 at 200.00")
		s.Post(t, undo, nil).Want(t, http.StatusConflict, `{"detail": "This is undone already."}`)
		if list := s.Get(t, repacksPath).List(t); len(list) != 1 || list[0]["undone_at"] == nil {
			t.Errorf("repacks = %v", list)
		}
		if err := s.Costing.Rebuild(s.Ctx, s.Vendor); err != nil {
			t.Fatal(err)
		}
		s.want(t, "2 at 200.00"+home+"2 at 200.00")
		s.MustVerify(t)
	})
}

func TestRepack_badInputMovesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b, other := s.add(t, "A", 2, "1.00"), s.add(t, "B", 0, "0.00"), s.as(t, "dave")
		foreign := other.add(t, "FOREIGN", 1, "1.00")
		dear, dearer := s.add(t, "DEAR", 1, "99999999.99"), s.add(t, "DEARER", 1, "99999999.99")
		request := func(kind string, store int64, taken, made []any) map[string]any {
			return map[string]any{"kind": kind, "store": store, "taken": taken, "made": made}
		}
		one := func(item int64) []any { return []any{line(item, 1, "")} }
		for name, tt := range map[string]struct {
			body   map[string]any
			status int
		}{
			"nothing taken":   {request("break", s.Store, nil, one(b)), 400},
			"nothing made":    {request("break", s.Store, one(a), nil), 400},
			"another kind":    {request("sale", s.Store, one(a), one(b)), 400},
			"no units":        {request("break", s.Store, []any{line(a, 0, "")}, one(b)), 400},
			"taken and made":  {request("assemble", s.Store, one(a), []any{line(b, 1, ""), line(a, 1, "")}), 400},
			"taken twice":     {request("assemble", s.Store, append(one(a), one(a)...), one(b)), 400},
			"too many units":  {request("break", s.Store, []any{line(a, 3, "")}, one(b)), 409},
			"foreign item":    {request("break", s.Store, one(a), one(foreign)), 404},
			"foreign store":   {request("break", other.Store, one(a), one(b)), 403},
			"negative weight": {request("break", s.Store, one(a), []any{line(b, 1, "-1.00")}), 400},
			"too heavy":       {request("break", s.Store, one(a), []any{line(b, 2, "99999999.99")}), 400},
			"too dear":        {request("break", s.Store, append(one(dear), one(dearer)...), one(b)), 409},
			"too much made":   {request("break", s.Store, one(a), []any{line(dear, 2147483647, "")}), 409},
			"overflow":        {request("break", s.Store, one(a), []any{line(b, 2147483647, ""), line(b, 1, "")}), 409},
		} {
			if got := s.Post(t, repacksPath, tt.body); got.Status != tt.status {
				t.Errorf("%s: %d %s, want %d", name, got.Status, got.Body, tt.status)
			}
		}
		s.Get(t, repacksPath).Want(t, http.StatusOK, "[]")
		s.want(t, fmt.Sprintf("4 at 200000001.98; store %d: 4 at 200000001.98", s.Store))
		s.MustVerify(t)
	})
}

// TestRepack_whoeverRaces breaks five boxes eight times, assembles what comes out, and counts what it is worth meanwhile:
// no box is broken twice, and nothing is worth more or less in the end.
func TestRepack_whoeverRaces(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		box, pack, bundle := s.add(t, "BOX", 5, "33.33"), s.add(t, "PACK", 0, "0.00"), s.add(t, "BUNDLE", 0, "0.00")
		s.wait(time.Minute)
		var group sync.WaitGroup
		var mu sync.Mutex
		done := map[string]int{}
		try := func(r costing.RepackRequest) {
			_, _, err := s.Costing.Repack(s.Ctx, r)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done[string(r.Kind)]++
			} else if core.KindOf(err) != core.Conflict {
				t.Error(err)
			}
		}
		for range 8 {
			group.Go(func() {
				try(costing.RepackRequest{
					Kind: costing.Break, StoreID: s.Store, Taken: []stock.LineUnits{{ItemID: box, Units: 1}}, Made: []costing.RequestLine{{ItemID: pack, Units: 7}},
				})
				try(costing.RepackRequest{
					Kind: costing.Assemble, StoreID: s.Store, Taken: []stock.LineUnits{{ItemID: pack, Units: 2}}, Made: []costing.RequestLine{{ItemID: bundle, Units: 1}},
				})
			})
			group.Go(func() {
				if err := s.Costing.CatchUp(s.Ctx, s.Vendor); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if done["break"] != 5 || done["assemble"] == 0 {
			t.Errorf("done = %v, want 5 breaks and assemblies", done)
		}
		units := 35 - done["assemble"]
		s.want(t, fmt.Sprintf("%d at 166.65; store %d: %d at 166.65", units, s.Store, units))
		s.MustVerify(t)
	})
}

// TestRepack_takesTheRightToAdjust: a cashier, who may sell, may neither break nor undo; who may adjust but sees no cost
// breaks without being told one.
func TestRepack_takesTheRightToAdjust(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		box, pack := s.add(t, "BOX", 3, "10.00"), s.add(t, "PACK", 0, "0.00")
		body := map[string]any{"kind": "break", "store": s.Store, "taken": []any{line(box, 1, "")}, "made": []any{line(pack, 2, "")}}
		mine := s.Post(t, repacksPath, body).ID(t, http.StatusCreated)
		clerk := s.Hire(t, "clerk", "manager", s.Store)
		for _, tt := range []struct {
			may    map[string]any
			status int
			shows  bool
		}{
			{map[string]any{"adjust": false, "see_cost": true}, http.StatusForbidden, true},
			{map[string]any{"adjust": true, "see_cost": false}, http.StatusCreated, false},
			{map[string]any{"adjust": true, "see_cost": true}, http.StatusCreated, true},
		} {
			s.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", clerk.Access), tt.may).Want(t, http.StatusOK, "")
			made := clerk.Post(t, repacksPath, body)
			if made.Status != tt.status {
				t.Fatalf("%v: %d %s", tt.may, made.Status, made.Body)
			}
			if tt.status == http.StatusForbidden {
				clerk.Post(t, undoing(repacksPath, mine), nil).Want(t, http.StatusForbidden, "")
				continue
			}
			got := made.Object(t, http.StatusCreated)
			undone := clerk.Post(t, undoing(repacksPath, asInt(t, got["id"])), nil).Object(t, http.StatusOK)
			for _, rp := range append(clerk.Get(t, repacksPath).List(t), got, undone) {
				want := []string{"<nil>", "<nil>", "<nil>"}
				if tt.shows {
					want = []string{"10.00", "10.00", "10.00"}
				}
				if all := slices.Concat([]string{fmt.Sprint(rp["cost"])}, costs(rp["taken"]), costs(rp["made"])); !slices.Equal(all, want) {
					t.Errorf("%v: costs = %v, want %v", tt.may, all, want)
				}
			}
		}
	})
}

func TestAcquisition_isUndoneOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 1, "1.00"), s.add(t, "B", 0, "0.00")
		body := map[string]any{"store": s.Store, "cost": "10.00", "lines": []any{line(a, 3, ""), line(b, 1, ""), line(a, 1, "")}}
		s.wait(time.Minute)
		id := s.Post(t, acquisitionsPath, body).ID(t, http.StatusCreated)
		home := fmt.Sprintf("; store %d: ", s.Store)
		s.want(t, "6 at 11.00"+home+"6 at 11.00")
		sale := s.move(t, b, `{"kind": "sale", "delta": -1}`)
		s.Post(t, undoing(acquisitionsPath, id), nil).Want(t, http.StatusConflict, "") // B is sold: A stays, too
		s.want(t, "5 at 9.00"+home+"5 at 9.00")
		s.Post(t, undoing("/api/v1/stock/movements/", sale), nil).ID(t, http.StatusCreated)
		var group sync.WaitGroup
		statuses := make([]int, 8)
		for i := range statuses {
			group.Go(func() { statuses[i] = s.Post(t, undoing(acquisitionsPath, id), nil).Status })
		}
		group.Wait()
		slices.Sort(statuses)
		if want := append([]int{200}, slices.Repeat([]int{409}, 7)...); !slices.Equal(statuses, want) {
			t.Errorf("statuses = %v", statuses)
		}
		s.want(t, "1 at 1.00"+home+"1 at 1.00")
		other := s.as(t, "dave")
		other.Post(t, undoing(acquisitionsPath, id), nil).Want(t, http.StatusNotFound, "")
		s.MustVerify(t)
	})
}
