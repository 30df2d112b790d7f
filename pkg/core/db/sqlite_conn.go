package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// sqliteConnector makes the connections of one *sql.DB.
type sqliteConnector struct {
	driver *sqlite.Driver
	dsn    string
	trace  func(query string)
	split  *sqliteSplit // nil for the readers
}

// sqliteDriver lets Reader find the readers from the writer.
type sqliteDriver struct {
	*sqlite.Driver
	split *sqliteSplit
}

func (c *sqliteConnector) Driver() driver.Driver { return sqliteDriver{c.driver, c.split} }

func (c *sqliteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("open sqlite: %w", err)
	}
	raw, ok := conn.(rawConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("open sqlite: %T lacks a method", conn), conn.Close())
	}
	return &sqliteConn{raw, c.trace}, nil
}

// open is patient where another program switches the new file to the write-ahead log at the same time: for that lock,
// SQLite itself does not wait.
func (c *sqliteConnector) open(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		conn, err := c.driver.Open(c.dsn)
		if !isConflict(err) || attempt == txAttempts || !pause(ctx, txPause<<attempt) {
			return conn, err
		}
	}
}

// rawConn is what database/sql uses of the driver's connection.
type rawConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteConn is a connection that traces its statements and finishes those that write.
type sqliteConn struct {
	rawConn
	trace func(query string)
}

func (c *sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.trace(query)
	return c.rawConn.ExecContext(ctx, query, args)
}

func (c *sqliteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.trace(query)
	rows, err := c.rawConn.QueryContext(ctx, query, args)
	return finished(query, rows, err)
}

func (c *sqliteConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.rawConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	raw, ok := stmt.(rawStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("prepare: %T lacks a method", stmt), stmt.Close())
	}
	return &sqliteStmt{raw, query, c.trace}, nil
}
