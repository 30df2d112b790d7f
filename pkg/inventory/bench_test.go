package inventory_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

const benchItems = 100

// BenchmarkList measures the list of 100 collectibles with card details and two images each, access token checked,
// beside a handler written by hand for this one answer: it reads the same rows and writes the same JSON, without
// credentials, vendor or framework. Compare the requests a second of one run.
func BenchmarkList(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			url := dbtest.NewURL(b, engine)
			handler, request, vendorID := benchShop(b, url)
			byHand := handwrittenSQLite(b, url, vendorID)
			if engine == dbtest.Postgres {
				byHand = handwrittenPostgres(b, url, vendorID)
			}
			if ours, theirs := answer(b, handler, request), answer(b, byHand, request); ours != theirs {
				b.Fatalf("the handlers differ:\n%.3000s\n%.3000s", ours, theirs)
			}
			b.Run("handwritten", func(b *testing.B) { throughput(b, byHand, request) })
			b.Run("omnistock", func(b *testing.B) { throughput(b, handler, request) })
		})
	}
}

// benchShop fills a database and returns the program's handler for it, a request for the list, and the vendor.
func benchShop(b *testing.B, url string) (http.Handler, *http.Request, int64) {
	b.Helper()
	bunDB, err := db.Open(url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = bunDB.Close() })
	s := shop{domainstest.New(b, bunDB)}
	handler := app.New(web.Info{}, app.System{}, s.Modules()...).Handler(web.Config{
		Log: slog.New(slog.DiscardHandler), Authenticate: s.Users.Authenticate, AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
	})
	for i := range benchItems {
		s.add(b, fmt.Sprintf("SKU-%03d", i), fmt.Sprintf(`"name": "Dragon of the %d. Summit", "description": "First owner, from a smoke-free home.",
			"condition": "Near Mint", "category": "TCG", "image_url": "https://images.example/%[1]d.jpg", "quantity": 3,
			"price": "%[1]d.50", "intake_price": "4.00", "projected_price": "12.25",
			"card_details": {"psa_grade": "9.5", "condition": "Mint", "external_ids": "{\"tcg\": %[1]d}", "language": "English",
				"last_estimated_at": "2025-11-30T12:00:00.5Z", "release_date": "1999-01-09", "print_run": "First", "market_region": "US"},
			"image_payloads": [{"url": "https://images.example/%[1]d-a.jpg", "is_primary": true, "width": 800, "height": 600},
				{"url": "https://images.example/%[1]d-b.jpg", "metadata": {"path": "p"}}],`, i))
	}
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://example.com"+itemsPath, nil)
	s.Sign(request)
	return handler, request, s.Vendor
}

func answer(b *testing.B, handler http.Handler, request *http.Request) string {
	b.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, request.Clone(request.Context()))
	if w.Code != http.StatusOK {
		b.Fatalf("status = %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// discard is a response that nobody reads.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }

func throughput(b *testing.B, handler http.Handler, request *http.Request) {
	b.Helper()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			w := &discard{header: http.Header{}, status: http.StatusOK}
			handler.ServeHTTP(w, request.WithContext(context.Background()))
			if w.status != http.StatusOK {
				b.Errorf("status = %d", w.status)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}
