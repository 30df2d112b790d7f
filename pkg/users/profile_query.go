package users

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

func selectProfile(ctx context.Context, idb bun.IDB, userID int64) (*Profile, error) {
	p := new(Profile)
	if err := idb.NewSelect().Model(p).Where("p.user_id = ?", userID).Scan(ctx); err != nil {
		return nil, db.Error(err, "UserProfile")
	}
	return p, nil
}

// insertProfile does nothing where the user has a profile.
func insertProfile(ctx context.Context, idb bun.IDB, userID int64, now time.Time) error {
	p := &Profile{UserID: userID, CreatedAt: now, UpdatedAt: now}
	_, err := idb.NewInsert().Model(p).On("CONFLICT (user_id) DO NOTHING").Returning("NULL").Exec(ctx)
	return err
}

func updateProfile(ctx context.Context, idb bun.IDB, p *Profile, columns ...string) error {
	_, err := idb.NewUpdate().Model(p).Column(columns...).WherePK().Exec(ctx)
	return err
}

// lockProfile keeps other transactions from the user's profile until the end.
func lockProfile(ctx context.Context, tx bun.Tx, userID int64) error {
	p := new(Profile)
	err := db.ForUpdate(tx.NewSelect().Model(p).Column("id").Where("p.user_id = ?", userID), "p").Scan(ctx)
	return db.Error(err, "UserProfile")
}
