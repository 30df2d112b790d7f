package stock_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestItem_eachChangeIsAMovement(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		s.Patch(t, itemPath(id), map[string]any{"quantity": 3}).Want(t, http.StatusOK, "")
		s.Patch(t, itemPath(id), map[string]any{"quantity": 3, "name": "renamed"}).Want(t, http.StatusOK, "")
		s.Patch(t, itemPath(id), map[string]any{"quantity": 4, "store": annex}).Want(t, http.StatusOK, "")
		s.Post(t, movementsPath(id), map[string]any{"kind": "sale", "delta": -1, "unit_price": "9.90", "reference": "order 7"}).
			Want(t, http.StatusCreated, "")
		s.Post(t, movementsPath(id), map[string]any{"kind": "count", "quantity": 10}).Want(t, http.StatusCreated, "")
		s.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		there := fmt.Sprintf("@%d", annex)
		want := []string{
			"receive 5 -> 5 @home", "adjustment -2 -> 3 @home", "transfer -3 -> 0 @home", "transfer 3 -> 3 " + there,
			"adjustment 1 -> 4 " + there, "sale -1 -> 3 " + there, "count 7 -> 10 " + there, "write_off -10 -> 0 " + there + " deleted",
		}
		if diff := cmp.Diff(want, s.rows(t, s.App.DB, id)); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
		s.MustVerify(t)

		history := s.Get(t, movementsPath(id)).List(t) // of an item that is gone
		if len(history) != len(want) || history[0]["sku"] != "A" || history[0]["name"] != "renamed" || history[len(want)-1]["unit_cost"] != "2.50" {
			t.Errorf("history = %v", history)
		}
		if got := history[2]; got["unit_price"] != "9.90" || got["reference"] != "order 7" {
			t.Errorf("sale = %v", got)
		}
	})
}

