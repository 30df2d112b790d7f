package sales_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// TestVerify_findsWhatWasTampered changes by SQL what no operation does.
func TestVerify_findsWhatWasTampered(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "A", 50, "1.00")
		other := s.as(t, "bob")
		for range 3 {
			s.sell(t, `{"sku": "A", "units": 2}`, mustPay).Want(t, http.StatusCreated, "")
		}
		sold := s.sell(t, `{"sku": "A", "units": 2}`, mustPay)
		s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"return/", fmt.Sprintf(`{"lines": [{"line": %d, "units": 2}]}`, lineIDs(t, sold)[0])).
			Want(t, http.StatusCreated, "")
		s.mustVerify(t)
		for query, want := range map[string]string{
			"DELETE FROM omnistock_sale WHERE receipt_number = 2":                                                                        "0 a number is missing",
			"UPDATE omnistock_sale SET receipt_number = 7 WHERE receipt_number = 5":                                                      "0 a number is missing, 0 the counter is not at the last number",
			"UPDATE omnistock_receipt_counter SET last = last + 1":                                                                       "0 the counter is not at the last number",
			"DELETE FROM omnistock_receipt_counter":                                                                                      "0 the counter is not at the last number",
			"UPDATE omnistock_sale SET subtotal = 9, total = 9 + tax, tendered = 9 + tax + change_due WHERE receipt_number = 1":          "1 the sums are not those of the lines, 1 the tenders do not come to what was tendered",
			"DELETE FROM omnistock_sale_line WHERE sale_id = 3":                                                                          "3 the sums are not those of the lines",
			"DELETE FROM omnistock_sale_tender WHERE sale_id = 2":                                                                        "2 the tenders do not come to what was tendered",
			"UPDATE omnistock_sale_line SET movement_id = 1 WHERE sale_id = 2":                                                           "2 a line has no movement",
			"UPDATE omnistock_sale_line SET movement_id = 0 WHERE sale_id IN (2, 5)":                                                     "2 a line has no movement, 5 a line has no movement",
			"UPDATE omnistock_stock_movement SET delta = 1 WHERE id = (SELECT movement_id FROM omnistock_sale_line WHERE sale_id = 2)":   "2 a line has no movement",
			"UPDATE omnistock_sale_line SET original_line_id = (SELECT id FROM omnistock_sale_line WHERE sale_id = 4) WHERE sale_id = 1": "",
			`INSERT INTO omnistock_sale_line_serial (line_id, unit_id, grader, certificate, qualifiers)
				SELECT l.id, u.id, 'psa', '1', '' FROM omnistock_sale_line AS l, omnistock_sale_line AS u WHERE l.sale_id = 5 AND u.sale_id < 4`: "5 more pieces are named than units",
			"UPDATE omnistock_sale_line SET units = -3, total = total - unit_price WHERE sale_id = 5": "4 more came back than was sold, 5 a line has no movement, 5 the sums are not those of the lines",
		} {
			if got := s.tamper(t, query); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		if flaws, n, err := s.Sales.Verify(t.Context(), other.Vendor); len(flaws) > 0 || n != 0 || err != nil {
			t.Errorf("another vendor: %v, %d, %v", flaws, n, err)
		}
	})
}

// tamper returns what Verify finds after a query, which is undone.
func (s *system) tamper(t *testing.T, query string) string {
	t.Helper()
	exec := func(query string) {
		t.Helper()
		err := db.InTx(t.Context(), s.App.DB, func(ctx context.Context, tx bun.Tx) error {
			return db.Rewriting(ctx, tx, func() error {
				_, err := tx.NewRaw(query).Exec(ctx)
				return err
			})
		})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	tables := []string{"omnistock_sale", "omnistock_sale_line", "omnistock_sale_line_serial", "omnistock_sale_tender", "omnistock_receipt_counter", "omnistock_stock_movement"}
	for _, table := range tables {
		exec("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table)
	}
	exec(query)
	flaws, _, err := s.Sales.Verify(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		exec("DELETE FROM " + table)
		exec("INSERT INTO " + table + " SELECT * FROM kept_" + table)
		exec("DROP TABLE kept_" + table)
	}
	texts := make([]string, len(flaws))
	for i, f := range flaws {
		texts[i] = fmt.Sprint(f.Receipt, " ", f.What)
	}
	slices.Sort(texts)
	return strings.Join(texts, ", ")
}
