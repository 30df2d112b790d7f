package sales_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const mustPay = `"tenders": [{"method": "cash", "amount": "100"}]`

func TestReturn_inParts(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 3, "3.33"), s.add(t, "B", 3, "10.00")
		sold := s.sell(t, `{"sku": "A", "units": 3}, {"sku": "B", "units": 1}`, `"discount": "1.00", `+mustPay)
		path, lines := salePath(sold.ID(t, http.StatusCreated))+"return/", lineIDs(t, sold)
		back := func(body string) []string {
			t.Helper()
			res := s.Post(t, path, body).Object(t, http.StatusCreated)
			got := []string{show(res, "receipt_number", "kind", "subtotal", "discount", "tax", "total", "tendered", "change", "note")}
			for _, l := range list(res, "lines") {
				got = append(got, show(l, "sku", "units", "unit_price", "discount", "tax", "total"))
			}
			for _, tender := range list(res, "tenders") {
				got = append(got, show(tender, "method", "amount"))
			}
			return got
		}
		// A: 9.99 - 0.50 + 0.78 = 10.27; of each amount a third, the last unit what is left.
		for i, want := range [][]string{
			{"2 return -3.33 -0.16 -0.26 -3.43 -3.43 0.00 ", "A -1 3.33 -0.16 -0.26 -3.43", "cash -3.43"},
			{"3 return -3.33 -0.17 -0.26 -3.42 -3.42 0.00 torn", "A -1 3.33 -0.17 -0.26 -3.42", "card -3.42"},
			{
				"4 return -13.33 -0.67 -1.04 -13.70 -13.70 0.00 ", "B -1 10.00 -0.50 -0.78 -10.28", "A -1 3.33 -0.17 -0.26 -3.42",
				"card -10.00", "cash -3.70",
			},
		} {
			body := []string{
				`{"lines": [{"line": %d, "units": 1}]}`,
				`{"lines": [{"line": %d, "units": 1, "restock": false}], "method": "card", "note": "torn"}`,
				`{"lines": [{"line": %[2]d, "units": 1}, {"line": %[1]d, "units": 1}], "tenders": [{"method": "card", "amount": "-10.00"}, {"method": "cash", "amount": "-3.70"}]}`,
			}[i]
			if i < 2 {
				body = fmt.Sprintf(body, lines[0])
			} else {
				body = fmt.Sprintf(body, lines[0], lines[1])
			}
			if diff := cmp.Diff(want, back(body)); diff != "" {
				t.Errorf("return %d (-want +got):\n%s", i, diff)
			}
		}
		const tooMany = `{"detail": "Of A, 3 units were sold and 3 came back, not 1 more."}`
		s.Post(t, path, fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lines[0])).Want(t, http.StatusConflict, tooMany)
		if s.Quantity(t, a) != 2 || s.Quantity(t, b) != 3 {
			t.Errorf("quantities = %d, %d", s.Quantity(t, a), s.Quantity(t, b))
		}
		want := []string{"receive 3 -", "sale -3 sale", "return 1 sale of one before", "return 1 sale of one before", "write_off -1 sale of one before", "return 1 sale of one before"}
		if diff := cmp.Diff(want, s.movements(t, a)); diff != "" {
			t.Errorf("movements (-want +got):\n%s", diff)
		}
		var left string
		s.Scan(t, &left, "SELECT count(*) || ' ' || sum(total) FROM omnistock_sale_line")
		if left != "6 0" && left != "6 0.00" {
			t.Errorf("lines and what is left of their totals = %s", left)
		}
		shown := s.Get(t, salePath(sold.ID(t, http.StatusCreated))).Object(t, http.StatusOK)
		if l := list(shown, "lines"); show(l[0], "returned") != "3" || show(l[1], "returned") != "1" || shown["void"] != nil {
			t.Errorf("sale = %v", shown)
		}
		s.mustVerify(t)
	})
}

func TestReturn_badInputWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "A", 9, "10.00")
		sold, other := s.sell(t, `{"sku": "A", "units": 2}`, mustPay), s.sell(t, `{"sku": "A", "units": 2}`, mustPay)
		sale, line, foreign := sold.ID(t, http.StatusCreated), lineIDs(t, sold)[0], lineIDs(t, other)[0]
		returned := s.Post(t, salePath(sale)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, line))
		for body, status := range map[string]int{
			`{}`:            http.StatusBadRequest,
			`{"lines": []}`: http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 2}]}`, line):                                                            http.StatusConflict,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 0}]}`, line):                                                            http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": -1}]}`, line):                                                           http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}, {"line": %[1]d, "units": 1}]}`, line):                               http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, foreign):                                                         http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "method": "gold"}`, line):                                          http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "tenders": [{"method": "cash", "amount": "10.83"}]}`, line):        http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "tenders": [{"method": "cash", "amount": "-10.00"}]}`, line):       http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "tenders": [{"method": "cash", "amount": "-99999999.99"}]}`, line): http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1, "restock": "maybe"}]}`, line):                                        http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "note": %q}`, line, string(make([]byte, 256))):                     http.StatusBadRequest,
			fmt.Sprintf(`{"lines": [{"line": 9223372036854775807, "units": 1}, {"line": %d, "units": 2147483647}]}`, line):        http.StatusBadRequest,
		} {
			if res := s.Post(t, salePath(sale)+"return/", body); res.Status != status {
				t.Errorf("%s: status = %d, want %d: %s", body, res.Status, status, res.Body)
			}
		}
		s.Post(t, salePath(sale)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "tenders": [{"method": "cash", "amount": "-10.82"}]}`, line)).
			Want(t, http.StatusBadRequest, `{"tenders": ["The return comes to -10.83, not to -10.82."]}`)
		const noSale = `{"detail": "This is no sale, but what became of one."}`
		s.Post(t, salePath(returned.ID(t, http.StatusCreated))+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, returned)[0])).
			Want(t, http.StatusConflict, noSale)
		s.Post(t, salePath(returned.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`).Want(t, http.StatusConflict, noSale)
		if n := s.count(t, "omnistock_sale"); n != 3 {
			t.Errorf("%d documents, want 3", n)
		}
		s.mustVerify(t)
	})
}

