package pricing_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store.
type system struct{ *domainstest.Shop }

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	domainstest.Each(t, func(t *testing.T, s *domainstest.Shop) { fn(t, &system{s}) })
}

// add makes an item in a store and returns its id.
func (s *system) add(t *testing.T, sku string, store int64) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": "item " + sku, "sku": sku, "quantity": 1, "store": store, "price": "7.00"}).
		ID(t, http.StatusCreated)
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
	if err := s.App.DB.NewRaw("SELECT count(*) FROM omnistock_price_observation").Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}
