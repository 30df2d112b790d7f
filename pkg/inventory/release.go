package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
)

// releaseStores lets stores go unless something lies in them: Conflict then.
func (s *Service) releaseStores(ctx context.Context, tx bun.Tx, storeIDs []int64) error {
	if len(storeIDs) == 0 {
		return nil
	}
	n, err := countInStores(ctx, tx, storeIDs)
	if err != nil {
		return err
	}
	if n > 0 {
		return core.Errorf(core.Conflict, "Collectibles stand in the way: %d. Move or delete them first.", n)
	}
	return nil
}

// releaseVendor lets a vendor go whose stores are empty.
func (s *Service) releaseVendor(ctx context.Context, tx bun.Tx, vendorID int64) error {
	if err := deleteMappings(ctx, tx, vendorID); err != nil {
		return err
	}
	if err := db.Recorded(ctx, tx); err != nil {
		return err
	}
	left, err := clearVendor(ctx, tx, vendorID)
	if err != nil {
		return err
	}
	transitions := make([]stock.Transition, len(left))
	for i, it := range left {
		transitions[i] = stock.Transition{Before: it, After: it}
		transitions[i].Before.VendorID = &vendorID
	}
	return s.stock.Enter(ctx, tx, transitions...)
}

// deleteItemsOf deletes the collectibles that a user made, as Django does when the user goes.
func (s *Service) deleteItemsOf(ctx context.Context, tx bun.Tx, u *users.User) error {
	if err := db.Recorded(ctx, tx); err != nil {
		return err
	}
	return s.deleteItems(ctx, tx, "user_id = ?", u.ID)
}
