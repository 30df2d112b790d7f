package users

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectToken returns the row of a refresh token, or core.NotFound.
func selectToken(ctx context.Context, idb bun.IDB, jti string) (*OutstandingToken, error) {
	t := &OutstandingToken{}
	err := idb.NewSelect().Model(t).ExcludeColumn("token").Where("ot.jti = ?", jti).Scan(ctx)
	return t, db.Error(err, "OutstandingToken")
}

// blacklistAll makes a user's refresh tokens worthless, apart from those that expired, and returns how many were not
// before.
func blacklistAll(ctx context.Context, tx bun.Tx, userID int64, now time.Time) (int64, error) {
	result, err := tx.NewRaw(`INSERT INTO token_blacklist_blacklistedtoken (token_id, blacklisted_at)
		SELECT ot.id, ? FROM token_blacklist_outstandingtoken AS ot WHERE ot.user_id = ? AND ot.expires_at > ?
		ON CONFLICT (token_id) DO NOTHING`, now, userID, now).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// A tokenCensus is what the tokens of one user add up to.
type tokenCensus struct {
	Open   int64      // refresh tokens that still work
	Newest *time.Time // when the last one was made
}

func selectTokenCensus(ctx context.Context, idb bun.IDB, userID int64, now time.Time) (c tokenCensus, err error) {
	open := idb.NewSelect().Model((*OutstandingToken)(nil)).Where("ot.user_id = ?", userID).Where("ot.expires_at > ?", now).
		Where("NOT EXISTS (SELECT 1 FROM token_blacklist_blacklistedtoken AS bt WHERE bt.token_id = ot.id)")
	if c.Open, err = open.Count(ctx); err != nil {
		return c, err
	}
	var newest []OutstandingToken
	err = idb.NewSelect().Model(&newest).Column("created_at").Where("ot.user_id = ?", userID).Where("ot.created_at IS NOT NULL").
		OrderBy("created_at", bun.OrderDesc).Limit(1).Scan(ctx)
	if len(newest) > 0 {
		c.Newest = newest[0].CreatedAt
	}
	return c, err
}
