package sales_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func marginPath(id int64) string { return salePath(id) + "margin/" }

// margin is that of a document and of its lines, as text. It must come to what the ledger says of its movements.
func (s *system) margin(t testing.TB, id int64) []string {
	t.Helper()
	m := s.Get(t, marginPath(id)).Object(t, http.StatusOK)
	got := []string{show(m, "sale", "currency", "net", "cost", "margin")}
	for _, l := range list(m, "lines") {
		got = append(got, show(l, "line", "units", "net", "cost", "margin"))
	}
	var movements []int64
	s.Scan(t, &movements, "SELECT movement_id FROM omnistock_sale_line WHERE sale_id = ?", id)
	if cost, err := s.Costing.CostOf(t.Context(), s.Vendor, movements); err != nil || (-cost).String() != m["cost"] {
		t.Errorf("the movements of sale %d cost %d, %v; its margin says %v", id, cost, err, m["cost"])
	}
	return got
}

func (s *system) wantMargin(t testing.TB, id int64, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.margin(t, id)); diff != "" {
		t.Errorf("margin (-want +got):\n%s", diff)
	}
}

func TestMargin_ofSaleReturnAndVoid(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 2, "10.00") // at 2.50
		s.add(t, "B", 5, "4.00")
		s.receive(t, a, 3, "6.00")
		sold := s.sell(t, `{"sku": "A", "units": 3}, {"sku": "B", "units": 2}`, `"discount": "3.80", `+mustPay)
		id, lines := sold.ID(t, http.StatusCreated), lineIDs(t, sold)
		// 38.00 less 3.80; two units of A at 2.50 and one at 6.00.
		s.wantMargin(t, id, fmt.Sprintf("%d USD 34.20 16.00 18.20", id),
			fmt.Sprintf("%d 3 27.00 11.00 16.00", lines[0]), fmt.Sprintf("%d 2 7.20 5.00 2.20", lines[1]))
		back := s.Post(t, salePath(id)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 3, "restock": false}]}`, lines[0]))
		returned := back.ID(t, http.StatusCreated)
		s.wantMargin(t, returned, fmt.Sprintf("%d USD -27.00 -11.00 -16.00", returned), fmt.Sprintf("%d -3 -27.00 -11.00 -16.00", lineIDs(t, back)[0]))
		gift := s.sell(t, `{"sku": "B", "units": 1, "discount_percent": "100"}`, "")
		given := gift.ID(t, http.StatusCreated)
		s.wantMargin(t, given, fmt.Sprintf("%d USD 0.00 2.50 -2.50", given), fmt.Sprintf("%d 1 0.00 2.50 -2.50", lineIDs(t, gift)[0]))
		void := s.Post(t, salePath(given)+"void/", `{"reason": "x"}`)
		undone := void.ID(t, http.StatusCreated)
		s.wantMargin(t, undone, fmt.Sprintf("%d USD 0.00 -2.50 2.50", undone), fmt.Sprintf("%d -1 0.00 -2.50 2.50", lineIDs(t, void)[0]))
	})
}

// TestMargin_ofNamedPieces sells pieces that cost more than the oldest units, of which there are two.
func TestMargin_ofNamedPieces(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for n, tt := range []struct{ lines, want string }{
			{`{"sku": "S", "units": 1, "serials": [three]}`, "80.00"},
			{`{"sku": "S", "units": 2, "serials": [one, two]}`, "120.00"},                                          // came together
			{`{"sku": "S", "units": 2, "serials": [two, three]}`, "5.00"},                                          // did not
			{`{"sku": "S", "units": 2, "serials": [one]}`, "5.00"},                                                 // the other one may be any
			{`{"sku": "S", "units": 1, "serials": [unknown]}`, "2.50"},                                             // nobody said how it came
			{`{"sku": "S", "units": 1, "serials": [two]}, {"sku": "S", "units": 1, "serials": [three]}`, "140.00"}, // each by itself
			{`{"sku": "S", "units": 2}, {"sku": "S", "units": 2, "serials": [one, two]}`, "125.00"},                // and others
			{`{"sku": "S", "units": 3}, {"sku": "S", "units": 2, "serials": [one, two]}`, "205.00"},                // of which one went with the oldest
		} {
			item := s.add(t, fmt.Sprint("S", n), 2, "100.00") // at 2.50
			dear, dearest := s.receive(t, item, 2, "60.00"), s.receive(t, item, 1, "80.00")
			name := func(which string, movement int64) string {
				if !strings.Contains(tt.lines, which) {
					return ""
				}
				return fmt.Sprint(s.register(t, item, fmt.Sprint(which, n), movement))
			}
			lines := strings.NewReplacer(`"S"`, fmt.Sprintf(`"S%d"`, n), "one", name("one", dear), "two", name("two", dear),
				"three", name("three", dearest), "unknown", name("unknown", 0)).Replace(tt.lines)
			sold := s.sell(t, lines, `"tenders": [{"method": "cash", "amount": "900"}]`).ID(t, http.StatusCreated)
			s.margin(t, sold)
			if got := show(s.Get(t, marginPath(sold)).Object(t, http.StatusOK), "cost"); got != tt.want {
				t.Errorf("%s cost %s, want %s", tt.lines, got, tt.want)
			}
			void := s.Post(t, salePath(sold)+"void/", `{"reason": "x"}`).ID(t, http.StatusCreated)
			s.margin(t, void)
			if got := show(s.Get(t, marginPath(void)).Object(t, http.StatusOK), "cost"); got != "-"+tt.want {
				t.Errorf("the void of %s cost %s, want -%s", tt.lines, got, tt.want)
			}
		}
		s.mustVerify(t)
	})
}

func TestMargin_forWhoMaySeeCost(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "A", 2, "10.00")
		id := s.sell(t, `{"sku": "A", "units": 1}`, mustPay).ID(t, http.StatusCreated)
		clerk := s.Hire(t, "clerk", "sales", s.Store)
		elsewhere := s.Hire(t, "elsewhere", "manager", s.OpenStore(t, "Annex"))
		clerk.Get(t, marginPath(id)).Want(t, http.StatusOK, "")
		s.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", clerk.Access), `{"see_cost": false}`).Want(t, http.StatusOK, "")
		clerk.Get(t, marginPath(id)).Want(t, http.StatusForbidden, `{"detail": "You may not see what units cost in that store."}`)
		clerk.Get(t, salePath(id)).Want(t, http.StatusOK, "")
		elsewhere.Get(t, marginPath(id)).Want(t, http.StatusForbidden, `{"detail": "You do not have access to that store."}`)
		s.as(t, "mallory").Get(t, marginPath(id)).Want(t, http.StatusNotFound, "")
		s.Get(t, marginPath(987654321)).Want(t, http.StatusNotFound, "")
		s.App.SignUp(t, "nobody").Get(t, marginPath(id)).Want(t, http.StatusNotFound, "")
		s.App.Get(t, marginPath(id)).Want(t, http.StatusUnauthorized, "")
	})
}
