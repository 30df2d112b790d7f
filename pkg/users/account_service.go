package users

import (
	"context"
	"errors"
	"maps"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Account returns the user with profile and workplace. A profile is made where there is none.
func (s *Service) Account(ctx context.Context, userID int64) (*Account, error) {
	u, err := selectUserWithProfile(ctx, s.db, userID)
	if err != nil {
		return nil, err
	}
	p := u.Profile
	if p == nil {
		if p, err = s.EnsureProfile(ctx, s.db, userID); err != nil {
			return nil, err
		}
	}
	return s.newAccount(ctx, u, p)
}

func (s *Service) newAccount(ctx context.Context, u *User, p *Profile) (*Account, error) {
	work, err := s.workplace(ctx, u, p)
	if err != nil {
		return nil, err
	}
	return &Account{User: u, Profile: p, Workplace: work}, nil
}

// changeAccount changes what was sent.
func (s *Service) changeAccount(ctx context.Context, userID int64, in *updateProfileRequest) (*Account, error) {
	var u *User
	var p *Profile
	err := db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) (err error) {
		if u, err = selectUser(ctx, tx, userID); err != nil {
			return err
		}
		if p, err = s.EnsureProfile(ctx, tx, userID); err != nil {
			return err
		}
		if err := s.mayChange(ctx, tx, u, p, in); err != nil {
			return err
		}
		if in.hasImages() {
			return s.changeImages(ctx, tx, userID, func() error { return s.writeChanges(ctx, tx, u, p, in) })
		}
		return s.writeChanges(ctx, tx, u, p, in)
	})
	if err = s.takenInstead(ctx, err, in.Username.Value, in.Email.Value, userID); err != nil {
		return nil, err
	}
	return s.newAccount(ctx, u, p)
}

// mayChange refuses names that are taken and a vendor that the user may not name.
func (s *Service) mayChange(ctx context.Context, tx bun.Tx, u *User, p *Profile, in *updateProfileRequest) error {
	wrong, err := takenNames(ctx, tx, in.Username.Value, in.Email.Value, u.ID)
	if err != nil {
		return err
	}
	if in.VendorID.HasValue() {
		if err := s.vendorNameable(ctx, tx, u, p, in.VendorID.Value); err != nil {
			return mergeFields(wrong, err)
		}
	}
	return core.InvalidFields(wrong)
}

// mergeFields adds what another check found wrong with the input. Other failures win.
func mergeFields(wrong core.Fields, err error) error {
	invalid, ok := errors.AsType[*core.Error](err)
	if !ok || invalid.Kind != core.Invalid || invalid.Fields == nil {
		return err
	}
	maps.Copy(wrong, invalid.Fields)
	return core.InvalidFields(wrong)
}

func (s *Service) writeChanges(ctx context.Context, tx bun.Tx, u *User, p *Profile, in *updateProfileRequest) error {
	if changed := in.applyToUser(u); len(changed) > 0 {
		if err := updateUser(ctx, tx, u, changed...); err != nil {
			return err
		}
	}
	changed := in.applyToProfile(p)
	if len(changed) == 0 && !in.hasMedia() {
		return nil
	}
	p.UpdatedAt = s.now()
	// Before the images: it locks the row, so that of two requests only one adds an image.
	if err := updateProfile(ctx, tx, p, append(changed, "updated_at")...); err != nil {
		return err
	}
	return s.writeMedia(ctx, tx, u.ID, in)
}

func (s *Service) writeMedia(ctx context.Context, tx bun.Tx, userID int64, in *updateProfileRequest) error {
	for _, m := range in.media() {
		var err error
		switch {
		case m.sent.HasValue():
			err = upsertMedia(ctx, tx, m.sent.Value.newMedia(userID, m.slot, s.now()))
		case m.sent.Null:
			err = deleteMedia(ctx, tx, userID, m.slot)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
