package sales_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSell_basket(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 5, "10.00"), s.add(t, "B", 5, "3.33")
		res := s.sell(t, fmt.Sprintf(`{"item": %d, "units": 2}, {"sku": "B", "units": 3, "discount": "0.99"}, {"item": %d, "units": 1, "unit_price": "0.00"}`, a, a),
			`"discount_percent": "10", "tenders": [{"method": "card", "amount": "10"}, {"method": "cash", "amount": "20.00"}], "note": "regular", "currency": "USD"`)
		// 20.00 + (9.99 - 0.99) + 0.00 = 29.00; 2.90 off: 2.00 + 0.90; tax 18.00 * 8.25 % = 1.485, 8.10 * 8.25 % = 0.66825.
		sale := res.Object(t, http.StatusCreated)
		got := []string{show(sale, "receipt_number", "kind", "original", "currency", "subtotal", "discount", "tax", "tax_rate", "total", "tendered", "change", "note", "void")}
		for _, l := range list(sale, "lines") {
			got = append(got, show(l, "sku", "name", "units", "unit_price", "discount", "tax", "total", "original_line", "returned"))
		}
		for _, tender := range list(sale, "tenders") {
			got = append(got, show(tender, "method", "amount"))
		}
		want := []string{
			"1 sale <nil> USD 29.99 3.89 2.16 8.25 28.26 30.00 1.74 regular <nil>",
			"A item A 2 10.00 2.00 1.49 19.49 <nil> 0", "B item B 3 3.33 1.89 0.67 8.77 <nil> 0", "A item A 1 0.00 0.00 0.00 0.00 <nil> 0",
			"card 10.00", "cash 20.00",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sale (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"receive 5 -", "sale -2 sale", "sale -1 sale"}, s.movements(t, a)); diff != "" {
			t.Errorf("movements (-want +got):\n%s", diff)
		}
		if s.Quantity(t, a) != 2 || s.Quantity(t, b) != 2 {
			t.Errorf("quantities = %d, %d", s.Quantity(t, a), s.Quantity(t, b))
		}
		s.Get(t, salePath(res.ID(t, http.StatusCreated))).Want(t, http.StatusOK, string(res.Body))
		s.mustVerify(t)
	})
}

func TestSell_smallAndGreatAmounts(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "GIFT", 10, "5.00")
		s.add(t, "HALF", 10, "0.06") // 8.25 % of it are 0.00495
		s.add(t, "TRUCK", 2_147_483_647, "0.04")
		s.setStore(t, s.Store, `{"default_tax_rate": null}`)
		total := func(lines, rest string) string {
			t.Helper()
			return show(s.sell(t, lines, rest).Object(t, http.StatusCreated), "subtotal", "discount", "tax", "total", "change")
		}
		for _, tt := range [][3]string{
			{`{"sku": "GIFT", "units": 1, "discount_percent": "100"}`, `"tenders": []`, "5.00 5.00 0.00 0.00 0.00"},
			{`{"sku": "GIFT", "units": 1}`, `"discount": "5"`, "5.00 5.00 0.00 0.00 0.00"},
			{`{"sku": "GIFT", "units": 1, "unit_price": "-0"}`, `"discount": "-0"`, "0.00 0.00 0.00 0.00 0.00"},
			{`{"sku": "TRUCK", "units": 2147483647}`, `"tenders": [{"method": "cash", "amount": "99999999.99"}]`, "85899345.88 0.00 0.00 85899345.88 14100654.11"},
			{`{"sku": "GIFT", "units": 1, "unit_price": "99999999.99"}`, `"tenders": [{"method": "transfer", "amount": "99999999.99"}]`, "99999999.99 0.00 0.00 99999999.99 0.00"},
		} {
			if got := total(tt[0], tt[1]); got != tt[2] {
				t.Errorf("%s: %s, want %s", tt[0], got, tt[2])
			}
		}
		s.setStore(t, s.Store, `{"default_tax_rate": "8.25"}`)
		const pay = `"tenders": [{"method": "cash", "amount": "1"}]`
		if got, want := total(`{"sku": "HALF", "units": 1}, {"sku": "HALF", "units": 1}`, pay), "0.12 0.00 0.00 0.12 0.88"; got != want {
			t.Errorf("tax by line: %s, want %s", got, want)
		}
		if got, want := total(`{"sku": "HALF", "units": 2}`, pay), "0.12 0.00 0.01 0.13 0.87"; got != want {
			t.Errorf("tax of a line: %s, want %s", got, want)
		}
		s.mustVerify(t)
	})
}

