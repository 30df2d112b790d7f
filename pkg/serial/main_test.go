package serial_test

import (
	"fmt"
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

// as is the system of another owner, with a vendor of their own.
func (s *system) as(t testing.TB, owner string) *system {
	t.Helper()
	return &system{s.As(t, owner)}
}

// add makes an item and returns its id.
func (s *system) add(t *testing.T, sku string, quantity int) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.Store, "intake_price": "2.50",
	}).ID(t, http.StatusCreated)
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
