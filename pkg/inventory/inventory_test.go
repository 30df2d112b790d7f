package inventory_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const itemsPath = "/api/v1/collectibles/"

func itemPath(id int64) string { return fmt.Sprintf("%s%d/", itemsPath, id) }

// A shop is an owner with a vendor and its default store.
type shop struct{ *domainstest.Shop }

// body is an item's JSON with the members given.
func (s shop) body(sku, members string) string {
	return fmt.Sprintf(`{"name": "item %[1]s", "sku": "%[1]s", "quantity": 1, "store": %[2]d, %[3]s "x": 0}`, sku, s.Store, members)
}

// add makes an item and returns its id.
func (s shop) add(t testing.TB, sku, members string) int64 {
	t.Helper()
	return s.Post(t, itemsPath, s.body(sku, members)).ID(t, http.StatusCreated)
}

// each runs fn on both engines with two shops.
func each(t *testing.T, fn func(t *testing.T, a *apptest.App, alice, dave shop)) {
	t.Helper()
	domainstest.Each(t, func(t *testing.T, s *domainstest.Shop) { fn(t, s.App, shop{s}, shop{s.As(t, "dave")}) })
}
