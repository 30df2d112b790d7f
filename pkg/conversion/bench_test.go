package conversion_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// benchSQL makes collectibles with card details.
var benchSQL = []string{
	`INSERT INTO collectibles_vendor (id, name, slug, is_active, created_at, updated_at) VALUES (1, 'Shop', 'shop', true, %[1]s, %[1]s)`,
	`INSERT INTO collectibles_store (id, name, slug, metadata, is_active, created_at, updated_at, vendor_id)
		VALUES (1, 'Main', 'main', '{}', true, %[1]s, %[1]s, 1)`,
	`INSERT INTO collectibles_collectible (id, name, sku, quantity, description, price, intake_price, projected_price, vendor_id,
		store_id, category, condition, created_at, updated_at)
	SELECT n.i, 'Dragon of the ' || (n.i * 48271 %% 1000003) || '. Summit', 'BULK-' || n.i, (n.i * 31) %% 7,
		'First owner, from a smoke-free home, lot L' || (n.i * 7919 %% 10007), (n.i * 31) %% 9973, 1, 2, 1, 1, 'TCG', 'Mint', %[1]s, %[1]s
	FROM (%[2]s) AS n`,
	`INSERT INTO collectibles_carddetails (id, collectible_id, language, psa_grade, release_date, external_ids, created_at, updated_at)
	SELECT id, id, 'English', 9, '1999-01-09', '{"tcg": ' || id || '}', created_at, updated_at FROM collectibles_collectible`,
}

func fillBench(b *testing.B, bunDB *bun.DB, n int) {
	b.Helper()
	moment, numbers := `'2026-01-01 00:00:00.123456+00:00'`, "WITH RECURSIVE m (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < %d) SELECT i FROM m"
	if db.IsPostgres(bunDB) {
		moment, numbers = "timestamptz "+moment, "SELECT i FROM generate_series(1::bigint, %d) AS i"
	}
	for _, query := range benchSQL {
		if _, err := bunDB.DB.ExecContext(b.Context(), fmt.Sprintf(query+"%[3]s", moment, fmt.Sprintf(numbers, n), "")); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkConvert converts collectibles with card details, 200,000 of each where OMNISTOCK_BENCH_LARGE is set.
func BenchmarkConvert(b *testing.B) {
	items := 20_000
	if os.Getenv("OMNISTOCK_BENCH_LARGE") != "" {
		items = 200_000
	}
	for _, from := range []string{dbtest.SQLite, dbtest.Postgres} {
		source := dbtest.Open(b, dbtest.NewURL(b, from))
		fillBench(b, source, items)
		for _, to := range []string{dbtest.SQLite, dbtest.Postgres} {
			b.Run(fmt.Sprintf("%s to %s/%d", from, to, items), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					target := dbtest.Open(b, dbtest.EmptyURL(b, to))
					b.StartTimer()
					if _, err := convert(b.Context(), b, source, target, nothing); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(2*items*b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}
