package conversion_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

func TestConvert_namesATableThatItMayNotRead(t *testing.T) {
	url := dbtest.NewURL(t, dbtest.Postgres)
	owner := dbtest.Open(t, url)
	fill(t, owner)
	mustExec(t, owner, `DROP ROLE IF EXISTS conversion_test_reader`, `CREATE ROLE conversion_test_reader`,
		`GRANT SELECT ON ALL TABLES IN SCHEMA public TO conversion_test_reader`,
		`GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO conversion_test_reader`, `CREATE TABLE "Secret" (id integer)`)
	t.Cleanup(func() {
		if _, err := owner.ExecContext(context.Background(), "DROP OWNED BY conversion_test_reader; DROP ROLE conversion_test_reader"); err != nil {
			t.Error(err)
		}
	})
	source, target := dbtest.Open(t, url+"&role=conversion_test_reader"), dbtest.Open(t, dbtest.EmptyURL(t, dbtest.SQLite))
	report := mustConvert(t, source, target)
	checkSame(t, owner, target)
	if diff := cmp.Diff([]conversion.Uncopied{{Name: "Secret"}}, report.NotCopied); diff != "" {
		t.Errorf("not copied (-want +got):\n%s", diff)
	}
}

// TestConvert_tablesOfAnExtension: PostGIS, for one, has a table full of rows as soon as it is installed.
func TestConvert_tablesOfAnExtension(t *testing.T) {
	source, target := toPostgres(t)
	fill(t, source)
	mustExec(t, target, `CREATE TABLE spatial_ref_sys (id integer)`, `INSERT INTO spatial_ref_sys VALUES (1)`,
		`CREATE EXTENSION IF NOT EXISTS pg_trgm`, `ALTER EXTENSION pg_trgm ADD TABLE spatial_ref_sys`)
	mustConvert(t, source, target)
	checkSame(t, source, target)
}
