package stocktake_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun/dialect"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
)

func (s *system) wantDifferences(t *testing.T, id int64, which string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.differences(t, id, which)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", which, diff)
	}
}

func TestStocktake_differencesArePosted(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		lost, found, right, unseen := s.add(t, "LOST", 5), s.add(t, "FOUND", 2), s.add(t, "RIGHT", 3), s.add(t, "UNSEEN", 4)
		id := s.begin(t)
		s.scan(t, id, lost, 3)
		s.scan(t, id, found, 2)
		s.scan(t, id, found, 1) // a colleague, elsewhere in the store
		s.scan(t, id, right, 4)
		s.scan(t, id, right, -1) // counted one twice
		s.wantDifferences(t, id, "", "LOST: 3 of 5", "FOUND: 3 of 2")
		s.wantDifferences(t, id, "scanned", "LOST: 3 of 5", "FOUND: 3 of 2", "RIGHT: 3 of 3")
		s.wantDifferences(t, id, "missing", "UNSEEN: 0 of 4")
		got := s.Get(t, at(id, "differences/")).List(t)[0]
		if got["value"] != "-5.00" || fmt.Sprint(got["difference"]) != "-2" || got["movement"] != nil {
			t.Errorf("difference = %v", got)
		}
		if p := s.Get(t, at(id, "")).Object(t, http.StatusOK); fmt.Sprint(p["items"], " ", p["units"], " ", p["state"]) != "3 9 open" {
			t.Errorf("progress = %v", p)
		}

		s.post(t, id, "keep")
		for item, want := range map[int64]int64{lost: 3, found: 3, right: 3, unseen: 4} {
			s.wantQuantity(t, item, want)
		}
		s.wantDifferences(t, id, "", "LOST: 3 of 5", "FOUND: 3 of 2") // as it was posted
		var rows []string
		err := s.App.DB.NewRaw(`SELECT m.sku || ' ' || m.kind || ' ' || m.delta || ' ' || m.document FROM omnistock_stock_movement AS m
			JOIN omnistock_stocktake_line AS l ON l.movement_id = m.id WHERE m.document_id = ? ORDER BY m.id`, id).Scan(t.Context(), &rows)
		if diff := cmp.Diff([]string{"LOST count -2 stocktake", "FOUND count 1 stocktake"}, rows); err != nil || diff != "" {
			t.Errorf("movements (-want +got): %v\n%s", err, diff)
		}
		s.MustVerify(t)
	})
}

// TestStocktake_salesMeanwhile goes through what may happen between the scans of an item and the posting. Each case tells
// what the ledger had, what was scanned and moved in turn, and what it has to have in the end.
func TestStocktake_salesMeanwhile(t *testing.T) {
	cases := map[string]struct {
		had   int
		turns string // "scan 3", "sale -1", …
		want  int64
	}{
		"sold before the scan":                          {5, "sale -1, scan 4", 4},
		"sold after the scan":                           {5, "scan 5, sale -1", 4},
		"one is lost, one sold after the scan":          {5, "scan 4, sale -1", 3},
		"one is lost, one sold before the scan":         {5, "sale -1, scan 3", 3},
		"came after the scan":                           {5, "scan 5, receive 10", 15},
		"sold meanwhile, of the counted":                {10, "scan 3, sale -1, scan 7", 9},
		"sold meanwhile, of the others":                 {10, "scan 3, sale -1, scan 6", 9},
		"sold meanwhile, and one is lost all the same":  {10, "scan 3, sale -1, scan 5", 8},
		"sold meanwhile, and one too many":              {10, "scan 3, sale -1, scan 8", 10},
		"came meanwhile, and was counted":               {10, "scan 3, receive 2, scan 9", 12},
		"came meanwhile, and was not":                   {10, "scan 3, receive 2, scan 7", 12},
		"corrected after a sale":                        {4, "scan 5, sale -1, scan -1", 3},
		"more sold than was counted":                    {5, "scan 2, sale -4", 0},
		"mended by a count after the scan":              {5, "scan 4, count -1", 4},
		"mended by a count before the scan":             {5, "count -1, scan 4", 4},
		"mended by a count meanwhile":                   {5, "scan 3, count -1, scan 1", 4},
		"a count mends the wrong way":                   {5, "scan 4, count 1", 4},
		"scanned in a store where the ledger had none":  {0, "scan 2", 2},
		"taken back whole":                              {5, "scan 5, scan -5", 0},
		"found, and sold again and again to the last":   {1, "scan 3, sale -1", 2},
		"lost and found: written off, then scanned":     {3, "write_off -1, scan 3", 3},
		"returned after the scan":                       {3, "sale -1, scan 2, return 1", 3},
		"sold and returned meanwhile, and all is there": {4, "scan 2, sale -1, return 1, scan 2", 4},
	}
	each(t, func(t *testing.T, s *system) {
		items := map[string]int64{}
		for name, c := range cases {
			items[name] = s.add(t, name, c.had)
		}
		id := s.begin(t)
		for name, c := range cases {
			for turn := range strings.SplitSeq(c.turns, ", ") {
				var kind string
				var n int
				if _, err := fmt.Sscan(turn, &kind, &n); err != nil {
					t.Fatal(err)
				}
				if kind == "scan" {
					s.scan(t, id, items[name], n)
				} else {
					s.move(t, items[name], kind, n)
				}
			}
		}
		s.post(t, id, "zero") // changes nothing of what was scanned
		for name, c := range cases {
			if got := s.Quantity(t, items[name]); got != c.want {
				t.Errorf("%s: quantity = %d, want %d", name, got, c.want)
			}
		}
		s.MustVerify(t)
	})
}

