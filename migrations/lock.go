package migrations

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

const (
	lockKey     = 0x6f6d6e6973746f63 // "omnistoc"
	lockPause   = 100 * time.Millisecond
	lockTimeout = 10 * time.Second // for a table
)

// lock waits until no other program migrates the database, at most for wait unless that is zero, and keeps others out
// until unlock is called or this program ends. On SQLite it does nothing: the transaction of a step is lock enough.
func lock(ctx context.Context, bunDB *bun.DB, wait time.Duration) (unlock func(), err error) {
	if !db.IsPostgres(bunDB) {
		return func() {}, nil
	}
	conn, err := bunDB.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock migrations: %w", err)
	}
	if err := waitForLock(ctx, conn, wait); err != nil {
		return nil, errors.Join(fmt.Errorf("lock migrations: %w", err), conn.Close())
	}
	return func() {
		// Where that fails the connection is gone, and with it the lock.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", lockKey)
		_ = conn.Close()
	}, nil
}

// waitForLock asks again and again rather than waiting in the server, where a waiting transaction would hold up a
// CREATE INDEX CONCURRENTLY.
func waitForLock(ctx context.Context, conn bun.Conn, wait time.Duration) error {
	// It will say nothing for long. (PostgreSQL 13 has no such bound.)
	const patient = "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'"
	if _, err := conn.ExecContext(ctx, patient); err != nil {
		return err
	}
	end := time.Now().Add(wait)
	for {
		var locked bool
		err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(?)", lockKey).Scan(&locked)
		if err != nil || locked {
			return err
		}
		if wait > 0 && time.Now().After(end) {
			return lockHolder(ctx, conn)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
}

// lockHolder is the core.Conflict that says which connection holds the lock.
func lockHolder(ctx context.Context, conn bun.Conn) error {
	var pid int
	var since time.Time
	err := conn.QueryRowContext(ctx, `SELECT a.pid, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)
		WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND (l.classid::bigint << 32) | l.objid::bigint = ? LIMIT 1`, lockKey).Scan(&pid, &since)
	if err != nil {
		return core.Errorf(core.Conflict, "another program is migrating the database; nothing was changed")
	}
	return core.Errorf(core.Conflict, "another program is migrating the database (process %d of the server, connected since %s): "+
		"wait for it; nothing was changed", pid, since.UTC().Format(time.DateTime))
}
