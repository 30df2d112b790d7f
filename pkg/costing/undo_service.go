package costing

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var errNotThere = core.Errorf(core.Conflict, "Not all of what came by it is there still.")

// UndoRepack takes back what a repack made, and brings back what it took, all of it or nothing: Conflict if that was done
// already, if one of the items is gone, or if not all that it made is there still.
func (s *Service) UndoRepack(ctx context.Context, id int64, reason string) (*Repack, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	rp, err := selectRepackBy(ctx, s.db, a.VendorID, "id", id)
	if err == nil {
		err = mayRepack(a, rp.StoreID)
	}
	if err != nil {
		return nil, err
	}
	err = s.inCostedTx(ctx, a.VendorID, func(ctx context.Context, tx db.LoadTx) error {
		itemIDs := append(itemsOf(rp.Shares(false)), itemsOf(rp.Shares(true))...)
		if err := s.undo(ctx, tx, a, rp.posting().Document, rp.StoreID, itemIDs, reason); err != nil {
			return err
		}
		now := s.now()
		rp.UndoneAt = &now
		return updateUndone(ctx, tx.Tx, rp)
	})
	if err != nil {
		return nil, err
	}
	return withoutCost(a, rp), nil
}

// UndoAcquisition takes back what came by an acquisition, all of it or nothing: Conflict if that was done already, if one of
// the items is gone, or if not all of it is there still.
func (s *Service) UndoAcquisition(ctx context.Context, id int64, reason string) (acq *Acquisition, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	if acq, err = selectAcquisitionBy(ctx, s.db, a.VendorID, "id", id); err != nil {
		return nil, err
	}
	if err := mayUndoAcquisition(a, acq.StoreID); err != nil {
		return nil, err
	}
	err = s.inCostedTx(ctx, a.VendorID, func(ctx context.Context, tx db.LoadTx) error {
		if err := s.undo(ctx, tx, a, acq.document(), acq.StoreID, itemsOf(acq.shares()), reason); err != nil {
			return err
		}
		now := s.now()
		acq.UndoneAt = &now
		return updateUndone(ctx, tx.Tx, acq)
	})
	if err != nil {
		return nil, err
	}
	return acq, nil
}

// undo takes back what came to a store by a document, and brings back what left by it, at its cost. It is Conflict if that
// was done already, if one of the items is gone, or if not all that came is there still: as many units at the same cost.
func (s *Service) undo(
	ctx context.Context, tx db.LoadTx, a vendors.Affiliation, d stock.Document, storeID int64, itemIDs []int64, reason string,
) error {
	undoing, err := s.stock.UndoDocument(ctx, tx.Tx, a.VendorID, d, itemIDs, reason)
	if err == nil {
		_, err = s.stock.HoldStore(ctx, tx.Tx, a.VendorID, storeID)
	}
	if err != nil {
		return err
	}
	costs, err := costNow(ctx, tx, a.VendorID, undoing)
	if err != nil {
		return err
	}
	for _, m := range undoing {
		if m.Delta < 0 && -costs[m.ID] != times(core.Total(m.UnitCost.Stored()), -m.Delta) {
			return errNotThere
		}
	}
	return nil
}
