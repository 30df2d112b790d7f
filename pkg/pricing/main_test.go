package pricing_test

import (
	"context"
	"fmt"
	"maps"
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
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store.
type system struct {
	apptest.Client
	app           *apptest.App
	pricing       *pricing.Service
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
		ss := stock.NewService(db, us, vs, time.Now)
		is := inventory.NewService(db, us, vs, ss, images, time.Now)
		s.pricing = pricing.NewService(db, vs, time.Now)
		return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module(), ss.Module(), is.Module(), s.pricing.Module()}
	}, db)
	s.Client, s.vendor, s.store = s.newShop(t, "alice")
	var owner int64
	if err := db.NewRaw("SELECT id FROM users_user WHERE username = 'alice'").Scan(t.Context(), &owner); err != nil {
		t.Fatal(err)
	}
	s.ctx = core.WithActor(context.Background(), core.Actor{UserID: owner, Username: "alice"})
	return s
}

// newShop makes an owner with a vendor, and returns its default store.
func (s *system) newShop(t testing.TB, owner string) (client apptest.Client, vendor, store int64) {
	t.Helper()
	client = s.app.SignUp(t, owner)
	vendor = client.Post(t, "/api/v1/vendors/", map[string]any{"name": "Shop of " + owner}).ID(t, http.StatusCreated)
	err := s.app.DB.NewRaw("SELECT min(id) FROM collectibles_store WHERE vendor_id = ?", vendor).Scan(t.Context(), &store)
	if err != nil {
		t.Fatal(err)
	}
	return client, vendor, store
}

// add makes an item in a store and returns its id.
func (s *system) add(t *testing.T, sku string, store int64) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": "item " + sku, "sku": sku, "quantity": 1, "store": store, "price": "7.00"}).
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

func itemPath(id int64) string   { return fmt.Sprintf("/api/v1/collectibles/%d/", id) }
func pricesPath(id int64) string { return itemPath(id) + "prices/" }

// price is a body, with fields that replace the usual ones.
func price(fields map[string]any) map[string]any {
	body := map[string]any{"source": "tcgplayer", "amount": "12.50", "currency": "USD", "observed_at": "2026-05-01T10:00:00Z"}
	maps.Copy(body, fields)
	return body
}

// count is how many observations there are.
func (s *system) count(t *testing.T) (n int) {
	t.Helper()
	if err := s.app.DB.NewRaw("SELECT count(*) FROM omnistock_price_observation").Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *system) mustExec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.app.DB.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
