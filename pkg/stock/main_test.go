package stock_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store.
type system struct {
	apptest.Client
	app           *apptest.App
	stock         *stock.Service
	inventory     *inventory.Service
	ctx           context.Context //nolint:containedctx // the owner's
	vendor, store int64
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t *testing.T, db *bun.DB) *system {
	t.Helper()
	s := &system{}
	images := apptest.NewImages(t)
	s.app = apptest.New(t, func(_ testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		us := users.NewService(db, users.Options{
			Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
		})
		vs := vendors.NewService(db, us, images, time.Now)
		s.stock = stock.NewService(db, us, vs, time.Now)
		s.inventory = inventory.NewService(db, us, vs, s.stock, images, time.Now)
		return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module(), s.stock.Module(), s.inventory.Module()}
	}, db)
	s.Client = s.app.SignUp(t, "alice")
	s.vendor = s.Post(t, "/api/v1/vendors/", map[string]any{"name": "Shop"}).ID(t, http.StatusCreated)
	if err := db.NewRaw("SELECT min(id) FROM collectibles_store").Scan(t.Context(), &s.store); err != nil {
		t.Fatal(err)
	}
	var owner int64
	if err := db.NewRaw("SELECT id FROM users_user WHERE username = 'alice'").Scan(t.Context(), &owner); err != nil {
		t.Fatal(err)
	}
	s.ctx = core.WithActor(context.Background(), core.Actor{UserID: owner, Username: "alice"})
	return s
}

// add makes an item and returns its id.
func (s *system) add(t *testing.T, sku string, quantity int) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.store, "intake_price": "2.50"}).
		ID(t, http.StatusCreated)
}

// open makes another store.
func (s *system) open(t *testing.T, name string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-stores/", map[string]any{"name": name}).ID(t, http.StatusCreated)
}

// hire makes somebody work in a store, and returns them.
func (s *system) hire(t *testing.T, name, role string, store int64) apptest.Client {
	t.Helper()
	client := s.app.SignUp(t, name)
	member := s.Post(t, "/api/v1/vendor-members/", map[string]any{"email": name + "@shop.example", "role": "staff"}).ID(t, http.StatusCreated)
	client.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", member), nil).Want(t, http.StatusOK, "")
	s.Post(t, "/api/v1/vendor-store-access/", map[string]any{"store": store, "member": member, "role": role}).ID(t, http.StatusCreated)
	return client
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
		rows[i] = strings.TrimSpace(strings.ReplaceAll(rows[i], fmt.Sprintf("@%d", s.store), "@home"))
	}
	return rows
}

// quantity of an item.
func (s *system) quantity(t *testing.T, item int64) (n int64) {
	t.Helper()
	if err := s.app.DB.NewRaw("SELECT quantity FROM collectibles_collectible WHERE id = ?", item).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// flaws are what verify finds.
func (s *system) flaws(t *testing.T) (flaws []stock.Flaw) {
	t.Helper()
	_, err := s.stock.Verify(t.Context(), nil, func(f stock.Flaw) error { flaws = append(flaws, f); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return flaws
}

func (s *system) mustVerify(t *testing.T) {
	t.Helper()
	if flaws := s.flaws(t); len(flaws) > 0 {
		t.Errorf("the ledger does not add up: %+v", flaws)
	}
}

func mustExec(t *testing.T, idb bun.IDB, query string, args ...any) {
	t.Helper()
	if _, err := idb.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
