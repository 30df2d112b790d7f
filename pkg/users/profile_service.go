package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// EnsureProfile returns the user's profile, and makes it where there is none. The user has to exist.
func (s *Service) EnsureProfile(ctx context.Context, tx bun.IDB, userID int64) (*Profile, error) {
	p, err := selectProfile(ctx, tx, userID)
	if core.KindOf(err) != core.NotFound {
		return p, err
	}
	if err := insertProfile(ctx, tx, userID, s.now()); err != nil {
		return nil, err
	}
	return selectProfile(ctx, tx, userID)
}

// SetProfileVendor puts the vendor, or none for nil, on the user's profile, whether the user may name it or not.
func (s *Service) SetProfileVendor(ctx context.Context, tx bun.IDB, userID int64, vendorID *int64) error {
	p, err := s.EnsureProfile(ctx, tx, userID)
	if err != nil {
		return err
	}
	p.VendorID, p.UpdatedAt = vendorID, s.now()
	return updateProfile(ctx, tx, p, "vendor_id", "updated_at")
}
