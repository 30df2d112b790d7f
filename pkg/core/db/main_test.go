package db_test

import (
	"context"
	"database/sql"
	"os"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// TestMain moves the machine out of UTC, which nothing may depend on.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", 3600)
	os.Exit(dbtest.Main(m))
}

// A group is a row of a small table with a unique name.
type group struct {
	bun.BaseModel `bun:"table:auth_group"`

	ID   int64 `bun:",pk,autoincrement"`
	Name string
}

// A permission is a row whose content type has to exist and whose pair of content type and codename is unique.
type permission struct {
	bun.BaseModel `bun:"table:auth_permission"`

	ID            int64 `bun:",pk,autoincrement"`
	Name          string
	ContentTypeID int64
	Codename      string
}

func insert(ctx context.Context, db bun.IDB, model any) error {
	_, err := db.NewInsert().Model(model).Exec(ctx)
	return err
}

func mustInsert(t *testing.T, db bun.IDB, model any) {
	t.Helper()
	if err := insert(t.Context(), db, model); err != nil {
		t.Fatal(err)
	}
}

func groupNames(t *testing.T, db bun.IDB) []string {
	t.Helper()
	var names []string
	err := db.NewSelect().Model((*group)(nil)).Column("name").Order("name").Scan(t.Context(), &names)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// onlySQLite and onlyPostgres run a test of what one engine alone has.
func onlySQLite(t *testing.T) *bun.DB {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
}

func onlyPostgres(t *testing.T) *bun.DB {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, dbtest.Postgres))
}

func queryString(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	var value string
	if err := db.QueryRowContext(t.Context(), query).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
