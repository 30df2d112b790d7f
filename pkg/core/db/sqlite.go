package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
)

// openSQLite makes one connection that writes, so that writers queue here instead of failing in SQLite, and several
// that read.
func openSQLite(file sqliteFile, o options) (*bun.DB, error) {
	drv := &sqlite.Driver{}
	if err := drv.RegisterDeterministicScalarFunction("upper", 1, sqliteUpper); err != nil {
		return nil, fmt.Errorf("open sqlite: %w", err)
	}
	split := &sqliteSplit{file: file}
	split.reader = openSQLiteReader(&sqliteConnector{
		driver: drv, dsn: sqliteDSN(file.path, "_query_only", "on"), trace: o.trace,
	})
	writer := sql.OpenDB(&sqliteConnector{
		driver: drv, dsn: sqliteDSN(file.path, "_journal_mode", "WAL"), trace: o.trace, split: split,
	})
	writer.SetMaxOpenConns(1)
	return bun.NewDB(writer, sqlitedialect.New(), bun.WithConnResolver(split)), nil
}

func openSQLiteReader(connector *sqliteConnector) *sql.DB {
	conns := max(4, runtime.GOMAXPROCS(0))
	reader := sql.OpenDB(connector)
	reader.SetMaxOpenConns(conns)
	reader.SetMaxIdleConns(conns)
	reader.SetConnMaxIdleTime(5 * time.Minute)
	return reader
}

// sqliteSplit sends bun's SELECTs outside a transaction to the readers, and all else to the writer.
type sqliteSplit struct {
	file   sqliteFile
	reader *sql.DB
}

// ResolveConn implements bun.ConnResolver; nil stands for the writer.
func (s *sqliteSplit) ResolveConn(_ context.Context, query bun.Query) bun.IConn {
	switch q := query.(type) {
	case *bun.SelectQuery:
		return s.reader
	case *bun.RawQuery: // which calls itself a SELECT, whatever it is
		if isSelect(q.String()) {
			return s.reader
		}
	}
	return nil
}

// Close closes the readers; bun has closed the writer before.
func (s *sqliteSplit) Close() error { return errors.Join(s.reader.Close(), s.file.remove()) }

// sqliteUpper is upper() for all of Unicode, as PostgreSQL has it.
func sqliteUpper(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if text, ok := args[0].(string); ok {
		return strings.ToUpper(text), nil
	}
	return args[0], nil
}

// Reader returns the *sql.DB for reads that go past bun: the readers of SQLite, the one pool of PostgreSQL. (There,
// pgx.QueryExecModeCacheStatement as the first argument of a query prepares it once a connection.)
func Reader(db *bun.DB) *sql.DB {
	if drv, ok := db.Driver().(sqliteDriver); ok {
		return drv.split.reader
	}
	return db.DB
}
