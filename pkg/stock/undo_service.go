package stock

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Undo writes the opposite of a movement of the vendor for which the actor works, once. It is Conflict if that was done
// already, if there are too few units, or if the movement is not one to be undone.
func (s *Service) Undo(ctx context.Context, id int64, reason string) (m *Movement, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		m, err = s.undo(ctx, tx, a, id, reason)
		return err
	})
	if err == nil {
		withoutCost(a, m)
	}
	return m, err
}

func (s *Service) undo(ctx context.Context, tx bun.Tx, a vendors.Affiliation, id int64, reason string) (*Movement, error) {
	undone, err := selectMovement(ctx, tx, a.VendorID, id)
	if err == nil {
		err = mayMoveAs(a, undone.StoreID, undone.Kind)
	}
	if err == nil {
		err = mayUndo(undone)
	}
	if err != nil {
		return nil, err
	}
	// Locked: of two that undo at once, the second one has to find that it is done, and not that there are too few units.
	h, err := s.Lock(ctx, tx, a.VendorID, []int64{undone.ItemID})
	if core.KindOf(err) == core.NotFound {
		return nil, errItemGone
	}
	if err == nil {
		err = s.mayHoldStore(ctx, tx, a.VendorID, undone.StoreID) // it may be gone by now
	}
	if err != nil {
		return nil, err
	}
	if done, err := isUndone(ctx, tx, id); done || err != nil {
		return nil, firstError(err, errUndone)
	}
	return s.postOne(ctx, tx, h, Posting{
		Place: Place{undone.ItemID, undone.StoreID}, Delta: -undone.Delta, Kind: undone.Kind, TakesHeld: true, Reason: reason,
		Reference: undone.Reference, UnitCost: undone.UnitCost, UnitPrice: undone.UnitPrice, UndoesID: &undone.ID, OriginID: &undone.ID,
	})
}
