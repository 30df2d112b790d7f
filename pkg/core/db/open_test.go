package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

func TestOpen_doesNoIO(t *testing.T) {
	path := filepath.Join(t.TempDir(), "omnistock.db")
	for _, url := range []string{"sqlite://" + path, "postgres://nobody:s3cret@127.0.0.1:1/none"} {
		bunDB, err := db.Open(url)
		if err != nil {
			t.Fatal(err)
		}
		if err := bunDB.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("stat = %v, want no file", err)
	}
}

func TestOpen_badURL(t *testing.T) {
	for _, url := range []string{
		"", "s3cret", "mysql://u:s3cret@host/db", "host=localhost password=s3cret", "s3cret://x",
		"sqlite:", "sqlite://", "sqlite:///", "sqlite:///a.db?key=s3cret", "sqlite:///s3cret%zz",
		"postgres://u:s3cret@host:port/db", "postgres://u:s3cret/x@host/db", "postgres://u:1?s3cret@host/db",
		"postgres://u:1#s3cret@host/db", "postgres://u:s3cret%zz@host/db", "postgres://u:s3cret@host/db?sslmode=s3cret",
		"postgres://host/db?password=s3cret&pool_max_conns=s3cret", "postgres://u:s3cret@host/db?connect_timeout=x",
	} {
		_, err := db.Open(url)
		if err == nil {
			t.Errorf("%s: no error", url)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error shows the password: %v", url, err)
		}
	}
}

func TestOpen_reasonInError(t *testing.T) {
	_, err := db.Open("postgres://u:s3cret@host/db?sslmode=maybe")
	if err == nil || !strings.Contains(err.Error(), "sslmode is invalid") {
		t.Errorf("error = %v, want one that names sslmode", err)
	}
}

func TestOpen_unreachableWithoutPassword(t *testing.T) {
	bunDB := dbtest.Open(t, "postgres://nobody:s3cret@127.0.0.1:1/none")
	if err := bunDB.PingContext(t.Context()); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("error = %v, want one without the password", err)
	}
}

func TestOpen_sqlitePaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for url, want := range map[string]string{
		"sqlite://relative.db":                     "relative.db",
		"sqlite:plain.db":                          "plain.db",
		"sqlite://" + dir + "/absolute.db":         "absolute.db",
		"sqlite:///" + dir + "/fourslashes.db":     "fourslashes.db",
		"sqlite://" + dir + "/100%25%20%3F%23.db":  "100% ?#.db",
		"sqlite://" + dir + "/colon:and@at&amp.db": "colon:and@at&amp.db",
	} {
		mustInsertSomething(t, url)
		if _, err := os.Stat(want); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func mustInsertSomething(t *testing.T, url string) {
	t.Helper()
	bunDB, err := db.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bunDB.ExecContext(t.Context(), "CREATE TABLE t (x text)"); err != nil {
		t.Errorf("%s: %v", url, err)
	}
	if err := bunDB.Close(); err != nil {
		t.Error(err)
	}
}

func TestOpen_memoryIsSeparateAndGoneAfterClose(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, url := range []string{":memory:", "sqlite::memory:", "sqlite://:memory:", "sqlite:///:memory:", ":memory:"} {
		mustInsertSomething(t, url) // fails where the table is there already
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(0, len(left)); diff != "" {
		t.Errorf("files left (-want +got):\n%s", diff)
	}
}
