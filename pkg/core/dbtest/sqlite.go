package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// newSQLite returns the URL of a file with the content, or of none where that is nil.
func newSQLite(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	if content != nil {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return sqliteURL(path)
}

func sqliteURL(path string) string { return (&url.URL{Scheme: "sqlite", Path: path}).String() }

// migratedFile returns the content of a migrated database, which is made once a test binary.
func migratedFile(t testing.TB) []byte {
	t.Helper()
	content, err := makeMigratedFile()
	if err != nil {
		t.Fatalf("dbtest: migrate sqlite: %v", err)
	}
	return content
}

var makeMigratedFile = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "omnistock-dbtest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder left in the temporary one hurts nobody
	path := filepath.Join(dir, "template.db")
	if err := migrate(sqliteURL(path)); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate applies all steps and closes the database, so that it can be copied.
func migrate(url string) error {
	bunDB, err := db.Open(url)
	if err != nil {
		return err
	}
	_, err = migrations.Up(context.Background(), bunDB, migrations.Options{})
	if closeErr := bunDB.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("make template: %w", err)
	}
	return nil
}
