package dbtest

import (
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

// The engines.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// modelChecks is how many sequences of commands a model test of package rapid tries on a database, where each takes long,
// unless the command line says otherwise.
const modelChecks = "30"

// Main runs the tests of a package, then removes the server that they started, if any. It returns the exit code.
func Main(m *testing.M) int {
	if checks := flag.Lookup("rapid.checks"); checks != nil {
		if err := checks.Value.Set(modelChecks); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if err := purge(); err != nil {
		fmt.Fprintln(os.Stderr, "dbtest:", err)
		return max(code, 1)
	}
	return code
}

// Each runs fn once on each engine, as the subtests "sqlite" and "postgres", with a new, migrated database.
func Each(t *testing.T, fn func(t *testing.T, db *bun.DB)) {
	t.Helper()
	for _, engine := range []string{SQLite, Postgres} {
		t.Run(engine, func(t *testing.T) { fn(t, Open(t, NewURL(t, engine))) })
	}
}

// EachEmpty is Each with databases in which there is nothing.
func EachEmpty(t *testing.T, fn func(t *testing.T, db *bun.DB)) {
	t.Helper()
	for _, engine := range []string{SQLite, Postgres} {
		t.Run(engine, func(t *testing.T) { fn(t, Open(t, EmptyURL(t, engine))) })
	}
}

// NewURL returns the URL of a new, migrated database, which is gone after the test.
func NewURL(t testing.TB, engine string) string {
	t.Helper()
	if engine == SQLite {
		return newSQLite(t, migratedFile(t))
	}
	return newPostgres(t, runningServer(t).migrated(t))
}

// EmptyURL returns the URL of a new database in which there is nothing. It is gone after the test.
func EmptyURL(t testing.TB, engine string) string {
	t.Helper()
	if engine == SQLite {
		return newSQLite(t, nil)
	}
	return newPostgres(t, "template1")
}

// counters holds the number of statements sent through each database that Open opened.
var counters sync.Map // *sql.DB -> *atomic.Int64

// Open opens the database and closes it after the test.
func Open(t testing.TB, url string) *bun.DB {
	t.Helper()
	var counter atomic.Int64
	bunDB, err := db.Open(url, db.WithTrace(func(string) { counter.Add(1) }))
	if err != nil {
		t.Fatal(err)
	}
	counters.Store(bunDB.DB, &counter)
	t.Cleanup(func() {
		counters.Delete(bunDB.DB)
		if err := bunDB.Close(); err != nil {
			t.Error(err)
		}
	})
	return bunDB
}

// Count returns a function that tells how many statements were sent to the database since, by whatever way; BEGIN,
// COMMIT and ROLLBACK do not count. The database has to come from Open or Each.
func Count(t testing.TB, bunDB *bun.DB) func() int {
	t.Helper()
	value, ok := counters.Load(bunDB.DB)
	if !ok {
		t.Fatal("dbtest: count: the database was not opened by this package")
	}
	counter, _ := value.(*atomic.Int64)
	before := counter.Load()
	return func() int { return int(counter.Load() - before) }
}
