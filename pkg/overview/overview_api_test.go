package overview_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const overviewPath = "/api/v1/inventory/overview/"

func show(t *testing.T, c apptest.Client, query string) map[string]any {
	t.Helper()
	return c.Get(t, overviewPath+query).Object(t, http.StatusOK)
}

// sums says those of an object of the answer in one text.
func sums(o any) string {
	m, _ := o.(map[string]any)
	return fmt.Sprintf("%v items %v units cost %v worth %v projected %v margin %v",
		m["items"], m["units"], m["cost"], m["worth"], m["projected"], m["margin"])
}

func list(t *testing.T, o any) (objects []map[string]any) {
	t.Helper()
	all, _ := o.([]any)
	for _, one := range all {
		m, _ := one.(map[string]any)
		objects = append(objects, m)
	}
	return objects
}

func skus(t *testing.T, o any) (names []string) {
	t.Helper()
	m, _ := o.(map[string]any)
	for _, it := range list(t, m["items"]) {
		names = append(names, fmt.Sprint(it["sku"]))
	}
	return names
}

func TestOverview_addsUpWhatThereIs(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		a := s.add(t, "A", nil)
		s.add(t, "B", map[string]any{"quantity": 1, "price": "100.10", "category": nil})
		s.add(t, "C", map[string]any{"quantity": 0, "price": "7.00"})
		d := s.add(t, "D", map[string]any{"quantity": 20, "store": annex, "category": "Games", "price": "0.05"})
		s.mustVerify(t)

		o := show(t, s.Client, "")
		if got, want := sums(o), "4 items 25 units cost 62.50 worth 117.10 projected 125.00 margin 54.60"; got != want {
			t.Errorf("overview = %s, want %s", got, want)
		}
		var stores, categories []string
		for _, st := range list(t, o["stores"]) {
			stores = append(stores, fmt.Sprintf("%v: %s", st["name"], sums(st)))
		}
		for _, c := range list(t, o["categories"]) {
			categories = append(categories, fmt.Sprintf("%v: %s", c["category"], sums(c)))
		}
		wantStores := []string{
			"Annex: 1 items 20 units cost 50.00 worth 1.00 projected 100.00 margin -49.00",
			"Default Store: 3 items 5 units cost 12.50 worth 116.10 projected 25.00 margin 103.60",
		}
		if diff := cmp.Diff(wantStores, stores); diff != "" {
			t.Errorf("stores (-want +got):\n%s", diff)
		}
		wantCategories := []string{
			": 1 items 1 units cost 2.50 worth 100.10 projected 5.00 margin 97.60",
			"TCG: 2 items 4 units cost 10.00 worth 16.00 projected 20.00 margin 6.00",
			"Games: 1 items 20 units cost 50.00 worth 1.00 projected 100.00 margin -49.00",
		}
		if diff := cmp.Diff(wantCategories, categories); diff != "" {
			t.Errorf("categories (-want +got):\n%s", diff)
		}
		if fmt.Sprint(o["sold_out"]) != "1" {
			t.Errorf("sold out = %v, want 1", o["sold_out"])
		}

		s.Post(t, itemPath(a)+"movements/", map[string]any{"kind": "sale", "delta": -2}).Want(t, http.StatusCreated, "")
		s.Patch(t, itemPath(d), map[string]any{"store": s.Store, "category": "TCG", "price": "1.00"}).Want(t, http.StatusOK, "")
		s.Delete(t, itemPath(a+1)).Want(t, http.StatusNoContent, "")
		s.mustVerify(t)
		o = show(t, s.Client, "")
		if got, want := sums(o), "3 items 22 units cost 55.00 worth 28.00 projected 110.00 margin -27.00"; got != want {
			t.Errorf("afterwards = %s, want %s", got, want)
		}
		if all := list(t, o["categories"]); len(all) != 1 {
			t.Errorf("categories = %v, want one", all)
		}
	})
}

