package users

import (
	"context"
	"errors"

	"github.com/uptrace/bun"
)

// eachActiveHash calls fn with the encoded password of each account that may log in.
func eachActiveHash(ctx context.Context, idb bun.IDB, fn func(id int64, encoded string)) (err error) {
	rows, err := idb.NewSelect().Model((*User)(nil)).Column("id", "password").Where("u.is_active").Order("u.id").Rows(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		var encoded string
		if err := rows.Scan(&id, &encoded); err != nil {
			return err
		}
		fn(id, encoded)
	}
	return rows.Err()
}
