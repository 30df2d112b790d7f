package sales_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const salesPath = "/api/v1/sales/"

// A system is an owner with a vendor and its default store, which takes 8.25 % of tax in US dollars.
type system struct{ *domainstest.Shop }

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t testing.TB, db *bun.DB) *system {
	t.Helper()
	return taxed(t, domainstest.New(t, db))
}

// as is the system of another owner, with a vendor of their own.
func (s *system) as(t testing.TB, owner string) *system {
	t.Helper()
	return taxed(t, s.As(t, owner))
}

func taxed(t testing.TB, shop *domainstest.Shop) *system {
	t.Helper()
	s := &system{shop}
	s.setStore(t, s.Store, `{"currency": "USD", "default_tax_rate": "8.25"}`)
	return s
}

func (s *system) setStore(t testing.TB, store int64, change string) {
	t.Helper()
	s.Patch(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", store), change).Want(t, http.StatusOK, "")
}

// add makes an item in the owner's store and returns its id.
func (s *system) add(t testing.TB, sku string, quantity int, price string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.Store, "intake_price": "2.50", "price": price,
	}).ID(t, http.StatusCreated)
}

// sell posts a sale in the owner's store: lines and the rest are JSON.
func (s *system) sell(t testing.TB, lines, rest string) *apptest.Response {
	t.Helper()
	return s.Post(t, salesPath, s.basket(lines, rest))
}

func (s *system) basket(lines, rest string) string {
	if rest != "" {
		rest = ", " + rest
	}
	return fmt.Sprintf(`{"store": %d, "lines": [%s]%s}`, s.Store, lines, rest)
}

func salePath(id int64) string { return fmt.Sprintf("%s%d/", salesPath, id) }

// lineIDs are those of a sale.
func lineIDs(t testing.TB, res *apptest.Response) (ids []int64) {
	t.Helper()
	for _, l := range list(res.Object(t, res.Status), "lines") {
		var id int64
		if _, err := fmt.Sscan(fmt.Sprint(l["id"]), &id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

func list(object map[string]any, name string) (elements []map[string]any) {
	members, _ := object[name].([]any)
	for _, m := range members {
		element, _ := m.(map[string]any)
		elements = append(elements, element)
	}
	return elements
}

// show is some members of an object, as text.
func show(object map[string]any, names ...string) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = fmt.Sprint(object[name])
	}
	return strings.Join(texts, " ")
}

// movements of an item, the oldest first.
func (s *system) movements(t testing.TB, item int64) (rows []string) {
	t.Helper()
	s.Scan(t, &rows, `SELECT kind || ' ' || delta || ' ' || coalesce(document, '-') || CASE WHEN undoes_id IS NULL THEN '' ELSE ' undoes' END
		|| CASE WHEN origin_id IS NULL THEN '' ELSE ' of one before' END FROM omnistock_stock_movement WHERE item_id = ? ORDER BY id`, item)
	return rows
}

// count counts the rows of a table.
func (s *system) count(t testing.TB, table string) (n int) {
	t.Helper()
	s.Scan(t, &n, "SELECT count(*) FROM ?", bun.Ident(table))
	return n
}

// mustVerify proves receipts and ledger.
func (s *system) mustVerify(t testing.TB) {
	t.Helper()
	flaws, _, err := s.Sales.Verify(t.Context(), 0)
	if err != nil || len(flaws) > 0 {
		t.Errorf("receipts do not add up: %v, %v", flaws, err)
	}
	s.MustVerify(t)
}
