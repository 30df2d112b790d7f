package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

func selectHasSuperuser(ctx context.Context, idb bun.IDB) (bool, error) {
	return idb.NewSelect().Model((*User)(nil)).Where("u.is_superuser").Where("u.is_active").Exists(ctx)
}

// lockSuperusers returns the ids of the active superusers, who stay so until the transaction ends.
func lockSuperusers(ctx context.Context, tx bun.Tx) (ids []int64, err error) {
	q := tx.NewSelect().Model((*User)(nil)).Column("id").Where("u.is_superuser").Where("u.is_active").OrderBy("id", bun.OrderAsc)
	err = db.ForUpdate(q, "u").Scan(ctx, &ids)
	return ids, err
}
