package costing

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var errNotThere = core.Errorf(core.Conflict, "Not all of what came by it is there still.")

// undo takes back what came to a store by a document, and brings back what left by it, at its cost. It is Conflict if that
// was done already, if one of the items is gone, or if not all that came is there still: as many units at the same cost.
func (s *Service) undo(
	ctx context.Context, tx db.LoadTx, a vendors.Affiliation, d stock.Document, storeID int64, itemIDs []int64, reason string,
) error {
	undoing, err := s.stock.UndoDocument(ctx, tx.Tx, a.VendorID, d, itemIDs, reason)
	if err == nil {
		err = s.mayHoldStore(ctx, tx.Tx, a, storeID)
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
