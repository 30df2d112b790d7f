package adoption_test

import (
	"testing"

	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// millionItems fills the older shop up to a million items of a thousand vendors, half of them with card details.
const millionItems = `
INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
	SELECT '!', false, 'user' || n, '', '', CASE WHEN n % 2 = 0 THEN 'u' || n || '@x.example' ELSE '' END, false, true, now()
	FROM generate_series(1, 20000) n;
INSERT INTO collectibles_vendor (name, slug, is_active, created_at, updated_at)
	SELECT 'Vendor ' || n, 'vendor-' || n, true, now() - interval '1 day', now() FROM generate_series(1, 1000) n;
INSERT INTO collectibles_userprofile (created_at, updated_at, user_id, vendor_id)
	SELECT now(), now(), id, 4 + id % 1000 + 1 FROM auth_user WHERE id > 12;
INSERT INTO collectibles_collectible (name, sku, quantity, last_updated, description, current_price, image, intake_price, location,
	projected_price, user_id, vendor_id)
	SELECT 'Item ' || md5(n::text), 'S-' || n, n % 20, now(), 'Number ' || n || ' of many, in a sleeve', n % 1000 + 0.99, 'img/' || n || '.jpg',
		n % 500, CASE WHEN n % 3 = 0 THEN 'Binder ' || n % 100 END, n % 2000, 13 + n % 20000, 5 + n % 1000
	FROM generate_series(1, 1000000) n;
INSERT INTO collectibles_carddetails (psa_grade, external_ids, language, created_at, updated_at, collectible_id)
	SELECT 9.5, '{"tcgplayer": ' || id || '}', 'English', now(), now(), id FROM collectibles_collectible WHERE id > 9 AND id % 2 = 0;
ANALYZE;`

// BenchmarkMigrate_olderMillion takes over an older database of a million items. One run is enough.
func BenchmarkMigrate_olderMillion(b *testing.B) {
	for range b.N {
		b.StopTimer()
		bunDB := dbtest.Open(b, djangoURL(b, adoption.Older))
		mustExec(b, bunDB, millionItems)
		b.StartTimer()
		lines := 0
		if _, err := adoption.Migrate(b.Context(), bunDB, adoption.Options{MediaURL: "/media/", Tell: func(string) { lines++ }}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(lines), "lines/op")
	}
}
