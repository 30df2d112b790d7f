package users

import (
	"context"

	"github.com/uptrace/bun"
)

// upsertMedia replaces the user's image of that type, or adds it. The caller holds a lock on the user's profile: no
// constraint keeps two requests from adding one each.
func upsertMedia(ctx context.Context, tx bun.Tx, m *Media) error {
	result, err := tx.NewUpdate().Model(m).
		Column("url", "width", "height", "size_kb", "metadata", "updated_at").
		Where("user_id = ?", m.UserID).Where("media_type = ?", m.MediaType).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); n > 0 || err != nil {
		return err
	}
	_, err = tx.NewInsert().Model(m).Exec(ctx)
	return err
}

func deleteMedia(ctx context.Context, tx bun.Tx, userID int64, slot MediaType) error {
	_, err := tx.NewDelete().Model((*Media)(nil)).
		Where("user_id = ?", userID).Where("media_type = ?", slot).Exec(ctx)
	return err
}
