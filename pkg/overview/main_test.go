package overview_test

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

// add makes an item of one of the owner's stores, with fields that replace the usual ones, and returns its id.
func (s *system) add(t *testing.T, sku string, fields map[string]any) int64 {
	t.Helper()
	body := map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": 4, "store": s.Store, "intake_price": "2.50", "price": "4.00",
		"projected_price": "5.00", "category": "TCG",
	}
	maps.Copy(body, fields)
	return s.Post(t, "/api/v1/collectibles/", body).ID(t, http.StatusCreated)
}

func itemPath(id int64) string { return fmt.Sprintf("/api/v1/collectibles/%d/", id) }

// mustVerify fails the test unless the summary says what the items have.
func (s *system) mustVerify(t *testing.T) {
	t.Helper()
	drift, err := s.Overview.Verify(t.Context())
	if err != nil || len(drift) > 0 {
		t.Fatalf("the summary is wrong: %+v, %v", drift, err)
	}
}
