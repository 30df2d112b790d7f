package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
)

// LastID returns the highest id that the table gave by itself, or 0 if it gave none. Rows with ids of their own count
// on SQLite only.
func LastID(ctx context.Context, idb bun.IDB, table string) (int64, error) {
	var last int64
	var err error
	if IsPostgres(idb) {
		err = idb.NewRaw("SELECT coalesce(pg_sequence_last_value(CAST(pg_get_serial_sequence(?, 'id') AS regclass)), 0)",
			quoted(table)).Scan(ctx, &last)
	} else {
		err = idb.NewRaw("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table).Scan(ctx, &last)
	}
	if err != nil {
		return 0, fmt.Errorf("read the last id of %s: %w", table, err)
	}
	return last, nil
}

// NextID takes the id that a row is to have which is inserted later in the transaction, because others name it before. If
// there is none in the end, PostgreSQL does not give the id again.
func NextID(ctx context.Context, tx bun.Tx, table string) (id int64, err error) {
	if !IsPostgres(tx) {
		last, err := LastID(ctx, tx, table) // nobody else writes
		return last + 1, err
	}
	if err := tx.NewRaw("SELECT nextval(CAST(pg_get_serial_sequence(?, 'id') AS regclass))", quoted(table)).Scan(ctx, &id); err != nil {
		return 0, fmt.Errorf("take an id of %s: %w", table, err)
	}
	return id, nil
}

// AdvanceID makes the table give ids above last, and never again one that it gave. A table whose ids are not counted is
// left alone.
func AdvanceID(ctx context.Context, tx bun.Tx, table string, last int64) error {
	var err error
	if IsPostgres(tx) {
		_, err = tx.ExecContext(ctx, `SELECT setval(s, ?1) FROM CAST(pg_get_serial_sequence(?0, 'id') AS regclass) AS s
			WHERE s IS NOT NULL AND ?1 > coalesce(pg_sequence_last_value(s), 0)`, quoted(table), last)
	} else {
		_, inserted := tx.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq)
			SELECT ?0, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?0)`, table)
		_, updated := tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?0 AND seq < ?1", table, last)
		err = errors.Join(inserted, updated)
	}
	if err != nil {
		return fmt.Errorf("advance the ids of %s: %w", table, err)
	}
	return nil
}

// quoted is a table's name as PostgreSQL's functions on sequences take it.
func quoted(table string) string { return `"` + table + `"` }
