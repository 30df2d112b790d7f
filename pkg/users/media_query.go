package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
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

// selectMedia returns the user's image of that type, or NotFound.
func selectMedia(ctx context.Context, tx bun.Tx, userID int64, slot MediaType) (*Media, error) {
	m := new(Media)
	err := tx.NewSelect().Model(m).Where("m.user_id = ?", userID).Where("m.media_type = ?", slot).
		OrderBy("id", bun.OrderAsc).Limit(1).Scan(ctx)
	if err != nil {
		return nil, db.Error(err, "UserMedia")
	}
	return m, nil
}

// selectImageURLs returns the addresses of all images that the user shows, the picture of the profile among them.
func selectImageURLs(ctx context.Context, tx bun.Tx, userID int64) (urls []string, err error) {
	err = tx.NewRaw(`SELECT url FROM users_usermedia WHERE user_id = ?0 UNION
		SELECT profile_picture FROM collectibles_userprofile WHERE user_id = ?0 AND profile_picture IS NOT NULL`, userID).Scan(ctx, &urls)
	return urls, err
}
