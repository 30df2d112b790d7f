package costing_test

import (
	"context"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// benchItems have five movements each, over two years: 3 come, 1 is sold, 2 come, 1 is sold twice.
const benchItems = 1_000_000

// fillLedger enters the movements of benchItems items of the vendor, in three stores.
func fillLedger(b *testing.B, s *system) {
	b.Helper()
	deltas, after, kinds := []int{3, -1, 2, -1, -1}, []int{3, 2, 4, 3, 2}, []string{"receive", "sale", "receive", "sale", "sale"}
	series := "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?0)"
	moment := "strftime('%Y-%m-%d %H:%M:%f+00:00', '2026-01-01', (-730 + 146 * ?1 + i % 146) || ' days', (i % 86400) || ' seconds')"
	cost := "CASE WHEN ?2 > 0 THEN 100 + i % 1000 END"
	if db.IsPostgres(s.App.DB) {
		series = "WITH n AS (SELECT generate_series(1, ?0) AS i)"
		moment = "timestamptz '2026-01-01 00:00Z' + make_interval(days => -730 + 146 * ?1 + (i % 146)::int, secs => i % 86400)"
		cost = "CASE WHEN ?2 > 0 THEN 1 + (i % 1000) / 100.0 END"
	}
	for pass := range deltas {
		_, err := s.App.DB.NewRaw(`INSERT INTO omnistock_stock_movement
			(vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, unit_cost, reason, reference, created_at) `+series+`
			SELECT ?5, i, 1 + i % 3, 'B-' || i, 'Item', ?4, ?2, ?3, `+cost+`, '', '', `+moment+` FROM n`,
			benchItems, pass, deltas[pass], after[pass], kinds[pass], s.Vendor).Exec(b.Context())
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkValuation asks for the worth of a million items with five million movements a year back, after their costs were
// worked out once.
func BenchmarkValuation(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			s := newSystem(b, dbtest.Open(b, dbtest.NewURL(b, engine)))
			fillLedger(b, s)
			start := time.Now()
			if err := s.Costing.CatchUp(s.Ctx, s.Vendor); err != nil {
				b.Fatal(err)
			}
			took := time.Since(start)
			analyze(b, s.App.DB)
			at := s.now().AddDate(-1, 0, 0)
			for b.Loop() {
				v, err := s.Costing.Valuation(s.Ctx, at, nil)
				if err != nil || v.Units == 0 {
					b.Fatal(v, err)
				}
			}
			b.ReportMetric(5*benchItems/took.Seconds(), "movements/s")
		})
	}
}

func analyze(b *testing.B, bunDB *bun.DB) {
	b.Helper()
	if _, err := bunDB.ExecContext(context.Background(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}
