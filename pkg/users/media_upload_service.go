package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// setAvatar makes an uploaded image the user's avatar. It fails as storage.Images.Keep does.
func (s *Service) setAvatar(ctx context.Context, userID int64, file core.Upload) (m *Media, err error) {
	kept, err := s.images.Keep(ctx, owner(userID), file)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		return s.changeImages(ctx, tx, userID, func() error {
			if err := upsertMedia(ctx, tx, newAvatar(userID, kept, s.now())); err != nil {
				return err
			}
			m, err = selectMedia(ctx, tx, userID, MediaProfileAvatar)
			return err
		})
	})
	if err != nil {
		s.images.Discard(ctx, owner(userID), kept.URL)
		return nil, err
	}
	return m, nil
}

// deleteAvatar takes the user's avatar away, if there is one.
func (s *Service) deleteAvatar(ctx context.Context, userID int64) error {
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		return s.changeImages(ctx, tx, userID, func() error { return deleteMedia(ctx, tx, userID, MediaProfileAvatar) })
	})
}

// changeImages calls change, and has the user's images removed that are not shown any more after it. Meanwhile it holds
// a lock on the profile, which it makes where there is none.
func (s *Service) changeImages(ctx context.Context, tx bun.Tx, userID int64, change func() error) error {
	if _, err := s.EnsureProfile(ctx, tx, userID); err != nil {
		return err
	}
	if err := lockProfile(ctx, tx, userID); err != nil {
		return err
	}
	before, err := selectImageURLs(ctx, tx, userID)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := selectImageURLs(ctx, tx, userID)
	if err != nil {
		return err
	}
	s.images.Replace(ctx, owner(userID), before, after)
	return nil
}

// forgetImages has all of the user's images removed.
func (s *Service) forgetImages(ctx context.Context, tx bun.Tx, userID int64) error {
	before, err := selectImageURLs(ctx, tx, userID)
	if err != nil {
		return err
	}
	s.images.Replace(ctx, owner(userID), before, nil)
	return nil
}

func owner(userID int64) storage.Owner { return storage.Owner{Kind: storage.Users, ID: userID} }
