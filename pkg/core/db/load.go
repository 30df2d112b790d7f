package db

import (
	"bytes"
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
	conn *sql.Conn // the transaction's; nil on SQLite
}

// InLoadTx is InTx with a transaction that takes rows in bulk.
func InLoadTx(ctx context.Context, bunDB *bun.DB, fn func(ctx context.Context, tx LoadTx) error) error {
	if !IsPostgres(bunDB) {
		return inTx(ctx, bunDB, func(ctx context.Context, tx bun.Tx) error { return fn(ctx, LoadTx{Tx: tx, db: bunDB}) })
	}
	conn, err := bunDB.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool, whatever became of it
	return inTx(ctx, conn, func(ctx context.Context, tx bun.Tx) error { return fn(ctx, LoadTx{tx, bunDB, conn.Conn}) })
}

// Load inserts models, a slice of pointers, by the fastest way that the engine has: COPY on PostgreSQL, one INSERT of many
// rows on SQLite. Columns that are excluded get the database's default. The models stay as they are: ids come from NextIDs,
// or are left to the database.
func (tx LoadTx) Load(ctx context.Context, models any, exclude ...string) error {
	rows := reflect.ValueOf(models)
	if rows.Len() == 0 {
		return nil
	}
	if tx.conn == nil {
		slice := reflect.New(rows.Type())
		slice.Elem().Set(rows)
		_, err := tx.NewInsert().Model(slice.Interface()).ExcludeColumn(exclude...).Returning("NULL").Exec(ctx)
		return err
	}
	table := tx.db.Table(rows.Type().Elem().Elem())
	fields := slices.DeleteFunc(slices.Clone(table.Fields), func(f *schema.Field) bool { return slices.Contains(exclude, f.Name) })
	text, err := copyText(tx.db.QueryGen(), fields, rows)
	if err != nil {
		return err
	}
	columns := make([]bun.Ident, len(fields))
	for i, field := range fields {
		columns[i] = bun.Ident(field.Name)
	}
	command := tx.db.QueryGen().FormatQuery("COPY ? (?) FROM STDIN WITH (FORMAT csv, QUOTE '''', NULL 'NULL')", bun.Ident(table.Name), bun.List(columns))
	return tx.conn.Raw(func(driver any) error {
		conn, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("load: %T is no connection of pgx", driver)
		}
		_, err := conn.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(text), command)
		return err
	})
}

// copyText writes models as CSV whose quotes are apostrophes: that is how bun, as SQL, writes values.
func copyText(gen schema.QueryGen, fields []*schema.Field, rows reflect.Value) ([]byte, error) {
	b := make([]byte, 0, rows.Len()*256)
	for i := range rows.Len() {
		row := rows.Index(i).Elem()
		for j, field := range fields {
			if j > 0 {
				b = append(b, ',')
			}
			start := len(b)
			b = field.AppendValue(gen, b, row)
			b = append(b[:start], bytes.TrimLeft(b[start:], " ")...)
			if bytes.HasPrefix(b[start:], []byte("?!(")) { // bun's mark of a value that it cannot write
				return nil, fmt.Errorf("load: column %s: %s", field.Name, b[start:])
			}
		}
		b = append(b, '\n')
	}
	return b, nil
}

// nextIDs gives the next ids of a table: ?0 the table, ?1 how many. On SQLite, where a transaction is the only one that
// writes, they are those that AUTOINCREMENT would give.
var nextIDs = map[bool]string{
	true: `SELECT nextval(pg_get_serial_sequence(?0, 'id')) FROM generate_series(1, ?1)`,
	false: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
		SELECT i + (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?0) FROM n ORDER BY i`,
}

// NextIDs takes n ids for rows that are to be loaded into a table.
func (tx LoadTx) NextIDs(ctx context.Context, table string, n int) (ids []int64, err error) {
	if n == 0 {
		return nil, nil
	}
	return ids, tx.NewRaw(nextIDs[tx.conn != nil], table, n).Scan(ctx, &ids)
}
