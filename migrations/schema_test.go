package migrations_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func migrated(t *testing.T, engine string) *bun.DB {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, engine))
}

func TestSchema_goldenPostgres(t *testing.T) {
	checkGolden(t, "schema.postgres.sql", strings.Join(lines(t, migrated(t, dbtest.Postgres), postgresSchema), "\n"))
}

func TestSchema_goldenSQLite(t *testing.T) {
	checkGolden(t, "schema.sqlite.sql", strings.Join(lines(t, migrated(t, dbtest.SQLite), sqliteSchema), "\n"))
}

// TestSchema_sameAsDjango compares the catalog of our database with that of a database which Django's SQL made.
func TestSchema_sameAsDjango(t *testing.T) {
	reference, err := os.ReadFile("testdata/django_schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	django, ours := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.Postgres)), migrated(t, dbtest.Postgres)
	mustExec(t, django, string(reference))
	for _, query := range []string{postgresSchema, postgresSequences} {
		got := slices.DeleteFunc(lines(t, ours, query), func(s string) bool { return strings.Contains(s, migrations.HistoryTable) })
		if diff := cmp.Diff(lines(t, django, query), got); diff != "" {
			t.Errorf("schema (-Django +ours):\n%s", diff)
		}
	}
}

// TestSchema_sameOnBothEngines compares what both catalogs can tell.
func TestSchema_sameOnBothEngines(t *testing.T) {
	want := lines(t, migrated(t, dbtest.Postgres), postgresFacts)
	got := lines(t, migrated(t, dbtest.SQLite), sqliteFacts)
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-PostgreSQL +SQLite):\n%s", diff)
	}
}
