package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// expiredBatch is how many rows go in one transaction: others want to write, too.
const expiredBatch = 1000

// DeleteExpiredTokens deletes the refresh tokens that expired, with their entries of the blacklist, and returns how many
// there were. If it only looks, it deletes nothing. Where it is broken off, what was deleted stays so.
func (s *Service) DeleteExpiredTokens(ctx context.Context, onlyLook bool) (n int64, err error) {
	now := s.now()
	if onlyLook {
		return countExpiredTokens(ctx, s.db, now)
	}
	for after := int64(0); ; {
		ids, err := selectExpiredTokens(ctx, s.db, now, after, expiredBatch)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error { return deleteTokens(ctx, tx, ids) })
		if err != nil {
			return n, err
		}
		after, n = ids[len(ids)-1], n+int64(len(ids))
	}
}

// DeleteExpiredSessions is DeleteExpiredTokens for the sessions of a Django beside us. Where it made no table for them
// there are none.
func (s *Service) DeleteExpiredSessions(ctx context.Context, onlyLook bool) (n int64, err error) {
	has, err := selectHasSessions(ctx, s.db)
	if err != nil || !has {
		return 0, err
	}
	if onlyLook {
		return countExpiredSessions(ctx, s.db, s.now())
	}
	return deleteAll(func() (int64, error) { return deleteSessions(ctx, s.db, s.now(), expiredBatch) })
}

func deleteAll(deleteSome func() (int64, error)) (n int64, err error) {
	for {
		some, err := deleteSome()
		n += some
		if err != nil || some < expiredBatch {
			return n, err
		}
	}
}
