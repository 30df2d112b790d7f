package sales_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

func TestList_filtersAndPages(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		s.add(t, "A", 50, "1.00")
		b := s.add(t, "B", 50, "1.00")
		first := s.sell(t, `{"sku": "A", "units": 1}`, mustPay)
		id := first.ID(t, http.StatusCreated)
		s.sell(t, `{"sku": "A", "units": 1}, {"sku": "B", "units": 1}`, mustPay).Want(t, http.StatusCreated, "")
		s.Post(t, salePath(id)+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 1}]}`, lineIDs(t, first)[0])).Want(t, http.StatusCreated, "")
		second := s.sell(t, `{"sku": "B", "units": 1}`, mustPay)
		s.Post(t, salePath(second.ID(t, http.StatusCreated))+"void/", `{"reason": "x"}`).Want(t, http.StatusCreated, "")
		s.Post(t, "/api/v1/collectibles/", map[string]any{"name": "c", "sku": "C", "quantity": 1, "store": annex, "intake_price": "1", "price": "1"}).Want(t, http.StatusCreated, "")
		s.Post(t, salesPath, fmt.Sprintf(`{"store": %d, "lines": [{"sku": "C", "units": 1}], %s}`, annex, mustPay)).Want(t, http.StatusCreated, "")
		receipts := func(query string) string {
			t.Helper()
			var got []string
			for path := salesPath + "?" + query; path != ""; {
				res := s.Get(t, path)
				for _, sale := range res.List(t) {
					got = append(got, fmt.Sprint(sale["receipt_number"], sale["kind"].(string)[:1]))
					if sale["lines"] != nil {
						t.Errorf("the list has lines: %v", sale)
					}
				}
				path, _, _ = strings.Cut(strings.TrimPrefix(res.Header.Get("Link"), "<"), ">")
			}
			return strings.Join(got, " ")
		}
		created := fmt.Sprint(s.Get(t, salePath(second.ID(t, http.StatusCreated))).Object(t, http.StatusOK)["created_at"])
		for query, want := range map[string]string{
			"":                                     "1s 5v 4s 3r 2s 1s",
			"limit=1":                              "1s 5v 4s 3r 2s 1s",
			"limit=2":                              "1s 5v 4s 3r 2s 1s",
			"limit=6":                              "1s 5v 4s 3r 2s 1s",
			fmt.Sprintf("store=%d", s.Store):       "5v 4s 3r 2s 1s",
			"kind=sale&limit=2":                    "1s 4s 2s 1s",
			"kind=return":                          "3r",
			fmt.Sprintf("item=%d", b):              "5v 4s 2s",
			fmt.Sprintf("original=%d", id):         "3r",
			"receipt=1":                            "1s 1s",
			"since=" + created + "&limit=1":        "1s 5v 4s",
			"until=" + created:                     "3r 2s 1s",
			"since=2026-01-01&until=2026-01-02":    "",
			fmt.Sprintf("store=%d&item=%d", b, b):  "",
			"receipt=9223372036854775807&store=-1": "",
		} {
			if strings.Contains(query, "2026-01-01&") {
				query = "since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z"
			}
			if got := receipts(query); got != want {
				t.Errorf("?%s = %s, want %s", query, got, want)
			}
		}
		s.Get(t, salesPath+"?cursor=x").Want(t, http.StatusBadRequest, `{"cursor": ["Invalid cursor"]}`)
		s.Get(t, salesPath+"?kind=gift").Want(t, http.StatusBadRequest, "")
		s.as(t, "mallory").Get(t, fmt.Sprintf("%s?cursor=%d", salesPath, id)).Want(t, http.StatusBadRequest, "")
	})
}

func TestReceipt_text(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.setStore(t, s.Store, `{"name": "Main\u0007 Street", "address": "1 Main Street\nSpringfield"}`)
		s.add(t, "A", 9, "1234567.89")
		s.Post(t, "/api/v1/collectibles/", map[string]any{
			"name": "Ember Drake, first edition, " + strings.Repeat("x", 45) + " ブースター", "sku": "B", "quantity": 9, "store": s.Store, "intake_price": "1", "price": "9.99",
		}).Want(t, http.StatusCreated, "")
		sold := s.sell(t, `{"sku": "A", "units": 2}, {"sku": "B", "units": 1, "discount": "0.99"}`, `"note": "a present", "tenders": [{"method": "cash", "amount": "3000000"}]`)
		res := s.Get(t, salePath(sold.ID(t, http.StatusCreated))+"receipt/")
		want := `                alice's
              Main? Street
             1 Main Street
              Springfield
----------------------------------------
Receipt 1           TIME
----------------------------------------
item A
  2 x 1234567.89              2469135.78
Ember Drake, first edition,
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
xxxxx ブースター
  1 x 9.99                          9.99
  Discount                         -0.99
----------------------------------------
Subtotal                      2469145.77
Discount                           -0.99
Tax 8.25 %                     203704.44
TOTAL USD                     2672849.22
Cash                          3000000.00
Change                         327150.78
----------------------------------------
a present
`
		got := []rune(string(res.Body))
		if i := strings.Index(string(got), " UTC\n"); i > 0 {
			text := string(got)
			got = []rune(text[:i-16] + "TIME" + text[i+4:])
		}
		if diff := cmp.Diff(want, string(got)); diff != "" || res.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("receipt (-want +got), %s:\n%s", res.Header.Get("Content-Type"), diff)
		}
		back := s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"void/", `{"reason": "mistyped"}`)
		text := string(s.Get(t, salePath(back.ID(t, http.StatusCreated))+"receipt/").Body)
		if !strings.Contains(text, "\nVOID of receipt 1\n") || !strings.Contains(text, "\nTOTAL USD                    -2672849.22\n") {
			t.Errorf("receipt of the void:\n%s", text)
		}
		for line := range strings.Lines(text) {
			if len([]rune(line)) > 41 {
				t.Errorf("longer than 40 columns: %s", line)
			}
		}
	})
}

// TestSale_appendOnly tries by SQL what no operation does.
func TestSale_appendOnly(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		piece := s.register(t, s.add(t, "A", 9, "1.00"), "1", 0)
		s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}`, piece), mustPay).Want(t, http.StatusCreated, "")
		for _, query := range []string{
			"UPDATE omnistock_sale SET note = 'x'", "DELETE FROM omnistock_sale", "UPDATE omnistock_sale_line SET units = 2, total = 2, discount = 0, tax = 0",
			"UPDATE omnistock_sale_line_serial SET certificate = 'x'", "DELETE FROM omnistock_sale_line_serial", "DELETE FROM omnistock_sale_line", "UPDATE omnistock_sale_tender SET method = 'card'", "DELETE FROM omnistock_sale_tender",
		} {
			if _, err := s.App.DB.NewRaw(query).Exec(t.Context()); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: error = %v", query, err)
			}
		}
		undone := errors.New("not meant")
		err := s.App.DB.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			return errors.Join(db.Rewriting(ctx, tx, func() error {
				_, err := tx.NewRaw("DELETE FROM omnistock_sale_line").Exec(ctx)
				return err
			}), undone)
		})
		if err.Error() != undone.Error() {
			t.Errorf("rewriting: error = %v", err)
		}
		s.mustVerify(t)
	})
}
