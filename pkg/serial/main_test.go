package serial_test

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
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store.
type system struct {
	apptest.Client
	app    *apptest.App
	stock  *stock.Service
	serial *serial.Service
	ctx    context.Context //nolint:containedctx // the owner's
	store  int64
	vendor int64
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
		s.serial = serial.NewService(db, vs, s.stock, time.Now)
		return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module(), catalog.NewService(db, vs, time.Now).Module(), s.stock.Module(), is.Module(), s.serial.Module()}
	}, db)
	s.Client = s.app.SignUp(t, "alice")
	s.vendor = s.Post(t, "/api/v1/vendors/", map[string]any{"name": "Shop"}).ID(t, http.StatusCreated)
	s.store = s.number(t, "SELECT min(id) FROM collectibles_store")
	owner := s.number(t, "SELECT id FROM users_user WHERE username = 'alice'")
	s.ctx = core.WithActor(context.Background(), core.Actor{UserID: owner, Username: "alice"})
	return s
}

// number is what a query returns.
func (s *system) number(t testing.TB, query string, args ...any) (n int64) {
	t.Helper()
	if err := s.app.DB.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// add makes an item and returns its id.
func (s *system) add(t *testing.T, sku string, quantity int) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.store, "intake_price": "2.50",
	}).ID(t, http.StatusCreated)
}

// openStore makes another store.
func (s *system) openStore(t *testing.T, name string) int64 {
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

const path = "/api/v1/units/"

func at(id int64) string { return fmt.Sprintf("%s%d/", path, id) }

func unitsPath(item int64) string { return fmt.Sprintf("/api/v1/collectibles/%d/units/", item) }

// slab is the body that registers a certificate of PSA; members are further ones, as names and values in turn.
func slab(certificate string, members ...any) map[string]any {
	body := map[string]any{"grader": "psa", "certificate": certificate}
	for i := 0; i < len(members); i += 2 {
		body[members[i].(string)] = members[i+1]
	}
	return body
}

// move makes a movement of an item and returns its id.
func (s *system) move(t *testing.T, item int64, kind string, delta int) int64 {
	t.Helper()
	return s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", item), map[string]any{"kind": kind, "delta": delta}).
		ID(t, http.StatusCreated)
}

// quantity of an item in its own store.
func (s *system) quantity(t *testing.T, item int64) int64 {
	t.Helper()
	return s.number(t, "SELECT quantity FROM collectibles_collectible WHERE id = ?", item)
}

func (s *system) mustVerify(t *testing.T) {
	t.Helper()
	_, err := s.stock.Verify(t.Context(), nil, func(f stock.Flaw) error { t.Errorf("the ledger does not add up: %+v", f); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// newSystemOf makes another owner, with a vendor of their own.
func newSystemOf(t *testing.T, s *system, owner string) *system {
	t.Helper()
	other := &system{Client: s.app.SignUp(t, owner), app: s.app}
	other.vendor = other.Post(t, "/api/v1/vendors/", map[string]any{"name": owner}).ID(t, http.StatusCreated)
	return other
}

// setPermissions writes what everybody with access to a store may do there beside their role.
func (s *system) setPermissions(t *testing.T, document string) {
	t.Helper()
	if _, err := s.app.DB.NewRaw("UPDATE collectibles_storeaccess SET permissions = ?", document).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}
