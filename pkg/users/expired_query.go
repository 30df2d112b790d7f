package users

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectExpiredTokens returns the next expired tokens after an id: there is no index on the expiry, and so one pass over
// all batches reads each row once.
func selectExpiredTokens(ctx context.Context, idb bun.IDB, now time.Time, after int64, limit int) (ids []int64, err error) {
	err = idb.NewSelect().Model((*OutstandingToken)(nil)).Column("id").Where("ot.id > ?", after).Where("ot.expires_at <= ?", now).
		OrderBy("id", bun.OrderAsc).Limit(int64(limit)).Scan(ctx, &ids)
	return ids, err
}

func deleteTokens(ctx context.Context, tx bun.Tx, ids []int64) error {
	_, err := tx.NewDelete().Model((*BlacklistedToken)(nil)).Where("token_id IN (?)", bun.List(ids)).Exec(ctx)
	if err == nil {
		_, err = tx.NewDelete().Model((*OutstandingToken)(nil)).Where("id IN (?)", bun.List(ids)).Exec(ctx)
	}
	return err
}

func countExpiredTokens(ctx context.Context, idb bun.IDB, now time.Time) (int64, error) {
	return idb.NewSelect().Model((*OutstandingToken)(nil)).Where("ot.expires_at <= ?", now).Count(ctx)
}

// selectHasSessions reports whether there is a table of Django's sessions: only Django makes one.
func selectHasSessions(ctx context.Context, idb bun.IDB) (bool, error) {
	return db.HasTable(ctx, idb, "django_session")
}

func countExpiredSessions(ctx context.Context, idb bun.IDB, now time.Time) (int64, error) {
	return idb.NewSelect().Table("django_session").Where("expire_date < ?", now).Count(ctx)
}

// deleteSessions deletes up to limit expired sessions and returns how many there were.
func deleteSessions(ctx context.Context, idb bun.IDB, now time.Time, limit int) (int64, error) {
	result, err := idb.NewRaw(`DELETE FROM django_session WHERE session_key IN
		(SELECT session_key FROM django_session WHERE expire_date < ? LIMIT ?)`, now, limit).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
