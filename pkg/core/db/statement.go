package db

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// A Statement is a query that reads and whose text never changes, for what most requests ask. It is prepared once a
// connection, where bun writes arguments into the text and so makes the engine parse and plan each query anew.
type Statement struct {
	db   *bun.DB
	text string

	mu       sync.Mutex
	prepared *sql.Stmt // on SQLite; PostgreSQL's driver keeps prepared statements by their text
}

// NewStatement returns a statement of a SELECT. Its arguments stand in the text as ?1, ?2, …, which a query builder
// of bun gets by bun.Safe("?1"). Nothing is sent to the database yet.
func NewStatement(bunDB *bun.DB, text string) *Statement {
	if IsPostgres(bunDB) {
		text = strings.ReplaceAll(text, "?", "$")
	}
	return &Statement{db: bunDB, text: text}
}

// Scan runs the statement outside of any transaction and reads all rows into dest, as bun's Scan does with a slice.
func (s *Statement) Scan(ctx context.Context, dest any, args ...any) error {
	rows, err := s.query(ctx, args) //nolint:rowserrcheck // ScanRows closes the rows and checks their error
	if err != nil {
		return err
	}
	return s.db.ScanRows(ctx, rows, dest)
}

func (s *Statement) query(ctx context.Context, args []any) (*sql.Rows, error) {
	if IsPostgres(s.db) {
		return s.db.DB.QueryContext(ctx, s.text, append([]any{pgx.QueryExecModeCacheStatement}, args...)...)
	}
	stmt, err := s.prepare(ctx) //nolint:sqlclosecheck // it lives as long as the database
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// prepare returns the statement for all connections that read; database/sql prepares it on each when it needs it.
func (s *Statement) prepare(ctx context.Context) (*sql.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.prepared != nil {
		return s.prepared, nil
	}
	stmt, err := Reader(s.db).PrepareContext(ctx, s.text)
	if err == nil {
		s.prepared = stmt
	}
	return stmt, err
}
