package db

import (
	"context"
	"database/sql"
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
// leaves outside the transaction has to bear that. What AfterCommit was given is done when all is well.
func InTx(ctx context.Context, db *bun.DB, fn func(ctx context.Context, tx bun.Tx) error) error {
	return inTx(ctx, db, fn)
}

// A beginner is what a transaction begins on: the database, or one of its connections.
type beginner interface {
	RunInTx(ctx context.Context, opts *sql.TxOptions, fn func(ctx context.Context, tx bun.Tx) error) error
}

func inTx(ctx context.Context, on beginner, fn func(ctx context.Context, tx bun.Tx) error) error {
	for attempt := 1; ; attempt++ {
		collecting, after := withTasks(ctx)
		err := on.RunInTx(collecting, nil, func(ctx context.Context, tx bun.Tx) error {
			if err := fn(ctx, tx); err != nil {
				return err
			}
			return runLast(ctx, tx)
		})
		if err == nil {
			after.run(ctx)
			return nil
		}
		if !isConflict(err) || attempt == txAttempts || !pause(ctx, txPause<<attempt) {
			return err
		}
	}
}

type lastKey struct{}

// WithLast returns a context in which InTx calls last as the last thing in each transaction: what it writes is there if
// and only if the transaction's work is. If it fails, the transaction does.
func WithLast(ctx context.Context, last func(ctx context.Context, tx bun.Tx) error) context.Context {
	return context.WithValue(ctx, lastKey{}, last)
}

func runLast(ctx context.Context, tx bun.Tx) error {
	if last, ok := ctx.Value(lastKey{}).(func(context.Context, bun.Tx) error); ok {
		return last(ctx, tx)
	}
	return nil
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
