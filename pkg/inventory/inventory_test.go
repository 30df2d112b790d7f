package inventory_test

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
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/overview"
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/sales"
	pieces "github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func build(t testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
	t.Helper()
	return buildWith(db, apptest.NewImages(t))
}

func buildWith(db *bun.DB, images *storage.Images) (func(context.Context, string) (core.Actor, error), []app.Module) {
	us := users.NewService(db, users.Options{
		Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
	})
	vs := vendors.NewService(db, us, images, time.Now)
	ss := stock.NewService(db, us, vs, time.Now)
	is := inventory.NewService(db, us, vs, ss, images, time.Now)
	ts := stocktake.NewService(db, vs, ss, time.Now)
	return us.Authenticate, []app.Module{
		images.Module(), us.Module(), vs.Module(), catalog.NewService(db, vs, time.Now).Module(), ss.Module(), is.Module(),
		pricing.NewService(db, vs, time.Now).Module(), overview.NewService(db, vs, time.Now).Module(),
		sales.NewService(db, vs, ss, time.Now).Module(), ts.Module(), pieces.NewService(db, vs, ss, time.Now).Module(),
		costing.NewService(db, vs, ss, time.Now).Module(),
	}
}

const itemsPath = "/api/v1/collectibles/"

func itemPath(id int64) string { return fmt.Sprintf("%s%d/", itemsPath, id) }

// A shop is an owner with a vendor and its default store.
type shop struct {
	apptest.Client
	vendor, store int64
}

func newShop(t testing.TB, a *apptest.App, owner string) shop {
	t.Helper()
	client := a.SignUp(t, owner)
	v := client.Post(t, "/api/v1/vendors/", map[string]any{"name": owner + "'s shop"})
	stores, _ := v.Object(t, http.StatusCreated)["stores"].([]any)
	store, _ := stores[0].(map[string]any)
	var storeID int64
	if _, err := fmt.Sscan(fmt.Sprint(store["id"]), &storeID); err != nil {
		t.Fatal(err)
	}
	return shop{Client: client, vendor: v.ID(t, http.StatusCreated), store: storeID}
}

// body is an item's JSON with the members given.
func (s shop) body(sku, members string) string {
	return fmt.Sprintf(`{"name": "item %[1]s", "sku": "%[1]s", "quantity": 1, "store": %[2]d, %[3]s "x": 0}`, sku, s.store, members)
}

// add makes an item and returns its id.
func (s shop) add(t testing.TB, sku, members string) int64 {
	t.Helper()
	return s.Post(t, itemsPath, s.body(sku, members)).ID(t, http.StatusCreated)
}

// each runs fn on both engines with two shops.
func each(t *testing.T, fn func(t *testing.T, a *apptest.App, alice, dave shop)) {
	t.Helper()
	apptest.Each(t, build, func(t *testing.T, a *apptest.App) {
		fn(t, a, newShop(t, a, "alice"), newShop(t, a, "dave"))
	})
}
