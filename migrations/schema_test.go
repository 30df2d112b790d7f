package migrations_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// ours is how the names of tables and indexes begin that Django does not have.
const ours = "omnistock_"

// withoutOurs drops the tables, the indexes, the triggers and the sequences that only we have. Nothing else may differ: a
// column or a constraint of ours on one of Django's tables stays.
func withoutOurs(texts []string) (rest []string) {
	for _, text := range texts {
		if strings.HasPrefix(text, "CREATE TABLE "+ours) || strings.HasPrefix(text, ours) {
			continue
		}
		kept := slices.DeleteFunc(strings.SplitAfter(text, "\n"), func(line string) bool {
			return strings.HasPrefix(line, "CREATE INDEX "+ours) || strings.HasPrefix(line, "CREATE TRIGGER "+ours)
		})
		rest = append(rest, strings.Join(kept, ""))
	}
	return rest
}

// TestSchema_sameAsDjango compares the catalog of our database with that of a database which Django's SQL made.
func TestSchema_sameAsDjango(t *testing.T) {
	reference, err := os.ReadFile("testdata/django_schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	django, omnistock := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.Postgres)), migrated(t, dbtest.Postgres)
	mustExec(t, django, string(reference))
	for _, query := range []string{postgresSchema, postgresSequences} {
		if diff := cmp.Diff(lines(t, django, query), withoutOurs(lines(t, omnistock, query))); diff != "" {
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
