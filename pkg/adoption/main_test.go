package adoption_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(dbtest.Main(m))
}

// schemas and data of the databases that Django made.
var djangoFiles = map[adoption.State][]string{
	adoption.Current: {"../../migrations/testdata/django_schema.sql", "testdata/current_data.sql"},
	adoption.Older:   {"testdata/older_schema.sql", "testdata/older_data.sql"},
}

// django returns a database that Django made, with a shop in it.
func django(t *testing.T, state adoption.State) *bun.DB {
	t.Helper()
	return dbtest.Open(t, djangoURL(t, state))
}

func djangoURL(t testing.TB, state adoption.State) string {
	t.Helper()
	url := dbtest.EmptyURL(t, dbtest.Postgres)
	for _, name := range djangoFiles[state] {
		mustExecFile(t, dbtest.Open(t, url), name)
	}
	return url
}

func mustExecFile(t testing.TB, bunDB *bun.DB, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, bunDB, string(text))
}

func mustExec(t testing.TB, bunDB *bun.DB, query string, args ...any) {
	t.Helper()
	if _, err := bunDB.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// lines returns the one column of a query.
func lines(t *testing.T, bunDB *bun.DB, query string) []string {
	t.Helper()
	var found []string
	if err := bunDB.NewRaw(query).Scan(t.Context(), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// mustMigrate brings the database up to date and returns what it told.
func mustMigrate(t *testing.T, bunDB *bun.DB, o adoption.Options) (told []string) {
	t.Helper()
	o.Tell = func(line string) { told = append(told, line) }
	if o.MediaURL == "" {
		o.MediaURL = "/media/"
	}
	if _, err := adoption.Migrate(t.Context(), bunDB, o); err != nil {
		t.Fatal(err)
	}
	return told
}

// checkGolden compares a file with what it should hold, or writes it.
func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not up to date; run go test ./pkg/adoption -update (-want +got):\n%s", file, diff)
	}
}

// firstStep returns a database after the first step alone.
func firstStep(t *testing.T) *bun.DB {
	t.Helper()
	bunDB := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.Postgres))
	if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{To: "v1_schema"}); err != nil {
		t.Fatal(err)
	}
	return bunDB
}
