package migrations_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// TestSearch_itemsFromBefore checks that items which were there before the index of searches are in it.
func TestSearch_itemsFromBefore(t *testing.T) {
	const firstStep = "20261122000001_v1_schema.tx.up.sql"
	text, err := fs.ReadFile(migrations.Files, firstStep)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		if _, err := migrations.UpFrom(t.Context(), bunDB, fstest.MapFS{firstStep: {Data: text}}, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		mustExec(t, bunDB, `INSERT INTO collectibles_vendor (id, name, slug, is_active, created_at, updated_at)
			VALUES (1, 'v', 'v', true, '2026-11-22 10:00:00+00:00', '2026-11-22 10:00:00+00:00')`)
		mustExec(t, bunDB, `INSERT INTO collectibles_store (id, name, slug, metadata, is_active, created_at, updated_at, vendor_id)
			VALUES (1, 's', 's', '{}', true, '2026-11-22 10:00:00+00:00', '2026-11-22 10:00:00+00:00', 1)`)
		mustExec(t, bunDB, `INSERT INTO collectibles_collectible (id, name, sku, quantity, price, intake_price, projected_price, store_id,
			description, created_at, updated_at)
			VALUES (7, 'Éclair', 'E-1', 1, 1, 1, 1, 1, NULL, '2026-11-22 10:00:00+00:00', '2026-11-22 10:00:00+00:00')`)
		if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		query := `SELECT CAST(rowid AS text) FROM omnistock_collectible_search WHERE omnistock_collectible_search MATCH '"ÉCL" AND "E-1"'`
		if db.IsPostgres(bunDB) {
			query = `SELECT CAST(id AS text) FROM collectibles_collectible
				WHERE upper(name || ' ' || sku || ' ' || coalesce(description, '')) LIKE '%ÉCL%E-1%'`
		}
		if diff := cmp.Diff([]string{"7"}, lines(t, bunDB, query)); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
	})
}
