package storage

import (
	"context"
	"errors"

	"github.com/uptrace/bun"
)

// selectAddresses calls fn with each address in the column.
func selectAddresses(ctx context.Context, bunDB bun.IDB, table, column string, fn func(id int64, address string)) (err error) {
	rows, err := bunDB.NewSelect().TableExpr("?", bun.Ident(table)).Column("id", column).
		Where("? <> ''", bun.Ident(column)).OrderExpr("id").Rows(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		var address string
		if err := rows.Scan(&id, &address); err != nil {
			return err
		}
		fn(id, address)
	}
	return rows.Err()
}
