package sales_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// remove deletes the listing of an item.
func (s *system) remove(t testing.TB, item int64) {
	t.Helper()
	s.Delete(t, fmt.Sprintf("/api/v1/collectibles/%d/", item)).Want(t, http.StatusNoContent, "")
}

// wantDocument compares the money of a document, whether each of its lines has a movement, and its receipt.
func (s *system) wantDocument(t testing.TB, res *apptest.Response, money string, lines ...string) {
	t.Helper()
	got := []string{show(res.Object(t, http.StatusCreated), "subtotal", "tax", "total", "tendered")}
	for _, l := range list(res.Object(t, http.StatusCreated), "lines") {
		got = append(got, fmt.Sprint(show(l, "sku", "units", "total"), " ", l["movement"] != nil))
	}
	if diff := cmp.Diff(append([]string{money}, lines...), got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	s.Get(t, salePath(res.ID(t, http.StatusCreated))+"receipt/").Want(t, http.StatusOK, "")
}

func TestReturn_ofADeletedItem(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, gone := s.add(t, "A", 3, "10.00"), s.add(t, "GONE", 3, "10.00")
		one, two, three := s.register(t, gone, "1", 0), s.register(t, gone, "2", 0), s.register(t, gone, "3", 0)
		sold := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1}, {"sku": "GONE", "units": 3, "serials": [%d, %d, %d]}`, one, two, three), mustPay)
		path, lines := salePath(sold.ID(t, http.StatusCreated))+"return/", lineIDs(t, sold)
		s.remove(t, gone)
		before := s.movements(t, gone)

		back := func(rest string) string {
			return fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}, {"line": %d, "units": 1%s}], "client_key": "r"}`, lines[0], lines[1], rest)
		}
		const deleted = `{"detail": "The item GONE is deleted: give its money back with \"restock\": false."}`
		s.Post(t, path, back("")).Want(t, http.StatusConflict, deleted)
		s.Post(t, path, back(`, "restock": true`)).Want(t, http.StatusConflict, deleted)
		s.wantStates(t, "sold sale", "sold sale", "sold sale")
		if s.Quantity(t, a) != 2 || s.count(t, "omnistock_sale") != 1 {
			t.Errorf("quantity = %d, documents = %d: something was written", s.Quantity(t, a), s.count(t, "omnistock_sale"))
		}

		body := back(fmt.Sprintf(`, "restock": false, "serials": [%d]`, two))
		first := s.Post(t, path, body)
		s.wantDocument(t, first, "-20.00 -1.65 -21.65 -21.65", "A -1 -10.83 true", "GONE -1 -10.82 false")
		wantSerials(t, first, "", fmt.Sprint(two, " psa 2 <nil>"))
		s.wantStates(t, "sold sale", "written_off", "sold sale")
		id := first.ID(t, http.StatusCreated)
		s.wantMargin(t, id, fmt.Sprintf("%d USD -20.00 -2.50 -17.50", id),
			fmt.Sprintf("%d -1 -10.00 -2.50 -7.50", lineIDs(t, first)[0]), fmt.Sprintf("%d -1 -10.00 0.00 -10.00", lineIDs(t, first)[1]))
		s.Post(t, path, body).Want(t, http.StatusOK, string(first.Body))

		line := func(units int, rest string) string {
			return fmt.Sprintf(`{"lines": [{"line": %d, "units": %d, "restock": false%s}]}`, lines[1], units, rest)
		}
		s.Post(t, path, line(1, fmt.Sprintf(`, "serials": [%d]`, two))).
			Want(t, http.StatusConflict, `{"detail": "PSA 2 did not go by what is returned."}`)
		rest := s.Post(t, path, line(2, ""))
		s.wantDocument(t, rest, "-20.00 -1.66 -21.66 -21.66", "GONE -2 -21.66 false")
		wantSerials(t, rest, fmt.Sprint(one, " psa 1 <nil>, ", three, " psa 3 <nil>"))
		s.wantStates(t, "written_off", "written_off", "written_off")
		s.Post(t, path, line(1, "")).Want(t, http.StatusConflict, `{"detail": "Of GONE, 3 units were sold and 3 came back, not 1 more."}`)

		if diff := cmp.Diff(before, s.movements(t, gone)); diff != "" {
			t.Errorf("movements of what is deleted (-before +after):\n%s", diff)
		}
		if s.Quantity(t, a) != 3 {
			t.Errorf("quantity = %d, want 3", s.Quantity(t, a))
		}
		s.mustVerify(t)

		again := s.add(t, "GONE", 0, "10.00") // and the piece is for sale again, once it is received
		if id := s.register(t, again, "2", s.receive(t, again, 1, "1.00")); id != two {
			t.Errorf("piece = %d, want %d", id, two)
		}
	})
}

func TestVoid_ofDeletedItems(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, gone := s.add(t, "A", 3, "10.00"), s.add(t, "GONE", 2, "10.00")
		one, two := s.register(t, a, "1", 0), s.register(t, gone, "2", 0)
		sold := s.sell(t, fmt.Sprintf(`{"sku": "GONE", "units": 1, "serials": [%d]}, {"sku": "A", "units": 2, "serials": [%d]}`, two, one), mustPay)
		alone := s.sell(t, `{"sku": "GONE", "units": 1}`, mustPay)
		s.remove(t, gone)
		before := s.movements(t, gone)

		void := s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"void/", `{"reason": "mistyped"}`)
		s.wantDocument(t, void, "-30.00 -2.48 -32.48 -32.48", "GONE -1 -10.83 false", "A -2 -21.65 true")
		wantSerials(t, void, fmt.Sprint(two, " psa 2 <nil>"), fmt.Sprint(one, " psa 1 <nil>"))
		s.wantStates(t, "in_stock", "written_off")
		id := void.ID(t, http.StatusCreated)
		s.wantMargin(t, id, fmt.Sprintf("%d USD -30.00 -5.00 -25.00", id),
			fmt.Sprintf("%d -1 -10.00 0.00 -10.00", lineIDs(t, void)[0]), fmt.Sprintf("%d -2 -20.00 -5.00 -15.00", lineIDs(t, void)[1]))
		if got := s.Get(t, salePath(id)); !cmp.Equal(got.Object(t, http.StatusOK), void.Object(t, http.StatusCreated)) {
			t.Errorf("void = %s, was %s", got.Body, void.Body)
		}
		s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`).Want(t, http.StatusConflict, `{"detail": "This sale is void."}`)
		s.wantDocument(t, s.Post(t, salePath(alone.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`), "-10.00 -0.83 -10.83 -10.83", "GONE -1 -10.83 false")

		if diff := cmp.Diff(before, s.movements(t, gone)); diff != "" {
			t.Errorf("movements of what is deleted (-before +after):\n%s", diff)
		}
		if s.Quantity(t, a) != 3 {
			t.Errorf("quantity = %d, want 3", s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}
