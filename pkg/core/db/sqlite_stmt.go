package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
)

// rawStmt is what database/sql uses of the driver's prepared statement.
type rawStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// sqliteStmt is what sqliteConn is, for a prepared statement.
type sqliteStmt struct {
	rawStmt
	query string
	trace func(query string)
}

func (s *sqliteStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.trace(s.query)
	return s.rawStmt.ExecContext(ctx, args)
}

func (s *sqliteStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.trace(s.query)
	rows, err := s.rawStmt.QueryContext(ctx, args)
	return finished(s.query, rows, err)
}

// rawRows is what database/sql uses of the driver's rows.
type rawRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeScanType
}

// finishedRows runs its statement to the end before it is closed. SQLite thinks of moving the write-ahead log into
// the database only at the end of a statement, and whoever wants one row of an INSERT … RETURNING leaves before it:
// a log written by such statements alone would grow for ever.
type finishedRows struct {
	rawRows
	err error // of the last Next; after an error, io.EOF too, one more would run the statement again
}

// finished wraps the rows of a query unless the query only reads.
func finished(query string, rows driver.Rows, err error) (driver.Rows, error) {
	if err != nil || isSelect(query) {
		return rows, err
	}
	if raw, ok := rows.(rawRows); ok {
		return &finishedRows{rawRows: raw}, nil
	}
	return rows, nil
}

func (r *finishedRows) Next(row []driver.Value) error {
	if r.err == nil {
		r.err = r.rawRows.Next(row)
	}
	return r.err
}

func (r *finishedRows) Close() error {
	row := make([]driver.Value, len(r.Columns()))
	err := r.err
	for r.err == nil {
		err = r.Next(row)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, r.rawRows.Close())
}

// isSelect reports whether the statement certainly only reads.
func isSelect(query string) bool {
	const word = "SELECT "
	query = strings.TrimSpace(query)
	return len(query) > len(word) && strings.EqualFold(query[:len(word)], word)
}
