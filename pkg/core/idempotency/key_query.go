package idempotency

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

func deleteExpired(ctx context.Context, idb bun.IDB, now time.Time) (int64, error) {
	result, err := idb.NewDelete().Model((*Key)(nil)).Where("expires_at < ?", now).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func countExpired(ctx context.Context, idb bun.IDB, now time.Time) (int64, error) {
	return idb.NewSelect().Model((*Key)(nil)).Where("k.expires_at < ?", now).Count(ctx)
}

// insertKey reports whether the key is new.
func insertKey(ctx context.Context, tx bun.Tx, k *Key) (bool, error) {
	result, err := tx.NewInsert().Model(k).On("CONFLICT (user_id, name) DO NOTHING").Returning("NULL").Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// lockKey returns a key that nobody else changes until the transaction ends.
func lockKey(ctx context.Context, tx bun.Tx, userID int64, name string) (*Key, error) {
	k := &Key{}
	err := db.ForUpdate(tx.NewSelect().Model(k), "k").Where("k.user_id = ?", userID).Where("k.name = ?", name).Scan(ctx)
	return k, db.Error(err, "Key")
}

// updateKey writes what became of the request, unless the key has been given to another one meanwhile.
func updateKey(ctx context.Context, idb bun.IDB, k *Key, columns ...string) (bool, error) {
	result, err := idb.NewUpdate().Model(k).Column(columns...).
		Where("user_id = ?", k.UserID).Where("name = ?", k.Name).Where("started_at = ?", k.StartedAt).Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// takeOver gives the key of a request that died to another one.
func takeOver(ctx context.Context, tx bun.Tx, k *Key) error {
	_, err := tx.NewUpdate().Model(k).Column("started_at").WherePK().Exec(ctx)
	return err
}

// deleteKey forgets a request that did nothing.
func deleteKey(ctx context.Context, idb bun.IDB, k *Key) error {
	_, err := idb.NewDelete().Model((*Key)(nil)).Where("user_id = ?", k.UserID).Where("name = ?", k.Name).
		Where("started_at = ?", k.StartedAt).Where("NOT executed").Exec(ctx)
	return err
}
