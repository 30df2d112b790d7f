package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectByEmail looks without case.
func selectByEmail(ctx context.Context, idb bun.IDB, email string) (found []User, err error) {
	err = idb.NewSelect().Model(&found).Where("? = ?", db.Upper(bun.Ident("u.email")), db.Upper(email)).
		Order("u.id").Limit(maxSameEmail).Scan(ctx)
	return found, err
}

// selectUsernames returns the usernames that begin with base.
func selectUsernames(ctx context.Context, idb bun.IDB, base string) (map[string]bool, error) {
	var names []string
	err := idb.NewSelect().Model((*User)(nil)).Column("username").
		Where("substr(username, 1, length(?)) = ?", base, base).Scan(ctx, &names)
	taken := make(map[string]bool, len(names))
	for _, name := range names {
		taken[name] = true
	}
	return taken, err
}
