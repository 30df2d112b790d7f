package costing_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store, and a clock that stands still until it is moved.
type system struct {
	apptest.Client
	app           *apptest.App
	stock         *stock.Service
	costing       *costing.Service
	ctx           context.Context //nolint:containedctx // the owner's
	clock         *atomic.Int64   // microseconds since 1970
	vendor, store int64
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t testing.TB, db *bun.DB) *system {
	t.Helper()
	s := &system{clock: &atomic.Int64{}}
	s.clock.Store(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).UnixMicro())
	images := apptest.NewImages(t)
	s.app = apptest.New(t, func(_ testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		us := users.NewService(db, users.Options{
			Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
		})
		vs := vendors.NewService(db, us, images, time.Now)
		s.stock = stock.NewService(db, us, vs, s.now)
		s.costing = costing.NewService(db, vs, s.stock, s.now)
		is := inventory.NewService(db, us, vs, s.stock, images, time.Now)
		return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module(), s.stock.Module(), s.costing.Module(), is.Module()}
	}, db)
	s.open(t, "alice")
	var owner int64
	if err := db.NewRaw("SELECT id FROM users_user WHERE username = 'alice'").Scan(t.Context(), &owner); err != nil {
		t.Fatal(err)
	}
	s.ctx = core.WithActor(context.Background(), core.Actor{UserID: owner, Username: "alice"})
	return s
}

// open gives a new owner a vendor.
func (s *system) open(t testing.TB, owner string) {
	t.Helper()
	s.Client = s.app.SignUp(t, owner)
	s.vendor = s.Post(t, "/api/v1/vendors/", map[string]any{"name": owner}).ID(t, http.StatusCreated)
	if err := s.app.DB.NewRaw("SELECT min(id) FROM collectibles_store WHERE vendor_id = ?", s.vendor).Scan(t.Context(), &s.store); err != nil {
		t.Fatal(err)
	}
}

func (s *system) now() time.Time { return time.UnixMicro(s.clock.Load()).UTC() }

func (s *system) wait(d time.Duration) { s.clock.Add(d.Microseconds()) }

// add makes an item that cost so much, and returns its id.
func (s *system) add(t testing.TB, sku string, quantity int, cost string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": sku, "sku": sku, "quantity": quantity, "store": s.store, "intake_price": cost}).
		ID(t, http.StatusCreated)
}

// annex makes another store.
func (s *system) annex(t testing.TB) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-stores/", map[string]any{"name": "Annex"}).ID(t, http.StatusCreated)
}

// move sends a movement and returns its id.
func (s *system) move(t testing.TB, item int64, body string) int64 {
	t.Helper()
	return s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", item), body).ID(t, http.StatusCreated)
}

// worth is the valuation at a moment, as text.
func (s *system) worth(t testing.TB, at time.Time) string {
	t.Helper()
	v := s.Get(t, "/api/v1/stock/valuation/?at="+at.Format(time.RFC3339Nano)).Object(t, http.StatusOK)
	text := fmt.Sprintf("%v at %v", v["units"], v["cost"])
	for _, store := range v["stores"].([]any) {
		part := store.(map[string]any)
		text += fmt.Sprintf("; store %v: %v at %v", part["store"], part["units"], part["cost"])
	}
	if way := v["in_transit"].(map[string]any); fmt.Sprint(way["units"]) != "0" {
		text += fmt.Sprintf("; underway %v at %v", way["units"], way["cost"])
	}
	return text
}

func (s *system) want(t testing.TB, want string) {
	t.Helper()
	if got := s.worth(t, s.now()); got != want {
		t.Errorf("worth = %s, want %s", got, want)
	}
}

// hire makes somebody work in the store, and returns them and their access to it.
func (s *system) hire(t *testing.T, name, role string) (client apptest.Client, access int64) {
	t.Helper()
	client = s.app.SignUp(t, name)
	member := s.Post(t, "/api/v1/vendor-members/", map[string]any{"email": name + "@shop.example", "role": "staff"}).ID(t, http.StatusCreated)
	client.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", member), nil).Want(t, http.StatusOK, "")
	access = s.Post(t, "/api/v1/vendor-store-access/", map[string]any{"store": s.store, "member": member, "role": role}).ID(t, http.StatusCreated)
	return client, access
}

func (s *system) mustVerify(t *testing.T) {
	t.Helper()
	_, err := s.stock.Verify(t.Context(), nil, func(f stock.Flaw) error { t.Errorf("the ledger does not add up: %+v", f); return nil })
	if err != nil {
		t.Fatal(err)
	}
}
