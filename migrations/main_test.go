package migrations_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(dbtest.Main(m))
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
		t.Errorf("%s is not up to date; run go test ./migrations -update (-want +got):\n%s", file, diff)
	}
}

func mustExec(t *testing.T, bunDB *bun.DB, query string) {
	t.Helper()
	if _, err := bunDB.ExecContext(t.Context(), query); err != nil {
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