func TestStocktake_scansThatComeLate(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		early, late, ahead := s.add(t, "EARLY", 5), s.add(t, "LATE", 5), s.add(t, "AHEAD", 5)
		id := s.begin(t)
		scanned := time.Now()
		time.Sleep(2 * time.Millisecond)
		for _, item := range []int64{early, late, ahead} {
			s.move(t, item, "sale", -1)
		}
		s.scan(t, id, early, 5, "scanned_at", scanned)                      // before the sale
		s.scan(t, id, late, 4, "scanned_at", time.Now())                    // after it
		s.scan(t, id, ahead, 4, "scanned_at", time.Now().Add(24*time.Hour)) // by a clock that is wrong
		s.wantDifferences(t, id, "")
		s.scan(t, id, late, 1, "scanned_at", "2001-01-01T00:00:00Z") // no earlier than the stocktake
		s.wantDifferences(t, id, "")
		s.wantDifferences(t, id, "scanned", "EARLY: 5 of 5", "LATE: 5 of 5", "AHEAD: 4 of 4")
		s.post(t, id, "keep")
		s.wantQuantity(t, early, 4)
		s.wantQuantity(t, late, 4)
		s.MustVerify(t)
	})
}

func TestStocktake_missing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		gone, sold, came, both, elsewhere := s.add(t, "GONE", 5), s.add(t, "SOLD", 5), s.add(t, "CAME", 5), s.add(t, "BOTH", 5), s.add(t, "ELSEWHERE", 5)
		figure := s.addOf(t, "FIGURE", 5, "figure")
		s.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", elsewhere), map[string]any{"store": annex}).Want(t, http.StatusOK, "")
		id := s.Post(t, path, map[string]any{"store": s.Store, "category": "CARD"}).ID(t, http.StatusCreated)
		s.move(t, sold, "sale", -2)
		s.move(t, came, "receive", 10)
		s.move(t, both, "receive", 10)
		s.move(t, both, "sale", -12)
		s.add(t, "NEW", 7)
		s.wantDifferences(t, id, "missing", "GONE: 0 of 5", "SOLD: 0 of 3", "CAME: 0 of 5")
		s.post(t, id, "zero")
		for item, want := range map[int64]int64{gone: 0, sold: 0, came: 10, both: 3, elsewhere: 5, figure: 5} {
			s.wantQuantity(t, item, want)
		}
		s.wantDifferences(t, id, "", "GONE: 0 of 5", "SOLD: 0 of 3", "CAME: 0 of 5")
		s.MustVerify(t)
	})
}

// TestStocktake_onlyItsStore has an item in two stores, of which one is counted.
func TestStocktake_onlyItsStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		item, unseen := s.add(t, "A", 5), s.add(t, "UNSEEN", 1)
		for _, in := range []int64{item, unseen} {
			s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/", in)+"movements/", map[string]any{"kind": "receive", "delta": 3}).Want(t, http.StatusCreated, "")
		}
		if _, _, err := s.Stock.Move(s.Ctx, item, stock.Order{Kind: stock.Receive, StoreID: core.Some(annex), Delta: core.Some(int32(4))}); err != nil {
			t.Fatal(err)
		}
		id := s.Post(t, path, map[string]any{"store": annex}).ID(t, http.StatusCreated)
		s.wantDifferences(t, id, "missing", "A: 0 of 4")
		s.scan(t, id, item, 3)
		s.scan(t, id, unseen, 2) // somebody left it there
		s.wantDifferences(t, id, "", "A: 3 of 4", "UNSEEN: 2 of 0")
		s.post(t, id, "zero")
		s.wantQuantity(t, item, 8)
		s.wantQuantity(t, unseen, 4)
		level := s.Number(t, "SELECT quantity FROM omnistock_stock_level WHERE item_id = ? AND store_id = ?", item, annex)
		found := s.Number(t, "SELECT quantity FROM omnistock_stock_level WHERE item_id = ? AND store_id = ?", unseen, annex)
		if level != 3 || found != 2 {
			t.Errorf("levels = %d and %d, want 3 and 2", level, found)
		}
		s.MustVerify(t)
	})
}

func TestStocktake_deletedItemsStandInNobodysWay(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		gone, lost := s.add(t, "GONE", 5), s.add(t, "LOST", 5)
		id := s.begin(t)
		s.scan(t, id, gone, 3)
		s.scan(t, id, lost, 3)
		s.Delete(t, fmt.Sprintf("/api/v1/collectibles/%d/", gone)).Want(t, http.StatusNoContent, "")
		s.post(t, id, "zero")
		s.wantQuantity(t, lost, 3)
		s.wantDifferences(t, id, "", "GONE: 3 of 5", "LOST: 3 of 5")
		s.MustVerify(t)
	})
}

// TestStocktake_opensWhileTheStoreSells: what sells holds the store and its items, in an order that is its own, so who opens
// a stocktake there must not wait for it.
func TestStocktake_opensWhileTheStoreSells(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		if s.App.DB.Dialect().Name() != dialect.PG {
			t.Skip("on SQLite all that writes waits for each other")
		}
		tx, err := s.App.DB.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback() //nolint:errcheck // it only held
		q := tx.NewSelect().TableExpr("collectibles_store AS s").ColumnExpr("s.id").Where("s.id = ?", s.Store)
		if err := db.Hold(q, "s").Scan(t.Context(), new(int64)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(s.Ctx, 10*time.Second)
		defer cancel()
		if _, _, err := s.Stocktakes.Begin(ctx, stocktake.Request{StoreID: s.Store}); err != nil {
			t.Errorf("a stocktake while somebody sells: %v", err)
		}
	})
}