func TestReturn_clientKeyOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 2, "10.00")
		sold := s.sell(t, `{"sku": "A", "units": 2}`, mustPay)
		path := salePath(sold.ID(t, http.StatusCreated)) + "return/"
		body := fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "client_key": "r-1"}`, lineIDs(t, sold)[0])
		first := s.Post(t, path, body)
		first.Want(t, http.StatusCreated, "")
		s.Post(t, path, body).Want(t, http.StatusOK, string(first.Body))
		s.Post(t, path, fmt.Sprintf(`{"lines": [{"line": %d, "units": 1, "restock": false}], "client_key": "r-1"}`, lineIDs(t, sold)[0])).
			Want(t, http.StatusUnprocessableEntity, "")
		if s.Quantity(t, a) != 1 {
			t.Errorf("quantity = %d, want 1", s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}

func TestVoid_onceAndWhole(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 5, "10.00")
		sold := s.sell(t, `{"sku": "A", "units": 2}, {"sku": "A", "units": 1, "discount": "0.01"}`,
			`"tenders": [{"method": "card", "amount": "10"}, {"method": "cash", "amount": "2"}, {"method": "cash", "amount": "21"}]`)
		id := sold.ID(t, http.StatusCreated)
		s.Post(t, salePath(id)+"void/", `{}`).Want(t, http.StatusBadRequest, `{"reason": ["This field is required."]}`)
		s.Post(t, salePath(id)+"void/", `{"reason": " "}`).Want(t, http.StatusBadRequest, "")
		void := s.Post(t, salePath(id)+"void/", `{"reason": "mistyped"}`)
		got := []string{show(void.Object(t, http.StatusCreated), "receipt_number", "kind", "original", "total", "tendered", "change", "note")}
		for _, tender := range list(void.Object(t, http.StatusCreated), "tenders") {
			got = append(got, show(tender, "method", "amount"))
		}
		// 29.99 + 2.47 of tax; of the 33.00, 0.54 were change.
		want := []string{fmt.Sprintf("2 void %d -32.46 -32.46 0.00 mistyped", id), "card -10.00", "cash -1.46", "cash -21.00"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("void (-want +got):\n%s", diff)
		}
		s.Post(t, salePath(id)+"void/", `{"reason": "again"}`).Want(t, http.StatusConflict, `{"detail": "This sale is void."}`)
		s.Post(t, salePath(id)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, sold)[0])).
			Want(t, http.StatusConflict, `{"detail": "This sale is void."}`)
		wantMoves := []string{"receive 5 -", "sale -2 sale", "sale -1 sale", "sale 2 sale undoes of one before", "sale 1 sale undoes of one before"}
		if diff := cmp.Diff(wantMoves, s.movements(t, a)); diff != "" {
			t.Errorf("movements (-want +got):\n%s", diff)
		}
		if shown := s.Get(t, salePath(id)).Object(t, http.StatusOK); fmt.Sprint(shown["void"]) != fmt.Sprint(void.ID(t, http.StatusCreated)) {
			t.Errorf("sale = %v", shown)
		}

		partly := s.sell(t, `{"sku": "A", "units": 2}`, mustPay)
		s.Post(t, salePath(partly.ID(t, http.StatusCreated))+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, partly)[0])).
			Want(t, http.StatusCreated, "")
		s.Post(t, salePath(partly.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`).
			Want(t, http.StatusConflict, `{"detail": "Something of this sale was returned: return the rest."}`)
		s.mustVerify(t)
	})
}

// TestReturn_whatIsGone takes back what no longer is where it was sold.
func TestReturn_whatIsGone(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		a, gone := s.add(t, "A", 1, "10.00"), s.add(t, "GONE", 1, "10.00")
		sold, other := s.sell(t, `{"sku": "A", "units": 1}`, mustPay), s.sell(t, `{"sku": "GONE", "units": 1}`, mustPay)
		s.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", a), map[string]any{"store": annex, "sku": "RENAMED", "price": "99"}).Want(t, http.StatusOK, "")
		s.Delete(t, fmt.Sprintf("/api/v1/collectibles/%d/", gone)).Want(t, http.StatusNoContent, "")
		res := s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, sold)[0]))
		if l := list(res.Object(t, http.StatusCreated), "lines"); show(l[0], "sku", "unit_price", "total") != "A 10.00 -10.83" {
			t.Errorf("return = %s", res.Body)
		}
		s.Post(t, salePath(other.ID(t, http.StatusCreated))+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, other)[0])).
			Want(t, http.StatusConflict, `{"detail": "The item GONE is deleted: give its money back with \"restock\": false."}`)
		s.setStore(t, s.Store, `{"is_active": false}`)
		s.Post(t, salePath(other.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`).Want(t, http.StatusConflict, `{"detail": "This store is closed."}`)
		s.mustVerify(t)
	})
}
