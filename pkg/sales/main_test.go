package sales_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const salesPath = "/api/v1/sales/"

// A system is an owner with a vendor and its default store, which takes 8.25 % of tax in US dollars.
type system struct {
	apptest.Client
	app           *apptest.App
	sales         *sales.Service
	stock         *stock.Service
	costing       *costing.Service
	ctx           context.Context //nolint:containedctx // the owner's
	vendor, store int64
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t testing.TB, db *bun.DB) *system {
	t.Helper()
	s := &system{}
	images := apptest.NewImages(t)
	s.app = apptest.New(t, func(_ testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		us := users.NewService(db, users.Options{
			Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
		})
		vs := vendors.NewService(db, us, images, time.Now)
		s.stock = stock.NewService(db, us, vs, time.Now)
		is := inventory.NewService(db, us, vs, s.stock, images, time.Now)
		s.sales = sales.NewService(db, vs, s.stock, time.Now)
		s.costing = costing.NewService(db, vs, s.stock, time.Now)
		return us.Authenticate, []app.Module{
			images.Module(), us.Module(), vs.Module(), catalog.NewService(db, vs, time.Now).Module(), s.stock.Module(), is.Module(),
			serial.NewService(db, vs, s.stock, time.Now).Module(), s.costing.Module(), s.sales.Module(),
		}
	}, db)
	return s.as(t, "alice")
}

// as is the system of another owner, with a vendor of their own.
func (s *system) as(t testing.TB, owner string) *system {
	t.Helper()
	other := *s
	other.Client = s.app.SignUp(t, owner)
	other.vendor = other.Post(t, "/api/v1/vendors/", map[string]any{"name": owner + "'s"}).ID(t, http.StatusCreated)
	scan(t, s.app.DB, &other.store, "SELECT id FROM collectibles_store WHERE vendor_id = ?", other.vendor)
	other.setStore(t, other.store, `{"currency": "USD", "default_tax_rate": "8.25"}`)
	var id int64
	scan(t, s.app.DB, &id, "SELECT id FROM users_user WHERE username = ?", owner)
	other.ctx = core.WithActor(context.Background(), core.Actor{UserID: id, Username: owner})
	return &other
}

func (s *system) setStore(t testing.TB, store int64, change string) {
	t.Helper()
	s.Patch(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", store), change).Want(t, http.StatusOK, "")
}

// add makes an item in the owner's store and returns its id.
func (s *system) add(t testing.TB, sku string, quantity int, price string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.store, "intake_price": "2.50", "price": price,
	}).ID(t, http.StatusCreated)
}

// open makes another store.
func (s *system) open(t testing.TB, name string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-stores/", map[string]any{"name": name}).ID(t, http.StatusCreated)
}

// hire makes somebody work in a store, and returns them and their store access.
func (s *system) hire(t testing.TB, name, role string, store int64) (apptest.Client, int64) {
	t.Helper()
	client := s.app.SignUp(t, name)
	member := s.Post(t, "/api/v1/vendor-members/", map[string]any{"email": name + "@shop.example", "role": "staff"}).ID(t, http.StatusCreated)
	client.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", member), nil).Want(t, http.StatusOK, "")
	access := s.Post(t, "/api/v1/vendor-store-access/", map[string]any{"store": store, "member": member, "role": role}).ID(t, http.StatusCreated)
	return client, access
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
	return fmt.Sprintf(`{"store": %d, "lines": [%s]%s}`, s.store, lines, rest)
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

// quantity of an item.
func (s *system) quantity(t testing.TB, item int64) (n int64) {
	t.Helper()
	scan(t, s.app.DB, &n, "SELECT quantity FROM collectibles_collectible WHERE id = ?", item)
	return n
}

// movements of an item, the oldest first.
func (s *system) movements(t testing.TB, item int64) (rows []string) {
	t.Helper()
	scan(t, s.app.DB, &rows, `SELECT kind || ' ' || delta || ' ' || coalesce(document, '-') || CASE WHEN undoes_id IS NULL THEN '' ELSE ' undoes' END
		|| CASE WHEN origin_id IS NULL THEN '' ELSE ' of one before' END FROM omnistock_stock_movement WHERE item_id = ? ORDER BY id`, item)
	return rows
}

// count counts the rows of a table.
func (s *system) count(t testing.TB, table string) (n int) {
	t.Helper()
	scan(t, s.app.DB, &n, "SELECT count(*) FROM ?", bun.Ident(table))
	return n
}

// mustVerify proves receipts and ledger.
func (s *system) mustVerify(t testing.TB) {
	t.Helper()
	flaws, _, err := s.sales.Verify(t.Context(), 0)
	if err != nil || len(flaws) > 0 {
		t.Errorf("receipts do not add up: %v, %v", flaws, err)
	}
	if _, err := s.stock.Verify(t.Context(), nil, func(f stock.Flaw) error { return fmt.Errorf("%+v", f) }); err != nil {
		t.Errorf("the ledger does not add up: %v", err)
	}
}

func scan(t testing.TB, idb bun.IDB, dest any, query string, args ...any) {
	t.Helper()
	if err := idb.NewRaw(query, args...).Scan(context.Background(), dest); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
