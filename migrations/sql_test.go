package migrations_test

import (
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// TestSQL_makesTheSchema sends what SQL shows to an empty database: nothing is missing that the steps would do.
func TestSQL_makesTheSchema(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		for _, name := range migrations.Names() {
			text, _, err := migrations.SQL(name, db.IsPostgres(bunDB))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := bunDB.DB.ExecContext(t.Context(), text); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		for _, table := range []string{"users_user", "omnistock_idempotencykey"} {
			if n, err := bunDB.NewSelect().Table(table).Count(t.Context()); err != nil || n != 0 {
				t.Errorf("%s: %d rows, %v", table, n, err)
			}
		}
	})
}

func TestSQL_names(t *testing.T) {
	const first = "20261122000001_v1_schema"
	for name, want := range map[string]string{
		first: first, "20261122000001": first, "v1_schema": first, "20261122": "", "": "", "0001": "", first + ".tx": "",
	} {
		text, step, err := migrations.SQL(name, true)
		switch {
		case step != want:
			t.Errorf("%q: step = %q, %v, want %q", name, step, err, want)
		case want != "" && (err != nil || !strings.Contains(text, "CREATE TABLE") || strings.Contains(text, "{{")):
			t.Errorf("%q: %v\n%.200s", name, err, text)
		case want == "" && core.KindOf(err) != core.Invalid:
			t.Errorf("%q: error = %v, want Invalid", name, err)
		}
	}
}
