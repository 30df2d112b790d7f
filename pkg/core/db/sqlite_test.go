package db_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestSQLite_settingsOfEveryConnection(t *testing.T) {
	bunDB := onlySQLite(t)
	conns := []*sql.Conn{hold(t, bunDB.DB)}
	for range 4 {
		conns = append(conns, hold(t, db.Reader(bunDB)))
	}
	want := map[string]string{"foreign_keys": "1", "busy_timeout": "5000", "journal_mode": "wal", "synchronous": "1"}
	for _, conn := range conns {
		got := map[string]string{}
		for pragma := range want {
			var value string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&value); err != nil {
				t.Fatal(err)
			}
			got[pragma] = value
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("pragmas (-want +got):\n%s", diff)
		}
	}
}

// hold takes a connection out of the pool until the end of the test.
func hold(t *testing.T, pool *sql.DB) *sql.Conn {
	t.Helper()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func TestSQLite_oneConnectionWrites(t *testing.T) {
	if got := onlySQLite(t).Stats().MaxOpenConnections; got != 1 {
		t.Errorf("writing connections = %d, want 1", got)
	}
}

// TestSQLite_twoProgramsWrite lets transactions read before they write, which is too late to ask for the lock.
func TestSQLite_twoProgramsWrite(t *testing.T) {
	const rounds = 100
	url := dbtest.NewURL(t, dbtest.SQLite)
	bunDB := dbtest.Open(t, url)
	mustExec(t, bunDB, "CREATE TABLE counter (n integer)")
	mustExec(t, bunDB, "INSERT INTO counter VALUES (0)")
	var programs sync.WaitGroup
	for range 2 {
		program := dbtest.Open(t, url)
		programs.Go(func() {
			for range rounds {
				if err := readAndIncrement(t.Context(), program); err != nil {
					t.Error(err)
				}
			}
		})
	}
	programs.Wait()
	if got := count(t, bunDB); got != 2*rounds {
		t.Errorf("count = %d, want %d", got, 2*rounds)
	}
}

func readAndIncrement(ctx context.Context, bunDB *bun.DB) error {
	return bunDB.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var n int
		if err := tx.NewSelect().Table("counter").Column("n").Scan(ctx, &n); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE counter SET n = ?", n+1)
		return err
	})
}

func TestSQLite_readersCannotWrite(t *testing.T) {
	_, err := db.Reader(onlySQLite(t)).ExecContext(t.Context(), "INSERT INTO auth_group (name) VALUES ('x')")
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("error = %v, want a refusal to write", err)
	}
}

func TestSQLite_selectsDoNotWaitForTheWriter(t *testing.T) {
	bunDB := onlySQLite(t)
	err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
		if err := insert(ctx, tx, &group{Name: "uncommitted"}); err != nil {
			return err
		}
		var names []string
		if err := bunDB.NewRaw("SELECT name FROM auth_group").Scan(ctx, &names); err != nil {
			return err
		}
		if names = append(names, groupNames(t, bunDB)...); len(names) > 0 {
			t.Errorf("groups = %v, want none before the commit", names)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSQLite_logStaysShort writes 40 MB by each way, a row at a time, by statements whose caller leaves after the first row.
func TestSQLite_logStaysShort(t *testing.T) {
	const query = "INSERT INTO log (text) VALUES (?) RETURNING id"
	path := filepath.Join(t.TempDir(), "test.db")
	bunDB := dbtest.Open(t, "sqlite://"+path)
	_, err := bunDB.ExecContext(t.Context(), "CREATE TABLE log (id integer PRIMARY KEY, text text)")
	if err != nil {
		t.Fatal(err)
	}
	stmt, err := bunDB.PrepareContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close() //nolint:errcheck // nothing is lost
	for name, write := range map[string]func(text string) error{
		"row":      func(text string) error { return bunDB.QueryRowContext(t.Context(), query, text).Scan(new(int)) },
		"raw":      func(text string) error { return bunDB.NewRaw(query, text).Scan(t.Context(), new(int)) },
		"prepared": func(text string) error { return stmt.QueryRowContext(t.Context(), text).Scan(new(int)) },
	} {
		for range 200 {
			if err := write(strings.Repeat("x", 200_000)); err != nil {
				t.Fatal(err)
			}
		}
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		if size := info.Size() >> 20; size > 18 { // a checkpoint each 4,000 pages of 4 KiB
			t.Errorf("%s: the log has grown to %d MiB", name, size)
		}
	}
}

func TestSQLite_closedInOneFile(t *testing.T) {
	dir := t.TempDir()
	bunDB, err := db.Open("sqlite://" + filepath.Join(dir, "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bunDB.ExecContext(t.Context(), "CREATE TABLE t (x text)"); err != nil {
		t.Fatal(err)
	}
	if _, err := bunDB.NewSelect().Table("t").Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := bunDB.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("files = %v, %v, want test.db alone", files, err)
	}
}

func TestSQLite_newFileOpenedByManyAtOnce(t *testing.T) {
	for range 10 {
		url := "sqlite://" + filepath.Join(t.TempDir(), "test.db")
		var group sync.WaitGroup
		for range 8 {
			bunDB := dbtest.Open(t, url) // as another program would
			group.Go(func() {
				if _, err := bunDB.ExecContext(t.Context(), "CREATE TABLE IF NOT EXISTS t (x text)"); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
}
