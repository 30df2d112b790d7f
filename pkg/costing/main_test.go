package costing_test

import (
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is an owner with a vendor and its default store, and a clock that stands still until it is moved.
type system struct {
	*domainstest.Shop
	clock *atomic.Int64 // microseconds since 1970
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
	s.Shop = domainstest.New(t, db, func(o *domains.Options) { o.Now = s.now })
	return s
}

// as is the system of another owner, with a vendor of their own.
func (s *system) as(t testing.TB, owner string) *system {
	t.Helper()
	return &system{s.As(t, owner), s.clock}
}

func (s *system) now() time.Time { return time.UnixMicro(s.clock.Load()).UTC() }

func (s *system) wait(d time.Duration) { s.clock.Add(d.Microseconds()) }

// add makes an item that cost so much, and returns its id.
func (s *system) add(t testing.TB, sku string, quantity int, cost string) int64 {
	t.Helper()
	return s.Post(t, "/api/v1/collectibles/", map[string]any{"name": sku, "sku": sku, "quantity": quantity, "store": s.Store, "intake_price": cost}).
		ID(t, http.StatusCreated)
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
