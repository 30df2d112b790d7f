package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

const insertGroup, countGroups = "INSERT INTO auth_group (name) VALUES ('staff')", "SELECT count(*) FROM auth_group"

func mustCount(t *testing.T, bunDB *bun.DB, want int) {
	t.Helper()
	var n int
	if err := bunDB.NewRaw(countGroups).Scan(t.Context(), &n); err != nil || n != want {
		t.Errorf("groups = %d, %v, want %d", n, err, want)
	}
}

func TestCreateBeside_copyOfItsOwn(t *testing.T) {
	url := dbtest.NewURL(t, dbtest.Postgres)
	source, err := db.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.ExecContext(t.Context(), insertGroup); err != nil {
		t.Fatal(err)
	}
	name, err := db.NameBeside(url)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := db.CreateBeside(t.Context(), url, name, true); !errors.Is(err, db.ErrNoCopy) {
		t.Errorf("error = %v, want that it is in use", err)
	}
	if err := source.Close(); err != nil {
		t.Fatal(err)
	}
	for _, copied := range []bool{true, false} {
		copyURL, drop, err := db.CreateBeside(t.Context(), url, name, copied)
		if err != nil {
			t.Fatal(err)
		}
		duplicate := dbtest.Open(t, copyURL)
		if copied {
			if _, err := duplicate.ExecContext(t.Context(), insertGroup+" ON CONFLICT DO NOTHING; DELETE FROM auth_group"); err != nil {
				t.Error(err)
			}
			mustCount(t, duplicate, 0)
		} else if err := duplicate.NewRaw(countGroups).Scan(t.Context(), new(int)); err == nil {
			t.Error("an empty database has a table")
		}
		if err := drop(t.Context()); err != nil {
			t.Error(err)
		}
		if err := duplicate.PingContext(t.Context()); err == nil {
			t.Error("the copy is still there")
		}
	}
	mustCount(t, dbtest.Open(t, url), 1)
}

func TestCopySQLite_whileOthersWrite(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
	if _, err := bunDB.ExecContext(t.Context(), insertGroup); err != nil {
		t.Fatal(err)
	}
	tx, err := bunDB.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it is not to be kept
	if _, err := tx.ExecContext(t.Context(), "DELETE FROM auth_group"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := db.CopySQLite(t.Context(), bunDB, path); err != nil {
		t.Fatal(err)
	}
	mustCount(t, dbtest.Open(t, "sqlite://"+path), 1)
	if err := db.CopySQLite(t.Context(), bunDB, path); err == nil {
		t.Error("a file that is there was overwritten")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
