package db_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A shelf is a model of a table that the tests make, well or badly.
type shelf struct {
	bun.BaseModel `bun:"table:shelf"`

	ID    int64 `bun:",pk,autoincrement"`
	Name  string
	Owner *string
	Tags  []string
}

func TestDrift_ofATable(t *testing.T) {
	for _, test := range []struct {
		name, columns string
		want          []string
	}{
		{"asTheModelExpects", "id integer PRIMARY KEY, name text NOT NULL, owner text, tags text NOT NULL", nil},
		{"withMoreColumns", "id integer PRIMARY KEY, name text NOT NULL, owner text, tags text, room text", nil},
		{
			"withoutColumn", "id integer PRIMARY KEY, owner text, tags text",
			[]string{"shelf has no column name"},
		},
		{
			"nullWhereTheModelCannotHoldIt", "id integer PRIMARY KEY, name text, owner text, tags text",
			[]string{"shelf.name: nullable is true"},
		},
		{
			"noNullWhereTheModelHasIt", "id integer PRIMARY KEY, name text NOT NULL, owner text NOT NULL, tags text",
			[]string{"shelf.owner: nullable is false"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
				if _, err := bunDB.ExecContext(t.Context(), "CREATE TABLE shelf ("+test.columns+")"); err != nil {
					t.Fatal(err)
				}
				checkDrift(t, bunDB, test.want)
			})
		})
	}
}

func TestDrift_withoutTable(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		checkDrift(t, bunDB, []string{"there is no table shelf"})
	})
}

func TestDrift_outageIsNoDrift(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		if err := bunDB.Close(); err != nil {
			t.Fatal(err)
		}
		if lines, err := db.Drift(t.Context(), bunDB, []any{(*shelf)(nil)}); err == nil {
			t.Errorf("drift = %q, want an error", lines)
		}
	})
}

func checkDrift(t *testing.T, bunDB *bun.DB, want []string) {
	t.Helper()
	got, err := db.Drift(t.Context(), bunDB, []any{(*shelf)(nil)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("drift (-want +got):\n%s", diff)
	}
}
