package backup

import (
	"context"
	"errors"
	"reflect"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectRows calls fn with each row of the table in the order of its keys, which is the same on both engines. The row is
// a struct of the table's model that the next one overwrites.
func selectRows(ctx context.Context, idb bun.IDB, t *table, fn func(row reflect.Value) error) (err error) {
	order := bun.SafeQuery("?", t.pk.SQLName)
	if db.IsPostgres(idb) && t.pk.StructField.Type.Kind() == reflect.String {
		order = bun.SafeQuery(`? COLLATE "C"`, t.pk.SQLName)
	}
	q := idb.NewSelect().TableExpr("?", bun.Ident(t.name)).OrderExpr("?", order)
	row := reflect.New(t.model).Elem()
	columns := make([]any, len(t.fields))
	for i, f := range t.fields {
		q.ColumnExpr("?", f.SQLName)
		columns[i] = f.Value(row).Addr().Interface()
	}
	rows, err := q.Rows(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(columns...); err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// countRows returns the number of rows of the table.
func countRows(ctx context.Context, idb bun.IDB, t *table) (int64, error) {
	return idb.NewSelect().TableExpr("?", bun.Ident(t.name)).Count(ctx)
}

// insertRows adds rows, a pointer to a slice of the table's model, in the table's columns.
func insertRows(ctx context.Context, tx bun.Tx, t *table, rows reflect.Value) error {
	_, err := tx.NewInsert().Model(rows.Interface()).Column(t.columns()...).Returning("").Exec(ctx)
	return err
}

// deleteRows empties the table.
func deleteRows(ctx context.Context, tx bun.Tx, t *table) error {
	_, err := tx.NewDelete().TableExpr("?", bun.Ident(t.name)).Where("true").Exec(ctx)
	return err
}

// selectHighestID returns the highest key of the table, or 0.
func selectHighestID(ctx context.Context, tx bun.Tx, t *table) (highest int64, err error) {
	err = tx.NewSelect().TableExpr("?", bun.Ident(t.name)).ColumnExpr("coalesce(max(?), 0)", t.pk.SQLName).Scan(ctx, &highest)
	return highest, err
}
