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
		for _, name := range migrations.SQLNames() {
			text, err := migrations.SQL(name, db.IsPostgres(bunDB))
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
	for name, known := range map[string]bool{
		"20261122000001_v1_schema": true, "20261122000001": true, "20261122": false, "": false, "0001": false,
		"20261122000001_v1_schema.tx": false,
	} {
		text, err := migrations.SQL(name, true)
		switch {
		case known && (err != nil || !strings.HasPrefix(text, "BEGIN;\n") || strings.Contains(text, "{{")):
			t.Errorf("%q: %v\n%.200s", name, err, text)
		case !known && core.KindOf(err) != core.NotFound:
			t.Errorf("%q: error = %v, want NotFound", name, err)
		}
	}
}
