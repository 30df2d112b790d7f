package costing_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

const acquisitionsPath = "/api/v1/stock/acquisitions/"

func line(item int64, units any, weight string) map[string]any {
	l := map[string]any{"item": item, "units": units}
	if weight != "" {
		l["weight"] = weight
	}
	return l
}

func TestAcquisition_costIsSpreadByWeight(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b, annex := s.add(t, "A", 0, "0.00"), s.add(t, "B", 0, "0.00"), s.OpenStore(t, "Annex")
		body := map[string]any{
			"store": annex, "cost": "100.00", "supplier": "Mr. Pond", "client_key": "k",
			"lines": []any{line(a, 3, "10.00"), line(b, 1, "15.00")}, // 30 to 15
		}
		made := s.Post(t, acquisitionsPath, body).Object(t, http.StatusCreated)
		first := made["lines"].([]any)[0].(map[string]any)
		if first["cost"] != "66.67" {
			t.Errorf("lines = %v", made["lines"])
		}
		s.want(t, fmt.Sprintf("4 at 100.00; store %d: 4 at 100.00", annex))
		s.wait(time.Minute)
		s.move(t, a, fmt.Sprintf(`{"kind": "sale", "delta": -1, "store": %d}`, annex)) // 22.23, the others cost 22.22
		s.want(t, fmt.Sprintf("3 at 77.77; store %d: 3 at 77.77", annex))
		again := s.Post(t, acquisitionsPath, body)
		if again.ID(t, http.StatusOK) != asInt(t, made["id"]) {
			t.Error("the same client key made another acquisition")
		}
		body["cost"] = "100.01"
		s.Post(t, acquisitionsPath, body).Want(t, http.StatusUnprocessableEntity, `{"detail": "This client_key stands for another acquisition."}`)
		if n := len(s.Get(t, acquisitionsPath).List(t)); n != 1 {
			t.Errorf("%d acquisitions, want 1", n)
		}
		movement := asInt(t, s.Get(t, "/api/v1/stock/movements/?kind=receive").List(t)[0]["id"])
		s.Post(t, fmt.Sprintf("/api/v1/stock/movements/%d/undo/", movement), nil).Want(t, http.StatusConflict, "")
	})
}

func TestAcquisition_badInputReceivesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, other := s.add(t, "A", 1, "1.00"), s.as(t, "dave")
		foreign := other.add(t, "FOREIGN", 1, "1.00")
		request := func(store int64, cost string, lines ...any) map[string]any {
			return map[string]any{"store": store, "cost": cost, "lines": lines}
		}
		for _, tt := range []struct {
			body   map[string]any
			status int
		}{
			{request(s.Store, "1.00"), 400},
			{request(s.Store, "-1.00", line(id, 1, "")), 400},
			{request(s.Store, "1.001", line(id, 1, "")), 400},
			{request(s.Store, "1.00", line(id, 0, "")), 400},
			{request(s.Store, "1.00", line(id, 1, "-1.00")), 400},
			{request(s.Store, "1.00", line(id, 2147483647, "99999999.99")), 400},
			{request(s.Store, "1.00", line(id, 1, ""), line(foreign, 1, "")), 404},
			{request(other.Store, "1.00", line(id, 1, "")), 403},
			{request(s.Store, "1.00", line(id, 2147483647, "")), 409}, // more than a quantity holds
		} {
			s.Post(t, acquisitionsPath, tt.body).Want(t, tt.status, "")
		}
		foreignMoney := request(s.Store, "1.00", line(id, 1, ""))
		foreignMoney["currency"] = "EUR"
		s.Post(t, acquisitionsPath, foreignMoney).Want(t, http.StatusBadRequest, `{"currency": ["This store has no currency."]}`)
		s.want(t, fmt.Sprintf("1 at 1.00; store %d: 1 at 1.00", s.Store))
		s.Get(t, acquisitionsPath).Want(t, http.StatusOK, "[]")
	})
}

// TestAcquisition_tellsWhatAUnitCost: who buys without saying what each piece cost finds it in the collectible, and in the
// overview. What a collectible says already stays.
func TestAcquisition_tellsWhatAUnitCost(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b, c := s.add(t, "A", 0, "0.00"), s.add(t, "B", 0, "5.00"), s.add(t, "C", 0, "0.00")
		body := map[string]any{"store": s.Store, "cost": "90.00", "lines": []any{line(a, 2, ""), line(b, 1, "")}}
		s.Post(t, acquisitionsPath, body).Want(t, http.StatusCreated, "")
		s.move(t, c, `{"kind": "receive", "delta": 1, "unit_cost": "7.50"}`)
		s.move(t, c, `{"kind": "receive", "delta": 1, "unit_cost": "8.50"}`)
		for id, want := range map[int64]string{a: "30.00", b: "5.00", c: "7.50"} {
			if got := s.Get(t, fmt.Sprintf("/api/v1/collectibles/%d/", id)).Object(t, http.StatusOK)["intake_price"]; got != want {
				t.Errorf("intake price of %d = %v, want %s", id, got, want)
			}
		}
		if got := s.Get(t, "/api/v1/inventory/overview/").Object(t, http.StatusOK)["cost"]; got != "80.00" {
			t.Errorf("cost = %v, want 80.00", got)
		}
	})
}

// TestAcquisition_minusZero: as in the fields of v1, "-0" is 0.
func TestAcquisition_minusZero(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 0, "0.00"), s.add(t, "B", 0, "0.00")
		body := map[string]any{"store": s.Store, "cost": "-0", "lines": []any{line(a, 2, "-0"), line(b, 1, "1.00")}}
		s.Post(t, acquisitionsPath, body).Want(t, http.StatusCreated, "")
		body["cost"] = "8.00"
		made := s.Post(t, acquisitionsPath, body).Object(t, http.StatusCreated)
		if got := fmt.Sprint(costs(made["lines"])); got != "[0.00 8.00]" {
			t.Errorf("costs = %s", got)
		}
	})
}

func asInt(t *testing.T, v any) (n int64) {
	t.Helper()
	if _, err := fmt.Sscan(fmt.Sprint(v), &n); err != nil {
		t.Fatal(err)
	}
	return n
}