func TestSell_badInputWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.setStore(t, s.Store, `{"default_tax_rate": "0"}`)
		a, dear := s.add(t, "A", 5, "10.00"), s.add(t, "DEAR", 5, "99999999.99")
		other := s.as(t, "mallory")
		foreign := other.add(t, "FOREIGN", 5, "1.00")
		closed := s.OpenStore(t, "Closed")
		s.setStore(t, closed, `{"is_active": false}`)
		one := fmt.Sprintf(`{"item": %d, "units": 1}`, a)
		const paid = `"tenders": [{"method": "cash", "amount": "10"}]`
		unknown := func(id int64) string {
			return fmt.Sprintf(`{"lines": [{"item": ["Invalid pk \"%d\" - object does not exist."]}]}`, id)
		}
		tender := func(method, amount string) string {
			return fmt.Sprintf(`"tenders": [{"method": %q, "amount": %q}]`, method, amount)
		}
		for _, tt := range []struct {
			lines, rest string
			status      int
			want        string
		}{
			{``, paid, http.StatusBadRequest, `{"lines": ["This list may not be empty."]}`},
			{strings.Repeat(one+",", 500) + one, paid, http.StatusBadRequest, `{"lines": ["Ensure this field has no more than 500 elements."]}`},
			{`{"item": 987654321, "units": 1}`, paid, http.StatusBadRequest, unknown(987654321)},
			{fmt.Sprintf(`{"item": %d, "units": 1}`, foreign), paid, http.StatusBadRequest, unknown(foreign)},
			{one + `, {"sku": "FOREIGN", "units": 1}`, paid, http.StatusBadRequest, `{"lines": [{}, {"sku": ["Object with sku=FOREIGN does not exist."]}]}`},
			{`{"units": 1}`, paid, http.StatusBadRequest, `{"lines": [{"non_field_errors": ["Give either an item or a SKU."]}]}`},
			{fmt.Sprintf(`{"item": %d, "sku": "A", "units": 1}`, a), paid, http.StatusBadRequest, `{"lines": [{"non_field_errors": ["Give either an item or a SKU."]}]}`},
			{`{"sku": "A", "units": 0}`, paid, http.StatusBadRequest, `{"lines": [{"units": ["Ensure this value is greater than or equal to 1."]}]}`},
			{`{"sku": "A", "units": -1}`, paid, http.StatusBadRequest, ``},
			{`{"sku": "A", "units": 1.5}`, paid, http.StatusBadRequest, ``},
			{`{"sku": "A", "units": 2147483648}`, paid, http.StatusBadRequest, ``},
			{`{"sku": "A"}`, paid, http.StatusBadRequest, `{"lines": [{"units": ["This field is required."]}]}`},
			{`{"sku": "A", "units": 6}`, tender("cash", "60"), http.StatusConflict, `{"detail": "Insufficient stock of A: there are 5 units, not 6."}`},
			{`{"sku": "A", "units": 3}, {"sku": "A", "units": 3, "unit_price": "1"}`, tender("cash", "60"), http.StatusConflict, `{"detail": "Insufficient stock of A: there are 2 units, not 3."}`},
			{`{"sku": "A", "units": 1, "unit_price": "-1"}`, paid, http.StatusBadRequest, ``},
			{`{"sku": "A", "units": 1, "discount": "-1"}`, paid, http.StatusBadRequest, ``},
			{`{"sku": "A", "units": 1, "discount": "1", "discount_percent": "1"}`, paid, http.StatusBadRequest, `{"lines": [{"discount": ["Give either an amount or a percentage."]}]}`},
			{`{"sku": "A", "units": 1, "discount": "10.01"}`, paid, http.StatusBadRequest, `{"lines": [{"discount": ["The discount is more than the price."]}]}`},
			{`{"sku": "A", "units": 1, "discount_percent": "100.01"}`, paid, http.StatusBadRequest, `{"lines": [{"discount_percent": ["Ensure this value is less than or equal to 100."]}]}`},
			{one, `"discount": "10.01"`, http.StatusBadRequest, `{"discount": ["The discount is more than the price."]}`},
			{one, `"discount_percent": "-1"`, http.StatusBadRequest, ``},
			{one, `"discount": "1", "discount_percent": "1"`, http.StatusBadRequest, ``},
			{fmt.Sprintf(`{"item": %d, "units": 2}`, dear), paid, http.StatusBadRequest, `{"lines": [{"units": ["This comes to more than 99999999.99."]}]}`},
			{fmt.Sprintf(`{"item": %d, "units": 1}, %s`, dear, one), paid, http.StatusBadRequest, `{"non_field_errors": ["This comes to more than 99999999.99."]}`},
			{fmt.Sprintf(`{"item": %d, "units": 1, "discount": "10"}, %s`, dear, one), paid, http.StatusBadRequest, `{"non_field_errors": ["This comes to more than 99999999.99."]}`},
			{one, ``, http.StatusBadRequest, `{"tenders": ["The sale comes to 10.00, and 0.00 were paid."]}`},
			{one, tender("cash", "9.99"), http.StatusBadRequest, `{"tenders": ["The sale comes to 10.00, and 9.99 were paid."]}`},
			{one, tender("card", "10.01"), http.StatusBadRequest, `{"tenders": ["Change is given for cash alone: 10.01 were paid otherwise for 10.00."]}`},
			{one, `"tenders": [{"method": "card", "amount": "99999999.99"}, {"method": "card", "amount": "99999999.99"}]`, http.StatusBadRequest, `{"tenders": ["This comes to more than 99999999.99."]}`},
			{one, tender("cash", "0"), http.StatusBadRequest, `{"tenders": [{"amount": ["Ensure this value is greater than 0."]}]}`},
			{one, tender("cash", "-10"), http.StatusBadRequest, ``},
			{one, tender("gold", "10"), http.StatusBadRequest, `{"tenders": [{"method": ["\"gold\" is not a valid choice."]}]}`},
			{one, `"tenders": [{"amount": "10"}]`, http.StatusBadRequest, ``},
			{`{"sku": "A", "units": 1, "discount_percent": "100"}`, tender("cash", "1"), http.StatusBadRequest, `{"tenders": ["There is nothing to pay."]}`},
			{one, paid + `, "currency": "EUR"`, http.StatusBadRequest, `{"currency": ["The currency of this store is USD."]}`},
			{one, paid + `, "reservations": [987654321]`, http.StatusConflict, `{"detail": "This reservation holds nothing any more."}`},
			{one, paid + `, "note": "` + strings.Repeat("x", 256) + `"`, http.StatusBadRequest, ``},
			{one, paid + `, "client_key": "` + strings.Repeat("x", 256) + `"`, http.StatusBadRequest, ``},
		} {
			res := s.sell(t, tt.lines, tt.rest)
			if res.Status != tt.status {
				t.Errorf("%.100s %s: status = %d, want %d: %s", tt.lines, tt.rest, res.Status, tt.status, res.Body)
			} else if tt.want != "" {
				res.Want(t, tt.status, tt.want)
			}
		}
		inStore := func(store int64) string { return fmt.Sprintf(`{"store": %d, "lines": [%s], %s}`, store, one, paid) }
		s.Post(t, salesPath, inStore(closed)).Want(t, http.StatusConflict, `{"detail": "This store is closed."}`)
		s.Post(t, salesPath, inStore(other.Store)).Want(t, http.StatusBadRequest, fmt.Sprintf(`{"store": ["Invalid pk \"%d\" - object does not exist."]}`, other.Store))
		other.Post(t, salesPath, inStore(other.Store)).Want(t, http.StatusBadRequest, unknown(a))
		s.App.SignUp(t, "nobody").Post(t, salesPath, inStore(s.Store)).Want(t, http.StatusForbidden, "")
		s.App.Post(t, salesPath, inStore(s.Store)).Want(t, http.StatusUnauthorized, "")
		s.setStore(t, s.Store, `{"default_tax_rate": "-1"}`)
		s.sell(t, one, paid).Want(t, http.StatusConflict, "")
		if n := s.count(t, "omnistock_sale") + s.count(t, "omnistock_sale_line") + s.count(t, "omnistock_receipt_counter"); n != 0 || s.Quantity(t, a) != 5 {
			t.Errorf("%d rows, %d units", n, s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}

func TestSell_clientKeyOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 1, "10.00")
		const rest = `"tenders": [{"method": "cash", "amount": "20"}], "client_key": "till-1/42"`
		first := s.sell(t, `{"sku": "A", "units": 1}`, rest)
		made := first.ID(t, http.StatusCreated)
		for range 2 {
			s.sell(t, `{"sku": "A", "units": 1}`, rest).Want(t, http.StatusOK, string(first.Body))
			s.sell(t, `{"sku": "A", "units": 1, "discount": "0.00"}`, rest).Want(t, http.StatusOK, string(first.Body)) // none is none
			s.Post(t, salePath(made)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, first)[0]))
		}
		const another = `{"detail": "This client_key stands for another sale."}`
		s.sell(t, `{"sku": "A", "units": 2}`, rest).Want(t, http.StatusUnprocessableEntity, another)
		s.sell(t, `{"sku": "A", "units": 1, "discount": "0.01"}`, rest).Want(t, http.StatusUnprocessableEntity, another)
		s.Post(t, salePath(made)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}], "client_key": "till-1/42"}`, lineIDs(t, first)[0])).
			Want(t, http.StatusUnprocessableEntity, another)
		other := s.as(t, "mallory")
		other.add(t, "B", 1, "10.00")
		other.sell(t, `{"sku": "B", "units": 1}`, rest).Want(t, http.StatusCreated, "")
		if s.Quantity(t, a) != 1 { // sold once, returned once
			t.Errorf("quantity = %d", s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}

func TestSell_reservedUnits(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 2, "10.00")
		s.add(t, "B", 2, "10.00")
		annex := s.OpenStore(t, "Annex")
		reserve := func(sku string, store int64) (id int64) {
			t.Helper()
			if err := s.App.DB.NewRaw(`INSERT INTO omnistock_reservation (vendor_id, store_id, item_id, units, state, reference, expires_at, created_at)
				SELECT vendor_id, ?, id, 2, 'held', '', '2099-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00' FROM collectibles_collectible WHERE sku = ?
				RETURNING id`, store, sku).Scan(t.Context(), &id); err != nil {
				t.Fatal(err)
			}
			return id
		}
		held, elsewhere, ofB := reserve("A", s.Store), reserve("A", annex), reserve("B", s.Store)
		const one, paid = `{"sku": "A", "units": 1}`, `"tenders": [{"method": "cash", "amount": "20"}]`
		s.sell(t, one, paid).Want(t, http.StatusConflict, `{"detail": "Insufficient stock of A: there are 2 units and 2 of them are held, not 1."}`)
		with := func(ids ...int64) string {
			return paid + fmt.Sprintf(`, "reservations": [%s]`, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ","), "[]"))
		}
		s.sell(t, one, with(held, ofB)).Want(t, http.StatusConflict, `{"detail": "This reservation is of another item."}`)
		s.sell(t, one, with(held, elsewhere)).Want(t, http.StatusConflict, `{"detail": "A reservation is of another store."}`)
		s.sell(t, one, with(held, held)).Want(t, http.StatusCreated, "")
		s.sell(t, one, with(held)).Want(t, http.StatusConflict, `{"detail": "This reservation holds nothing any more."}`)
		s.sell(t, one, paid).Want(t, http.StatusCreated, "") // the second unit is free by now
		var states []string
		s.Scan(t, &states, "SELECT state FROM omnistock_reservation ORDER BY id")
		if got := fmt.Sprint(states); got != "[fulfilled held held]" || s.Quantity(t, a) != 0 {
			t.Errorf("reservations = %s, quantity %d", got, s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}

func TestSell_permissions(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.setStore(t, s.Store, `{"default_tax_rate": "0"}`)
		annex := s.OpenStore(t, "Annex")
		s.add(t, "A", 50, "10.00")
		seller := s.Hire(t, "sam", "sales", s.Store)
		manager := s.Hire(t, "mia", "manager", s.Store)
		viewer := s.Hire(t, "vera", "view_only", s.Store)
		elsewhere := s.Hire(t, "eve", "manager", annex)
		paid := `"tenders": [{"method": "cash", "amount": "10"}]`
		plain, asked := s.basket(`{"sku": "A", "units": 1, "unit_price": "10.00"}`, paid), `{"detail": "You may not sell at another price than the item's in that store."}`
		reduced := []string{
			s.basket(`{"sku": "A", "units": 1, "unit_price": "9.99"}`, paid), s.basket(`{"sku": "A", "units": 1, "discount": "0.01"}`, paid),
			s.basket(`{"sku": "A", "units": 1, "discount_percent": "1"}`, paid), s.basket(`{"sku": "A", "units": 1}`, `"discount": "0.01", `+paid),
			s.basket(`{"sku": "A", "units": 1}`, `"discount_percent": "0.01", `+paid),
		}
		sold := seller.Post(t, salesPath, plain).ID(t, http.StatusCreated)
		void := salePath(sold) + "void/"
		const reason = `{"reason": "mistyped"}`
		for _, body := range reduced {
			seller.Post(t, salesPath, body).Want(t, http.StatusForbidden, asked)
			manager.Post(t, salesPath, body).Want(t, http.StatusCreated, "")
		}
		seller.Post(t, void, reason).Want(t, http.StatusForbidden, `{"detail": "You may not void sales in that store."}`)
		s.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", seller.Access), `{"discount": true, "void": true}`).Want(t, http.StatusOK, "")
		s.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", viewer.Access), `{"discount": true, "void": true}`).Want(t, http.StatusOK, "")
		seller.Post(t, salesPath, reduced[0]).Want(t, http.StatusCreated, "")
		viewer.Post(t, salesPath, plain).Want(t, http.StatusForbidden, "")
		viewer.Post(t, void, reason).Want(t, http.StatusForbidden, "")
		viewer.Get(t, salePath(sold)).Want(t, http.StatusOK, "")
		elsewhere.Post(t, salesPath, plain).Want(t, http.StatusForbidden, "")
		elsewhere.Post(t, void, reason).Want(t, http.StatusForbidden, "")
		elsewhere.Get(t, salePath(sold)).Want(t, http.StatusForbidden, "")
		elsewhere.Get(t, salePath(sold)+"receipt/").Want(t, http.StatusForbidden, "")
		elsewhere.Get(t, salesPath).Want(t, http.StatusOK, `[]`)
		stranger := s.as(t, "mallory")
		for _, path := range []string{salePath(sold), salePath(sold) + "receipt/"} {
			stranger.Get(t, path).Want(t, http.StatusNotFound, `{"detail": "No Sale matches the given query."}`)
		}
		stranger.Post(t, void, reason).Want(t, http.StatusNotFound, "")
		stranger.Post(t, salePath(sold)+"return/", `{"lines": [{"line": 1, "units": 1}]}`).Want(t, http.StatusNotFound, "")
		stranger.Get(t, salesPath).Want(t, http.StatusOK, `[]`)
		seller.Post(t, void, reason).Want(t, http.StatusCreated, "")
		s.mustVerify(t)
	})
}
