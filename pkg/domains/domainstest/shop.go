package domainstest

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains"
)

// A Shop is an owner with a vendor and its default store.
type Shop struct {
	apptest.Client // the owner's
	*domains.Domains
	App           *apptest.App
	Ctx           context.Context //nolint:containedctx // the owner's
	Vendor, Store int64
}

// Each runs fn as subtests on SQLite and on PostgreSQL, each with Alice's shop in a database of its own.
func Each(t *testing.T, fn func(t *testing.T, s *Shop)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, New(t, db)) })
}

// New opens Alice's shop in the database.
func New(t testing.TB, db *bun.DB, change ...func(*domains.Options)) *Shop {
	t.Helper()
	a, d := NewApp(t, db, change...)
	return (&Shop{Domains: d, App: a}).As(t, "alice")
}

// As opens the shop of another owner in the same database.
func (s *Shop) As(t testing.TB, owner string) *Shop {
	t.Helper()
	other := *s
	other.Client = s.App.SignUp(t, owner)
	other.Vendor = other.Post(t, "/api/v1/vendors/", map[string]any{"name": owner + "'s"}).ID(t, http.StatusCreated)
	other.Store = s.Number(t, "SELECT id FROM collectibles_store WHERE vendor_id = ?", other.Vendor)
	id := s.Number(t, "SELECT id FROM users_user WHERE username = ?", owner)
	other.Ctx = core.WithActor(context.Background(), core.Actor{UserID: id, Username: owner})
	return &other
}

// OpenStore makes another store and returns its id.
func (s *Shop) OpenStore(t testing.TB, name string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-stores/", map[string]any{"name": name}).ID(t, http.StatusCreated)
}

// A Worker is somebody who works for the vendor.
type Worker struct {
	apptest.Client
	Member, Access int64 // Access is 0 where no store is open to them
}

// Invite invites the account of that name and returns the membership's id.
func (s *Shop) Invite(t testing.TB, name, role string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-members/", map[string]any{"email": name + "@shop.example", "role": role}).ID(t, http.StatusCreated)
}

// Employ signs somebody up, who is then invited and accepts. No store is open to them.
func (s *Shop) Employ(t testing.TB, name, role string) Worker {
	t.Helper()
	w := Worker{Client: s.App.SignUp(t, name)}
	w.Member = s.Invite(t, name, role)
	w.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", w.Member), nil).Want(t, http.StatusOK, "")
	return w
}

// Grant opens a store to a member and returns the access's id.
func (s *Shop) Grant(t testing.TB, store, member int64, role string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/vendor-store-access/", map[string]any{"store": store, "member": member, "role": role}).ID(t, http.StatusCreated)
}

// Hire employs somebody as staff, with a role in one store.
func (s *Shop) Hire(t testing.TB, name, role string, store int64) Worker {
	t.Helper()
	w := s.Employ(t, name, "staff")
	w.Access = s.Grant(t, store, w.Member, role)
	return w
}