func TestOverview_countsUnitsWhereTheyLie(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		id := s.add(t, "A", map[string]any{"quantity": 10})
		transfer := s.Post(t, "/api/v1/stock/transfers/", map[string]any{
			"from_store": s.Store, "to_store": annex, "lines": []any{map[string]any{"item": id, "units": 4}},
		}).ID(t, http.StatusCreated)
		if got, want := sums(show(t, s.Client, "")), "1 items 6 units cost 15.00 worth 24.00 projected 30.00 margin 9.00"; got != want {
			t.Errorf("on the way: %s, want %s", got, want)
		}
		s.Post(t, fmt.Sprintf("/api/v1/stock/transfers/%d/receive/", transfer), map[string]any{"lines": []any{map[string]any{"item": id, "units": 4}}}).
			Want(t, http.StatusOK, "")
		o := show(t, s.Client, "")
		if got, want := sums(o), "1 items 10 units cost 25.00 worth 40.00 projected 50.00 margin 15.00"; got != want {
			t.Errorf("overview = %s, want %s", got, want)
		}
		if got, want := sums(list(t, o["stores"])[0]), "0 items 4 units cost 10.00 worth 16.00 projected 20.00 margin 6.00"; got != want {
			t.Errorf("annex = %s, want %s", got, want)
		}
		viewer := s.Hire(t, "viewer", "view_only", annex)
		if got, want := sums(show(t, viewer.Client, "")), "0 items 4 units cost 10.00 worth 16.00 projected 20.00 margin 6.00"; got != want {
			t.Errorf("to whom the annex is open: %s, want %s", got, want)
		}
		s.mustVerify(t)
	})
}

func TestOverview_listsLowAndSlowStock(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for i := range 25 {
			s.add(t, fmt.Sprintf("ONE-%02d", i), map[string]any{"quantity": 1})
		}
		s.add(t, "TWO", map[string]any{"quantity": 2})
		s.add(t, "TEN", map[string]any{"quantity": 10})
		s.add(t, "MORE", map[string]any{"quantity": 11})
		s.add(t, "NONE", map[string]any{"quantity": 0})
		low := func(query string) (count string, names []string) {
			m, _ := show(t, s.Client, query)["low_stock"].(map[string]any)
			return fmt.Sprint(m["count"]), skus(t, m)
		}
		if count, names := low(""); count != "26" || len(names) != 20 || names[0] != "ONE-00" {
			t.Errorf("low = %v, %v", count, names)
		}
		if count, _ := low("?low_stock=1"); count != "25" {
			t.Errorf("count = %v, want 25", count)
		}
		if count, _ := low("?low_stock=10"); count != "27" {
			t.Errorf("count = %v, want 27", count)
		}

		long := time.Now().UTC().Add(-100 * 24 * time.Hour)
		s.MustExec(t, "UPDATE collectibles_collectible SET updated_at = ? WHERE sku IN ('TEN', 'NONE')", long)
		s.MustExec(t, "UPDATE collectibles_collectible SET updated_at = ? WHERE sku = 'MORE'", long.Add(-time.Hour))
		slow := show(t, s.Client, "")["slow_stock"]
		if diff := cmp.Diff([]string{"MORE", "TEN"}, skus(t, slow)); diff != "" {
			t.Errorf("slow (-want +got):\n%s", diff)
		}
		if slow := show(t, s.Client, "?slow_days=101")["slow_stock"]; len(skus(t, slow)) != 0 {
			t.Errorf("slow after 101 days = %v, want none", slow)
		}
		s.MustExec(t, "UPDATE collectibles_collectible SET updated_at = ?", long)
		m, _ := show(t, s.Client, "")["slow_stock"].(map[string]any)
		if names := skus(t, m); len(names) != 20 || m["more"] != true {
			t.Errorf("slow = %v, more %v", names, m["more"])
		}
	})
}

func TestOverview_sumsUpSmallCategories(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for i := range 60 {
			s.add(t, fmt.Sprintf("S-%d", i), map[string]any{"category": fmt.Sprintf("C%d", i), "quantity": 1, "price": fmt.Sprintf("%d.00", i+1)})
		}
		o := show(t, s.Client, "")
		categories := list(t, o["categories"])
		if len(categories) != 50 || categories[0]["category"] != "C59" || categories[49]["category"] != "C10" {
			t.Errorf("categories = %v", categories)
		}
		others, _ := o["other_categories"].(map[string]any)
		if got := fmt.Sprint(others["categories"], " ", sums(others)); got != "10 10 items 10 units cost 25.00 worth 55.00 projected 50.00 margin 30.00" {
			t.Errorf("others = %v", others)
		}
	})
}

