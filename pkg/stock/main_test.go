package stock_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/stock"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store.
type system struct{ *domainstest.Shop }

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t testing.TB, db *bun.DB) *system {
	t.Helper()
	return &system{domainstest.New(t, db)}
}

// as is the system of another owner, with a vendor of their own.
func (s *system) as(t testing.TB, owner string) *system {
	t.Helper()
	return &system{s.As(t, owner)}
}

// add makes an item and returns its id.
func (s *system) add(t *testing.T, sku string, quantity int) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.Store, "intake_price": "2.50"}).
		ID(t, http.StatusCreated)
}

func itemPath(id int64) string      { return fmt.Sprintf("/api/v1/collectibles/%d/", id) }
func movementsPath(id int64) string { return itemPath(id) + "movements/" }
func undoPath(id int64) string      { return fmt.Sprintf("/api/v1/stock/movements/%d/undo/", id) }

// rows are the ledger of an item, one text a movement, the oldest first.
func (s *system) rows(t *testing.T, idb bun.IDB, item int64) (rows []string) {
	t.Helper()
	err := idb.NewRaw(`SELECT kind || ' ' || delta || ' -> ' || quantity_after || ' @' || store_id || ' ' || reason
		FROM omnistock_stock_movement WHERE item_id = ? ORDER BY id`, item).Scan(t.Context(), &rows)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i] = strings.TrimSpace(strings.ReplaceAll(rows[i], fmt.Sprintf("@%d", s.Store), "@home"))
	}
	return rows
}

// flaws are what verify finds.
func (s *system) flaws(t *testing.T) (flaws []stock.Flaw) {
	t.Helper()
	_, err := s.Stock.Verify(t.Context(), nil, func(f stock.Flaw) error { flaws = append(flaws, f); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return flaws
}

func mustExec(t *testing.T, idb bun.IDB, query string, args ...any) {
	t.Helper()
	if _, err := idb.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
