package users

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// insertToken does nothing where there is a token of that id. The row is nobody's where the user is gone.
func insertToken(ctx context.Context, idb bun.IDB, t *OutstandingToken) error {
	_, err := idb.NewInsert().Model(t).
		Value("user_id", "(SELECT id FROM users_user WHERE id = ?)", t.UserID).
		On("CONFLICT (jti) DO NOTHING").Returning("NULL").Exec(ctx)
	return err
}

func selectTokenID(ctx context.Context, idb bun.IDB, jti string) (id int64, err error) {
	err = idb.NewSelect().Model((*OutstandingToken)(nil)).Column("id").Where("ot.jti = ?", jti).Scan(ctx, &id)
	return id, db.Error(err, "OutstandingToken")
}

// insertBlacklisted reports whether the token was not blacklisted before. Of two transactions that ask at once, the
// second one waits for the first and hears no.
func insertBlacklisted(ctx context.Context, tx bun.Tx, tokenID int64, now time.Time) (bool, error) {
	row := &BlacklistedToken{TokenID: tokenID, BlacklistedAt: now}
	result, err := tx.NewInsert().Model(row).On("CONFLICT (token_id) DO NOTHING").Returning("NULL").Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

func selectIsBlacklisted(ctx context.Context, idb bun.IDB, jti string) (bool, error) {
	return idb.NewSelect().Model((*BlacklistedToken)(nil)).
		Join("JOIN token_blacklist_outstandingtoken AS ot ON ot.id = bt.token_id").
		Where("ot.jti = ?", jti).Exists(ctx)
}