func TestOverview_showsWhatTheActorMayRead(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		s.add(t, "HOME", map[string]any{"quantity": 2})
		s.add(t, "ANNEX", map[string]any{"quantity": 1, "store": annex, "category": "Games"})
		s.MustExec(t, "UPDATE collectibles_collectible SET updated_at = ?", time.Now().UTC().Add(-1000*24*time.Hour))
		const nothing = "0 items 0 units cost 0.00 worth 0.00 projected 0.00 margin 0.00"
		viewer, idler := s.Hire(t, "viewer", "view_only", annex), s.Employ(t, "idler", "staff")
		for name, tt := range map[string]struct {
			client apptest.Client
			want   string
		}{
			"viewer":  {viewer.Client, "1 items 1 units cost 2.50 worth 4.00 projected 5.00 margin 1.50"},
			"nowhere": {idler.Client, nothing},
		} {
			o := show(t, tt.client, "")
			if got := sums(o); got != tt.want {
				t.Errorf("%s: %s, want %s", name, got, tt.want)
			}
			for _, it := range append(skus(t, o["low_stock"]), skus(t, o["slow_stock"])...) {
				if it != "ANNEX" {
					t.Errorf("%s sees %s", name, it)
				}
			}
			for _, st := range list(t, o["stores"]) {
				if st["name"] != "Annex" {
					t.Errorf("%s sees the store %v", name, st)
				}
			}
		}
		other := s.As(t, "mallory")
		if got := sums(show(t, other.Client, "")); got != nothing {
			t.Errorf("another vendor's owner: %s", got)
		}
		if got := sums(show(t, s.App.SignUp(t, "newcomer"), "")); got != nothing {
			t.Errorf("who works for nobody: %s", got)
		}
		s.App.Get(t, overviewPath).Want(t, http.StatusUnauthorized, "")
	})
}

// TestOverview_currencies: nobody takes a sum of dollars and euros for one of either.
func TestOverview_currencies(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		in := func(store int64, currency string) {
			s.Patch(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", store), map[string]any{"currency": currency}).Want(t, http.StatusOK, "")
		}
		want := func(common any, annexes string) {
			t.Helper()
			o := show(t, s.Client, "")
			if got := list(t, o["stores"])[0]["currency"]; o["currency"] != common || got != annexes {
				t.Errorf("currency = %v, the annex's %v, want %v, %s", o["currency"], got, common, annexes)
			}
		}
		want("", "")
		in(annex, "EUR")
		want(nil, "EUR")
		in(s.Store, "EUR")
		want("EUR", "EUR")
	})
}

func TestOverview_badInput(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for _, query := range []string{"?low_stock=0", "?low_stock=11", "?low_stock=x", "?slow_days=0", "?slow_days=3651", "?slow_days=-1", "?slow_days=1e9"} {
			if res := s.Get(t, overviewPath+query); res.Status != http.StatusBadRequest {
				t.Errorf("%s: status = %d, want 400", query, res.Status)
			}
		}
	})
}

// TestOverview_hugeAmounts puts in what the columns of an item hold at most.
func TestOverview_hugeAmounts(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "HUGE", map[string]any{"quantity": 2147483647, "price": "99999999.99", "intake_price": "4.00", "projected_price": "99999999.99"})
		s.add(t, "HUGE-2", map[string]any{"quantity": 2147483647, "price": "99999999.99"})
		s.add(t, "SMALL", map[string]any{"quantity": 1, "price": "0.01"})
		s.mustVerify(t)
		if got := show(t, s.Client, "")["worth"]; got != "20000000000.01" {
			t.Errorf("worth = %v, want each cut at 10000000000.00", got)
		}
		s.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		s.Delete(t, itemPath(id+1)).Want(t, http.StatusNoContent, "")
		s.mustVerify(t)
		if got := show(t, s.Client, "")["worth"]; got != "0.01" {
			t.Errorf("worth = %v, want 0.01", got)
		}
	})
}
