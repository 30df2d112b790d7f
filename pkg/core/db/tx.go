package db

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/uptrace/bun"
)

// A transaction that met another one is tried again after a pause that grows from txPause by half to one and a half.
const (
	txAttempts = 5
	txPause    = 10 * time.Millisecond
)

// InTx runs fn in a transaction: it commits if fn returns nil, and rolls back if fn fails or panics.
//
// Where the database gave the transaction up for the sake of another one (a deadlock, a serialization failure, a
// locked file) and ctx is alive, InTx starts over, up to five times in all: fn may run more than once, and what it
// leaves outside the transaction has to bear that.
func InTx(ctx context.Context, db *bun.DB, fn func(ctx context.Context, tx bun.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := db.RunInTx(ctx, nil, fn)
		if !isConflict(err) || attempt == txAttempts || !pause(ctx, txPause<<attempt) {
			return err
		}
	}
}

// pause waits for about d and reports whether ctx is still alive.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d/2 + rand.N(d)) //nolint:gosec // jitter is no secret
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
