package stock_test

import (
	"fmt"
	"net/http"
	"testing"
)

func TestReturn_noMoreThanWasSold(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		s.Post(t, movementsPath(id), `{"kind": "return", "delta": 1}`).
			Want(t, http.StatusConflict, `{"detail": "0 units of it are sold, 1 cannot come back: receive them, or adjust."}`)
		sold := s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -2}`).ID(t, http.StatusCreated)
		s.Post(t, movementsPath(id), `{"kind": "return", "delta": 3}`).Want(t, http.StatusConflict, "")
		back := s.Post(t, movementsPath(id), `{"kind": "return", "delta": 1}`).ID(t, http.StatusCreated)
		s.Post(t, undoPath(sold), nil).Want(t, http.StatusConflict, "") // both would come back, and one did already
		s.Post(t, undoPath(back), nil).Want(t, http.StatusCreated, "")
		s.Post(t, undoPath(sold), nil).Want(t, http.StatusCreated, "")
		if got := s.Quantity(t, id); got != 5 {
			t.Errorf("quantity = %d, want 5", got)
		}
		s.MustVerify(t)
	})
}

func TestMove_amountsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		receive := `{"kind": "receive", "delta": 1, "unit_cost": "3.00", "currency": "%s"}`
		s.Post(t, movementsPath(id), fmt.Sprintf(receive, "EUR")).Want(t, http.StatusBadRequest, `{"currency": ["This store has no currency."]}`)
		s.Patch(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", s.Store), `{"currency": "USD"}`).Want(t, http.StatusOK, "")
		s.Post(t, movementsPath(id), fmt.Sprintf(receive, "EUR")).Want(t, http.StatusBadRequest, `{"currency": ["The currency of this store is USD."]}`)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -1, "unit_cost": "9999.00"}`).
			Want(t, http.StatusBadRequest, `{"unit_cost": ["Only units that come have one: what leaves costs what it did."]}`)
		if got := s.Quantity(t, id); got != 5 {
			t.Errorf("quantity = %d, want 5", got)
		}
		s.Post(t, movementsPath(id), fmt.Sprintf(receive, "USD")).Want(t, http.StatusCreated, "")
	})
}

// TestMove_discountIsACapability: who may not give one at the till may not give one by a movement either.
func TestMove_discountIsACapability(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		s.Patch(t, itemPath(id), `{"price": "10.00"}`).Want(t, http.StatusOK, "")
		clerk := s.Hire(t, "clerk", "sales", s.Store)
		sale := `{"kind": "sale", "delta": -1, "unit_price": "%s"}`
		clerk.Post(t, movementsPath(id), fmt.Sprintf(sale, "0.01")).
			Want(t, http.StatusForbidden, `{"detail": "You may not sell at another price than the item's in that store."}`)
		clerk.Post(t, movementsPath(id), fmt.Sprintf(sale, "10.00")).Want(t, http.StatusCreated, "")
		s.Post(t, movementsPath(id), fmt.Sprintf(sale, "0.01")).Want(t, http.StatusCreated, "")
	})
}

// TestReservation_keepsItemsWhereTheyAre: the client of v1, which knows no reservations, takes no item away from one.
func TestReservation_keepsItemsWhereTheyAre(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		held := s.Post(t, reservationsPath, map[string]any{"item": id, "units": 2}).ID(t, http.StatusCreated)
		away := fmt.Sprintf(`{"store": %d}`, annex)
		s.Patch(t, itemPath(id), away).Want(t, http.StatusConflict, `{"detail": "Insufficient stock of A: 2 units are held in the store that it leaves."}`)
		s.Post(t, fmt.Sprintf("%s%d/release/", reservationsPath, held), nil).Want(t, http.StatusOK, "")
		s.Patch(t, itemPath(id), away).Want(t, http.StatusOK, "")
		s.MustVerify(t)
	})
}

func TestReservation_endsWithItsItem(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		s.Post(t, reservationsPath, map[string]any{"item": id, "units": 2}).Want(t, http.StatusCreated, "")
		s.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		if got := s.Get(t, reservationsPath).List(t)[0]["state"]; got != "released" {
			t.Errorf("state = %v, want released", got)
		}
	})
}
