package users

import (
	"context"

	"github.com/uptrace/bun"
)

func selectHasSuperuser(ctx context.Context, idb bun.IDB) (bool, error) {
	return idb.NewSelect().Model((*User)(nil)).Where("u.is_superuser").Where("u.is_active").Exists(ctx)
}
