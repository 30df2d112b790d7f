package dbtest_test

import (
	"context"
	"os"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func TestEach_migratedAndEmptyOfRows(t *testing.T) {
	for range 2 { // what the first round leaves behind is not there in the second
		dbtest.Each(t, func(t *testing.T, db *bun.DB) {
			if n := countGroups(t, db); n != 0 {
				t.Errorf("groups = %d, want 0", n)
			}
			if _, err := db.ExecContext(t.Context(), "INSERT INTO auth_group (name) VALUES ('staff')"); err != nil {
				t.Fatal(err)
			}
			if n := countGroups(t, db); n != 1 {
				t.Errorf("groups = %d, want 1", n)
			}
		})
	}
}

func countGroups(t *testing.T, db *bun.DB) int {
	t.Helper()
	n, err := db.NewSelect().Table("auth_group").Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

func TestEachEmpty_withoutTables(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, db *bun.DB) {
		if _, err := db.ExecContext(t.Context(), "CREATE TABLE auth_group (name text)"); err != nil {
			t.Error(err)
		}
	})
}

func TestCount_everyWayToTheDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		sent := dbtest.Count(t, bunDB)
		countGroups(t, bunDB)
		if err := db.Reader(bunDB).QueryRowContext(t.Context(), "SELECT 1").Err(); err != nil {
			t.Fatal(err)
		}
		err := bunDB.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewDelete().Table("auth_group").Where("1 = 1").Exec(ctx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := sent(); got != 3 {
			t.Errorf("statements = %d, want 3", got)
		}
	})
}
