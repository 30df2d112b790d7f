package catalog_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is the program as far as it knows reference data, with two vendors.
type system struct {
	*apptest.App
	catalog     *catalog.Service
	alice, dave shop
}

// A shop is an owner with a vendor.
type shop struct {
	apptest.Client
	vendor int64
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	s := &system{}
	build := func(t testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		t.Helper()
		images := apptest.NewImages(t)
		us := users.NewService(db, users.Options{
			Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
		})
		vs := vendors.NewService(db, us, images, time.Now)
		s.catalog = catalog.NewService(db, vs, time.Now)
		return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module(), s.catalog.Module()}
	}
	apptest.Each(t, build, func(t *testing.T, a *apptest.App) {
		s.App, s.alice, s.dave = a, newShop(t, a, "alice"), newShop(t, a, "dave")
		fn(t, s)
	})
}

func newShop(t *testing.T, a *apptest.App, owner string) shop {
	t.Helper()
	client := a.SignUp(t, owner)
	return shop{client, client.Post(t, "/api/v1/vendors/", map[string]any{"name": owner}).ID(t, 201)}
}

// hire gives somebody new a role.
func (sh shop) hire(t *testing.T, a *apptest.App, name, role string) apptest.Client {
	t.Helper()
	client := a.SignUp(t, name)
	id := sh.Post(t, "/api/v1/vendor-members/", map[string]any{"email": name + "@shop.example", "role": role}).ID(t, 201)
	client.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", id), nil).Want(t, 200, "")
	return client
}

// table reads one from CSV.
func table(t *testing.T, name, csv string) []catalog.Table {
	t.Helper()
	tables, err := catalog.ReadTables(name+".csv", []byte(csv), "")
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func (s *system) load(t *testing.T, tables []catalog.Table) []catalog.Count {
	t.Helper()
	counts, err := s.catalog.Load(t.Context(), tables, false)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func (s *system) seed(t *testing.T) []catalog.Count {
	t.Helper()
	tables, err := fixtures.Reference()
	if err != nil {
		t.Fatal(err)
	}
	return s.load(t, tables)
}

const reference = "/api/v1/reference/"

// find returns the id of the row with the slug.
func find(t *testing.T, c apptest.Client, list, slug string) int64 {
	t.Helper()
	for _, row := range c.Get(t, reference+list+"q="+slug+"&limit=500").List(t) {
		if row["slug"] == slug {
			var id int64
			if _, err := fmt.Sscan(fmt.Sprint(row["id"]), &id); err != nil {
				t.Fatal(err)
			}
			return id
		}
	}
	t.Fatalf("%s has no %s", list, slug)
	return 0
}