func TestMove_badInputWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		full := s.add(t, "FULL", math.MaxInt32)
		other := s.as(t, "mallory")
		before := len(s.rows(t, s.App.DB, id))
		for body, status := range map[string]int{
			`{"kind": "sale", "delta": -6}`:                                                 http.StatusConflict,
			`{"kind": "write_off", "delta": -2147483648}`:                                   http.StatusConflict,
			`{"kind": "sale", "delta": 1}`:                                                  http.StatusBadRequest,
			`{"kind": "receive", "delta": -1}`:                                              http.StatusBadRequest,
			`{"kind": "receive", "delta": 0}`:                                               http.StatusBadRequest,
			`{"kind": "adjustment", "delta": 2147483648}`:                                   http.StatusBadRequest,
			`{"kind": "adjustment", "delta": 1.5}`:                                          http.StatusBadRequest,
			`{"kind": "adjustment", "delta": 1, "quantity": 1}`:                             http.StatusBadRequest,
			`{"kind": "adjustment"}`:                                                        http.StatusBadRequest,
			`{"kind": "count", "quantity": -1}`:                                             http.StatusBadRequest,
			`{"kind": "count", "quantity": 5}`:                                              http.StatusBadRequest,
			`{"kind": "sale", "quantity": 1}`:                                               http.StatusBadRequest,
			`{"kind": "steal", "delta": -1}`:                                                http.StatusBadRequest,
			`{"kind": "opening", "delta": 1}`:                                               http.StatusBadRequest,
			`{"kind": "transfer", "delta": 1}`:                                              http.StatusBadRequest,
			`{"delta": 1}`:                                                                  http.StatusBadRequest,
			`{"kind": "receive", "delta": 1, "unit_cost": "-1"}`:                            http.StatusBadRequest,
			`{"kind": "receive", "delta": 1, "unit_cost": "a"}`:                             http.StatusBadRequest,
			`{"kind": "receive", "delta": 1, "reason": "` + strings.Repeat("x", 256) + `"}`: http.StatusBadRequest,
		} {
			if res := s.Post(t, movementsPath(id), body); res.Status != status {
				t.Errorf("%s: status = %d, want %d: %s", body, res.Status, status, res.Body)
			}
		}
		s.Post(t, movementsPath(full), `{"kind": "receive", "delta": 1}`).
			Want(t, http.StatusBadRequest, `{"delta": ["There would be more than 2147483647 units."]}`)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -6}`).
			Want(t, http.StatusConflict, `{"detail": "Insufficient stock of A: there are 5 units, not 6."}`)
		for _, path := range []string{movementsPath(id), movementsPath(987654)} { // foreign, absent
			other.Post(t, path, `{"kind": "receive", "delta": 1}`).
				Want(t, http.StatusNotFound, `{"detail": "Collectible matching query does not exist."}`)
			other.Get(t, path).Want(t, http.StatusNotFound, "")
		}
		if after := len(s.rows(t, s.App.DB, id)); after != before || s.Quantity(t, id) != 5 {
			t.Errorf("movements = %d, want %d; quantity %d", after, before, s.Quantity(t, id))
		}
		s.MustVerify(t)
	})
}

func TestMove_permissionsOfTheStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		id := s.add(t, "A", 5)
		viewer, seller, elsewhere := s.Hire(t, "vera", "view_only", s.Store), s.Hire(t, "sam", "sales", s.Store), s.Hire(t, "eve", "sales", annex)
		sale := map[string]any{"kind": "sale", "delta": -1}
		sold := seller.Post(t, movementsPath(id), sale).ID(t, http.StatusCreated)
		viewer.Post(t, movementsPath(id), sale).Want(t, http.StatusForbidden, "")
		viewer.Post(t, undoPath(sold), nil).Want(t, http.StatusForbidden, "")
		elsewhere.Post(t, movementsPath(id), sale).Want(t, http.StatusForbidden, "")
		elsewhere.Get(t, movementsPath(id)).Want(t, http.StatusForbidden, "")
		if n := len(viewer.Get(t, movementsPath(id)).List(t)); n != 2 {
			t.Errorf("the viewer sees %d movements, want 2", n)
		}
		if n := len(elsewhere.Get(t, "/api/v1/stock/movements/").List(t)); n != 0 {
			t.Errorf("who works elsewhere sees %d movements, want none", n)
		}
		seller.Post(t, undoPath(sold), nil).Want(t, http.StatusCreated, "")
		s.MustVerify(t)
	})
}

func TestMove_clientKeyOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, second := s.add(t, "A", 1), s.add(t, "B", 1)
		sale := `{"kind": "sale", "delta": -1, "client_key": "till-1/42"}`
		first := s.Post(t, movementsPath(id), sale)
		made := first.ID(t, http.StatusCreated)
		again := s.Post(t, movementsPath(id), sale)
		if again.ID(t, http.StatusOK) != made || string(again.Body) != string(first.Body) {
			t.Errorf("again = %s, want %s", again.Body, first.Body)
		}
		s.Post(t, movementsPath(id), `{"kind": "return", "delta": 1, "client_key": "till-1/42"}`).
			Want(t, http.StatusUnprocessableEntity, `{"detail": "This client_key stands for another movement."}`)
		s.Post(t, movementsPath(second), sale).Want(t, http.StatusUnprocessableEntity, "")
		count := `{"kind": "count", "quantity": 9, "client_key": "count-1"}`
		made = s.Post(t, movementsPath(id), count).ID(t, http.StatusCreated)
		if got := s.Post(t, movementsPath(id), count).ID(t, http.StatusOK); got != made {
			t.Errorf("id = %d, want %d", got, made)
		}
		if got := s.Quantity(t, id); got != 9 {
			t.Errorf("quantity = %d, want 9", got)
		}
		s.MustVerify(t)
	})
}

// TestMove_clientKeyTellsNoCost tries costs with the key of a movement whose cost is hidden: each is met, so none is told.
func TestMove_clientKeyTellsNoCost(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 2)
		body := map[string]any{"kind": "receive", "delta": 1, "unit_cost": "12.34", "client_key": "k"}
		made := s.Post(t, movementsPath(id), body).ID(t, http.StatusCreated)
		clerk := s.Hire(t, "clerk", "manager", s.Store)
		s.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", clerk.Access), map[string]any{"see_cost": false}).Want(t, http.StatusOK, "")
		for _, cost := range []string{"12.33", "12.34"} {
			body["unit_cost"] = cost
			got := clerk.Post(t, movementsPath(id), body)
			if got.ID(t, http.StatusOK) != made || got.Object(t, http.StatusOK)["unit_cost"] != nil {
				t.Errorf("%s: %s", cost, got.Body)
			}
		}
		body["unit_cost"] = "12.33"
		s.Post(t, movementsPath(id), body).Want(t, http.StatusUnprocessableEntity, "")
	})
}

// TestMove_minusZero: the ledger knows no sign of zero, so the same request means the same movement.
func TestMove_minusZero(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 1)
		body := map[string]any{"kind": "sale", "delta": -1, "unit_price": "-0", "client_key": "gift"}
		first := s.Post(t, movementsPath(id), body)
		if got := first.Object(t, http.StatusCreated)["unit_price"]; got != "0.00" {
			t.Errorf("unit price = %v, want 0.00", got)
		}
		s.Post(t, movementsPath(id), body).Want(t, http.StatusOK, string(first.Body))
	})
}

func TestUndo_onceAndOnlyWhatCanBe(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 2), s.OpenStore(t, "Annex")
		sold := s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -2, "unit_price": "3.00"}`).ID(t, http.StatusCreated)
		undone := s.Post(t, undoPath(sold), map[string]any{"reason": "wrong till"})
		if got := undone.Object(t, http.StatusCreated); got["kind"] != "sale" || fmt.Sprint(got["delta"]) != "2" || got["reason"] != "wrong till" {
			t.Errorf("undo = %v", got)
		}
		s.Post(t, undoPath(sold), nil).Want(t, http.StatusConflict, `{"detail": "This movement is undone already."}`)
		s.Post(t, undoPath(undone.ID(t, http.StatusCreated)), nil).Want(t, http.StatusConflict, "")
		received := s.Post(t, movementsPath(id), `{"kind": "receive", "delta": 5}`).ID(t, http.StatusCreated)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -7}`).ID(t, http.StatusCreated)
		s.Post(t, undoPath(received), nil).Want(t, http.StatusConflict, `{"detail": "Insufficient stock of A: there are 0 units, not 5."}`)
		s.Patch(t, itemPath(id), map[string]any{"quantity": 1}).Want(t, http.StatusOK, "")
		s.Patch(t, itemPath(id), map[string]any{"store": annex}).Want(t, http.StatusOK, "")
		half := s.Get(t, movementsPath(id)).List(t)[0]
		s.Post(t, undoPath(asInt(t, half["id"])), nil).Want(t, http.StatusConflict, `{"detail": "Movements of this kind cannot be undone."}`)
		s.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		s.Post(t, undoPath(received), nil).Want(t, http.StatusConflict, `{"detail": "The item of this movement is deleted."}`)
		s.Post(t, undoPath(987654), nil).Want(t, http.StatusNotFound, "")
		s.MustVerify(t)
	})
}

func asInt(t *testing.T, v any) (n int64) {
	t.Helper()
	if _, err := fmt.Sscan(fmt.Sprint(v), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMovements_pagesAndFilters(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 5), s.add(t, "B", 5)
		for range 4 {
			s.Post(t, movementsPath(a), `{"kind": "sale", "delta": -1}`).Want(t, http.StatusCreated, "")
		}
		var seen []string
		for path := "/api/v1/stock/movements/?limit=2&kind=sale&since=2020-01-01T00:00:00Z"; path != ""; {
			res := s.Get(t, path)
			for _, m := range res.List(t) {
				seen = append(seen, fmt.Sprint(m["quantity_after"]))
			}
			path, _, _ = strings.Cut(strings.TrimPrefix(res.Header.Get("Link"), "<"), ">")
		}
		if got := strings.Join(seen, " "); got != "1 2 3 4" { // the newest first
			t.Errorf("quantities = %s", got)
		}
		for query, want := range map[string]int{
			"": 6, fmt.Sprintf("item=%d", b): 1, fmt.Sprintf("store=%d", s.Store): 6, "store=987654": 0, "kind=receive": 2,
			"until=2020-01-01T00:00:00Z": 0,
		} {
			if n := len(s.Get(t, "/api/v1/stock/movements/?"+query).List(t)); n != want {
				t.Errorf("%s: %d movements, want %d", query, n, want)
			}
		}
		for _, query := range []string{"cursor=x", "cursor=987654", "kind=none", "limit=0", "since=yesterday", "store=x"} {
			s.Get(t, "/api/v1/stock/movements/?"+query).Want(t, http.StatusBadRequest, "")
		}
		s.as(t, "mallory").Get(t, "/api/v1/stock/movements/").Want(t, http.StatusOK, "[]")
	})
}
