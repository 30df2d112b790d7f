package migrations

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

const (
	lockKey   = 0x6f6d6e6973746f63 // "omnistoc"
	lockPause = 100 * time.Millisecond
)

// lock waits until no other program migrates the database and keeps others out until unlock is called or this program
// ends. On SQLite it does nothing: the transaction of a step is lock enough.
func lock(ctx context.Context, bunDB *bun.DB) (unlock func() error, err error) {
	if !db.IsPostgres(bunDB) {
		return func() error { return nil }, nil
	}
	conn, err := bunDB.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock migrations: %w", err)
	}
	if err := waitForLock(ctx, conn); err != nil {
		return nil, errors.Join(fmt.Errorf("lock migrations: %w", err), conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", lockKey)
		return errors.Join(err, conn.Close())
	}, nil
}

// waitForLock asks again and again rather than waiting in the server, where a waiting transaction would hold up a
// CREATE INDEX CONCURRENTLY.
func waitForLock(ctx context.Context, conn bun.Conn) error {
	for {
		var locked bool
		err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(?)", lockKey).Scan(&locked)
		if err != nil || locked {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
}
