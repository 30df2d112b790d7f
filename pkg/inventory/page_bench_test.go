package inventory_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

// stockSQL makes the items of a vendor, each with card details and an image. Every tenth is a dragon, all are of a
// Summit, one in some thousands has a given lot, and "Shining" ones stand together in the order of names. Beside them
// another vendor has one item for each ten.
const stockSQL = `
INSERT INTO collectibles_collectible (id, name, sku, quantity, description, price, intake_price, projected_price, vendor_id,
	store_id, category, condition, created_at, updated_at)
SELECT n.i + 1000, %[1]s || ' of the ' || (n.i * 48271 %% 1000003) || '. Summit', 'BULK-' || n.i, (n.i * 31) %% 7,
	'First owner, from a smoke-free home, lot L' || (n.i * 7919 %% 10007), (n.i * 31) %% 9973, 1, 2,
	CASE WHEN n.i %% 11 = 0 THEN o.vendor_id ELSE s.vendor_id END, CASE WHEN n.i %% 11 = 0 THEN o.id ELSE s.id END,
	'TCG', 'Mint', %[2]s, %[2]s
FROM (%[3]s) AS n, collectibles_store AS s, collectibles_store AS o WHERE s.id = %[4]d AND o.id = %[5]d;
INSERT INTO collectibles_carddetails (collectible_id, language, psa_grade, created_at, updated_at)
SELECT id, 'English', 9, created_at, updated_at FROM collectibles_collectible WHERE id > 1000;
INSERT INTO collectibles_inventorymedia (item_id, url, media_type, sort_order, is_primary, metadata, created_at, updated_at)
SELECT id, 'https://images.example/' || id || '.jpg', 'gallery', 0, true, '{}', created_at, updated_at
FROM collectibles_collectible WHERE id > 1000`

const (
	postgresWords = `(ARRAY['Red', 'Blue', 'Dark', 'Shining', 'Ancient'])[1 + n.i % 5] || ' ' ||
		(ARRAY['Dragon', 'Knight', 'Goblin', 'Wizard', 'Phoenix', 'Turtle', 'Falcon', 'Spirit', 'Golem', 'Serpent'])[1 + n.i / 5 % 10]`
	sqliteWords = `json_extract('["Red", "Blue", "Dark", "Shining", "Ancient"]', '$[' || (n.i % 5) || ']') || ' ' ||
		json_extract('["Dragon", "Knight", "Goblin", "Wizard", "Phoenix", "Turtle", "Falcon", "Spirit", "Golem", "Serpent"]',
			'$[' || (n.i / 5 % 10) || ']')`
	postgresMoment = `timestamptz '2026-01-01 00:00:00+00' + n.i * interval '1 second'`
	sqliteMoment   = `datetime(1767225600 + n.i, 'unixepoch') || '+00:00'`
	postgresCount  = "SELECT i FROM generate_series(1::bigint, %d) AS i"
	sqliteCount    = "WITH RECURSIVE m (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < %d) SELECT i FROM m"
)

// fillStock gives the first shop n items, the other one a tenth of that.
func fillStock(b *testing.B, bunDB *bun.DB, n int, s, other shop) {
	b.Helper()
	words, moment, count := sqliteWords, sqliteMoment, sqliteCount
	if db.IsPostgres(bunDB) {
		words, moment, count = postgresWords, postgresMoment, postgresCount
	}
	query := fmt.Sprintf(stockSQL, words, moment, fmt.Sprintf(count, n+n/10), s.Store, other.Store)
	for part := range strings.SplitSeq(query+"; ANALYZE", ";") {
		if _, err := bunDB.DB.ExecContext(b.Context(), part); err != nil {
			b.Fatal(err)
		}
	}
	if db.IsPostgres(bunDB) { // as autovacuum does in a while
		if _, err := bunDB.DB.ExecContext(b.Context(), "VACUUM ANALYZE"); err != nil {
			b.Fatal(err)
		}
	}
}

// benchSizes are 10,000 items, and 1,000,000 where OMNISTOCK_BENCH_LARGE is set: to fill in those takes minutes (give
// go test a -timeout of 30m).
func benchSizes() []int {
	if os.Getenv("OMNISTOCK_BENCH_LARGE") == "" {
		return []int{10_000}
	}
	return []int{10_000, 1_000_000}
}

// BenchmarkPages measures pages of 50 of a large stock, over HTTP without the network, access token checked: at the
// start of the list and deep in it, and of searches for what few and what many items have.
func BenchmarkPages(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		for _, size := range benchSizes() {
			b.Run(fmt.Sprintf("%s/%d", engine, size), func(b *testing.B) { benchPages(b, engine, size) })
		}
	}
}

func benchPages(b *testing.B, engine string, size int) {
	bunDB := dbtest.Open(b, dbtest.NewURL(b, engine))
	s := shop{domainstest.New(b, bunDB)}
	other := shop{s.As(b, "dave")}
	handler := app.New(web.Info{}, app.System{}, s.Modules()...).Handler(web.Config{
		Log: slog.New(slog.DiscardHandler), Authenticate: s.Users.Authenticate, AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
	})
	fillStock(b, bunDB, size, s, other)
	for _, bench := range []struct {
		name, query string
		page        *inventory.Page // the query's, to start deep in its list
		order       string          // the same for SQL
	}{
		{name: "start"},
		{name: "deep", page: &inventory.Page{}, order: "name, id"},
		{name: "price_start", query: "&sort_by=price&sort_order=desc"},
		{
			name: "price_deep", query: "&sort_by=price&sort_order=desc", order: "price DESC, id DESC",
			page: &inventory.Page{Sort: inventory.ByPrice, Descending: true},
		},
		{name: "offset_deep", query: fmt.Sprintf("&offset=%d", size/10*9)},
		{name: "search_one", query: "&search=bulk-7777"},
		{name: "search_hundredth", query: "&search=l77+summit"},
		{name: "search_none", query: "&search=unheard"},
		{name: "search_tenth", query: "&search=dragon"},
		{name: "search_all", query: "&search=summit"},
		{name: "search_all_deep", query: "&search=summit", page: &inventory.Page{Words: []string{"summit"}}, order: "name, id"},
		{name: "search_fifth_at_the_end", query: "&search=shining"},
		{name: "search_two_characters", query: "&search=go"},
		{name: "filter_many", query: "&in_stock=true&min_price=20"},
		{name: "filter_none", query: "&category=comics"},
	} {
		query := "?limit=50" + bench.query
		if bench.page != nil {
			query += "&cursor=" + deepCursor(b, bunDB, s, *bench.page, bench.order, size/10*9)
		}
		request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://example.com"+itemsPath+query, nil)
		s.LogIn(b, "alice", "Collect-them-all-1").Sign(request) // anew: to fill the stock may take longer than a token lives
		answer(b, handler, request)                             // its caches are filled, its statements prepared
		b.Run(bench.name, func(b *testing.B) { throughput(b, handler, request) })
	}
}

// deepCursor returns the cursor of the page that comes after so many items of the vendor.
func deepCursor(b *testing.B, bunDB *bun.DB, s shop, page inventory.Page, order string, items int) string {
	b.Helper()
	c := &inventory.Collectible{}
	err := bunDB.NewSelect().Model(c).Where("vendor_id = ?", s.Vendor).OrderExpr(order).Offset(int64(items)).Limit(1).
		Scan(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	cursor, err := inventory.NewCursor(s.Vendor, page, c)
	if err != nil {
		b.Fatal(err)
	}
	return cursor
}
