package stocktake_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

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
	return s.addOf(t, sku, quantity, "card")
}

func (s *system) addOf(t *testing.T, sku string, quantity int, category string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{
		"name": "item " + sku, "sku": sku, "quantity": quantity, "store": s.Store, "intake_price": "2.50", "category": category,
	}).ID(t, http.StatusCreated)
}

const path = "/api/v1/stocktakes/"

func at(id int64, rest string) string { return fmt.Sprintf("%s%d/%s", path, id, rest) }

// begin opens a stocktake of the whole store.
func (s *system) begin(t *testing.T) int64 {
	t.Helper()
	return s.Post(t, path, map[string]any{"store": s.Store}).ID(t, http.StatusCreated)
}

// scan counts units of an item, under a key of its own.
func (s *system) scan(t *testing.T, id, item int64, units int, members ...any) {
	t.Helper()
	sc := map[string]any{"item": item, "units": units, "client_key": fmt.Sprintf("key-%d", time.Now().UnixNano())}
	for i := 0; i < len(members); i += 2 {
		sc[members[i].(string)] = members[i+1]
	}
	s.Post(t, at(id, "scans/"), map[string]any{"scans": []any{sc}}).Want(t, http.StatusOK, "")
}

// move makes a movement of an item.
func (s *system) move(t *testing.T, item int64, kind string, delta int) {
	t.Helper()
	s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", item), map[string]any{"kind": kind, "delta": delta}).
		Want(t, http.StatusCreated, "")
}

func (s *system) post(t *testing.T, id int64, missing string) {
	t.Helper()
	s.Post(t, at(id, "post/"), map[string]any{"missing": missing}).Want(t, http.StatusOK, "")
}

func (s *system) wantQuantity(t *testing.T, item, want int64) {
	t.Helper()
	if got := s.Quantity(t, item); got != want {
		t.Errorf("quantity of %d = %d, want %d", item, got, want)
	}
}

// differences are those of a stocktake, "sku: counted of expected" each.
func (s *system) differences(t *testing.T, id int64, which string) (texts []string) {
	t.Helper()
	for _, d := range s.Get(t, at(id, "differences/?which="+which)).List(t) {
		texts = append(texts, fmt.Sprintf("%v: %v of %v", d["sku"], d["counted"], d["expected"]))
	}
	return texts
}
