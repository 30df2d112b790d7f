package overview_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

const benchItems = 1_000_000

// fillSQL makes items in two stores, one in a thousand of them in the second one, in 40 categories. Nine in ten are sold out
// for a year, the others have 1 to 25 units and have just changed: nothing is slow, and the search for it passes by all that
// is sold out.
const fillSQL = `INSERT INTO collectibles_collectible
	(name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, category, condition, created_at, updated_at)
	SELECT 'Dragon of the ' || i || '. Summit', 'BULK-' || i, CASE WHEN i %% 10 = 0 THEN i / 10 %% 25 + 1 ELSE 0 END, (i * 31) %% 9973, 4, 12, %d,
		CASE WHEN i %% 1000 = 0 THEN %d ELSE %d END, 'TCG ' || (i * 7 %% 40), 'Mint', %[4]s, %[4]s FROM (%[5]s) AS n`

func fill(b *testing.B, bunDB *bun.DB, vendor, first, second int64) {
	b.Helper()
	moment := `datetime(unixepoch() - CASE WHEN i % 10 = 0 THEN 0 ELSE 31536000 END, 'unixepoch') || '+00:00'`
	numbers := fmt.Sprintf("WITH RECURSIVE m (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < %d) SELECT i FROM m", benchItems)
	before, after := "DROP TRIGGER omnistock_collectible_search_insert", "ANALYZE"
	if db.IsPostgres(bunDB) {
		moment = "now() - CASE WHEN i % 10 = 0 THEN interval '0' ELSE interval '365 days' END"
		numbers = fmt.Sprintf("SELECT i FROM generate_series(1::bigint, %d) AS i", benchItems)
		before, after = "SET omnistock.recorded = 'on'", "VACUUM ANALYZE"
	}
	conn, err := bunDB.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, statement := range []string{before, fmt.Sprintf(fillSQL, vendor, second, first, moment, numbers), after} {
		if _, err := conn.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOverview shows the overview of a vendor of 1,000,000 items to its owner, and to somebody who may read a small store
// alone.
func BenchmarkOverview(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			bunDB := dbtest.Open(b, dbtest.NewURL(b, engine))
			s := domainstest.New(b, bunDB)
			annex := s.OpenStore(b, "Annex")
			fill(b, bunDB, s.Vendor, s.Store, annex)
			show := func(name string, c apptest.Client, items string) {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						if o := c.Get(b, overviewPath).Object(b, http.StatusOK); fmt.Sprint(o["items"]) != items {
							b.Fatalf("overview = %v", o)
						}
					}
				})
			}
			show("owner", s.Client, "1000000")
			show("small store", s.Hire(b, "bob", "view_only", annex).Client, "1000")
		})
	}
}
