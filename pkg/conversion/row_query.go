package conversion

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A span is a part of a table, in the order of its keys.
type span struct {
	after *key   // the rows behind it; nil for all
	to    *key   // and this one the last; nil for all
	among []key  // only these; nil for all
	in    string // the column that among is about; "" for the primary key
	limit int    // no more than that; 0 for all
}

// selectRows returns the rows of a span in order, with all columns or the named ones.
func selectRows(ctx context.Context, idb bun.IDB, t *table, s span, columns ...string) (rows reflect.Value, err error) {
	rows = t.newSlice()
	order := ordered(idb, t)
	q := idb.NewSelect().Model(rows.Interface()).Column(columns...).OrderExpr("?", order)
	if s.after != nil {
		q.Where("? > ?", order, s.after.value())
	}
	if s.to != nil {
		q.Where("? <= ?", order, s.to.value())
	}
	if s.among != nil {
		q.Where("? IN (?)", bun.Ident(cmp.Or(s.in, t.pk.Name)), values(s.among))
	}
	if s.limit > 0 {
		q.Limit(int64(s.limit))
	}
	return rows.Elem(), q.Scan(ctx)
}

// ordered is the primary key in an order that is the same on both engines: texts by their bytes.
func ordered(idb bun.IDB, t *table) schema.QueryAppender {
	if db.IsPostgres(idb) && t.pk.StructField.Type.Kind() == reflect.String {
		return bun.SafeQuery(`? COLLATE "C"`, t.pk.SQLName)
	}
	return t.pk.SQLName
}

// selectColumn reads one column of one row.
func selectColumn(ctx context.Context, idb bun.IDB, t *table, k key, column string) error {
	return idb.NewSelect().Model(t.newSlice().Interface()).Column(column).Where("? = ?", t.pk.SQLName, k.value()).Scan(ctx)
}

func insertRows(ctx context.Context, tx bun.Tx, t *table, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	models := t.newSlice()
	for _, r := range rows {
		models.Elem().Set(reflect.Append(models.Elem(), r.value))
	}
	_, err := tx.NewInsert().Model(models.Interface()).Returning("NULL").Exec(ctx)
	return err
}

func deleteRows(ctx context.Context, tx bun.Tx, t *table, keys []key) error {
	if len(keys) == 0 {
		return nil
	}
	_, err := tx.NewDelete().Table(t.Name).Where("? IN (?)", t.pk.SQLName, values(keys)).Exec(ctx)
	return err
}

// values is a list of keys as SQL has it.
func values(keys []key) schema.QueryAppender {
	list := make([]any, len(keys))
	for i, k := range keys {
		list[i] = k.value()
	}
	return bun.List(list)
}

// countRows counts those of any table.
func countRows(ctx context.Context, idb bun.IDB, table string) (n int64, err error) {
	err = idb.NewSelect().Table(table).ColumnExpr("count(*)").Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

// countValues counts those of a column that are not null.
func countValues(ctx context.Context, idb bun.IDB, t *table, column string) (n int64, err error) {
	err = idb.NewSelect().Table(t.Name).ColumnExpr("count(?)", bun.Ident(column)).Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("count %s.%s: %w", t.Name, column, err)
	}
	return n, nil
}
