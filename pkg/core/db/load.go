package db

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// A LoadTx is a transaction that takes rows in bulk.
type LoadTx struct {
	bun.Tx
	db   *bun.DB
	conn *sql.Conn // the transaction's
}

// InLoadTx is InTx with a transaction that takes rows in bulk.
func InLoadTx(ctx context.Context, bunDB *bun.DB, fn func(ctx context.Context, tx LoadTx) error) error {
	conn, err := bunDB.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool, whatever became of it
	return inTx(ctx, conn, func(ctx context.Context, tx bun.Tx) error { return fn(ctx, LoadTx{tx, bunDB, conn.Conn}) })
}

// Load inserts models, a slice of pointers, by the fastest way that the engine has: COPY on PostgreSQL, prepared INSERTs
// of many rows on SQLite. Columns that are excluded get the database's default. The models stay as they are: ids come from
// NextIDs, or are left to the database.
func (tx LoadTx) Load(ctx context.Context, models any, exclude ...string) error {
	rows := reflect.ValueOf(models)
	if rows.Len() == 0 {
		return nil
	}
	table := tx.db.Table(rows.Type().Elem().Elem())
	fields := slices.DeleteFunc(slices.Clone(table.Fields), func(f *schema.Field) bool { return slices.Contains(exclude, f.Name) })
	columns := make([]bun.Ident, len(fields))
	for i, field := range fields {
		columns[i] = bun.Ident(field.Name)
	}
	target := loadTarget{tx.db.QueryGen().FormatQuery("?", bun.Ident(table.Name)), tx.db.QueryGen().FormatQuery("?", bun.List(columns)), fields}
	return tx.conn.Raw(func(driver any) error {
		switch conn := driver.(type) {
		case *sqliteConn:
			return insertRows(ctx, conn, target, rows)
		case *stdlib.Conn:
			return copyRows(ctx, conn.Conn().PgConn(), target, rows)
		}
		return fmt.Errorf("load: %T is no connection of ours", driver)
	})
}

// Count makes PostgreSQL count the rows of tables of which it knows of none, as after the first load. It would take them
// for empty, where all ways to a row are the same, and check each foreign key by a look at a whole index.
func (tx LoadTx) Count(ctx context.Context, tables ...string) error {
	if !IsPostgres(tx) {
		return nil
	}
	for _, table := range tables {
		var isUnknown bool
		err := tx.NewRaw("SELECT reltuples <= 0 FROM pg_class WHERE oid = CAST(? AS regclass)", quoted(table)).Scan(ctx, &isUnknown)
		if err == nil && isUnknown {
			_, err = tx.ExecContext(ctx, "ANALYZE ?", bun.Ident(table))
		}
		if err != nil {
			return fmt.Errorf("count the rows of %s: %w", table, err)
		}
	}
	return nil
}

// A loadTarget is where rows go.
type loadTarget struct {
	table, columns string // as they stand in SQL
	fields         []*schema.Field
}

// value finds what a field holds: !ok stands for null.
func (t *loadTarget) value(i int, row reflect.Value) (v reflect.Value, ok bool) {
	field := t.fields[i]
	v = row.FieldByIndex(field.Index)
	if field.NullZero && v.IsZero() {
		return v, false
	}
	if v.Kind() == reflect.Pointer {
		return v.Elem(), !v.IsNil()
	}
	return v, true
}

// A decimal is a number of core's with a fixed count of digits behind the point.
type decimal interface {
	Decimal() (units int64, places int)
}

// nextIDs gives the next ids of a table: ?0 the table, ?1 how many. On SQLite, where a transaction is the only one that
// writes, they are those that AUTOINCREMENT would give. (OFFSET 0 makes PostgreSQL look for the sequence once.)
var nextIDs = map[bool]string{
	true: `SELECT nextval(s) FROM (SELECT pg_get_serial_sequence(?0, 'id')::regclass AS s OFFSET 0) AS q, generate_series(1, ?1)`,
	false: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
		SELECT i + (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?0) FROM n ORDER BY i`,
}

// NextIDs takes n ids for rows that are to be loaded into a table.
func (tx LoadTx) NextIDs(ctx context.Context, table string, n int) (ids []int64, err error) {
	if n == 0 {
		return nil, nil
	}
	return ids, tx.NewRaw(nextIDs[IsPostgres(tx)], table, n).Scan(ctx, &ids)
}
