package stocktake

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Undo takes back what a stocktake has posted, all of it or nothing: Conflict if it is not posted, or if too few of what it
// found are there still.
func (s *Service) Undo(ctx context.Context, id int64, reason string) (t *Stocktake, err error) {
	a, _, err := s.get(ctx, id, mayPost)
	if err != nil {
		return nil, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		t, err = s.undo(ctx, tx, a.VendorID, id, reason)
		return err
	})
	return t, err
}

func (s *Service) undo(ctx context.Context, tx bun.Tx, vendorID, id int64, reason string) (*Stocktake, error) {
	t, err := lockStocktake(ctx, tx, vendorID, id) // before the items, as Post does
	if err != nil {
		return nil, err
	}
	if err := t.isPosted(); err != nil {
		return nil, err
	}
	if ours, err := s.vendors.HasStore(ctx, tx, vendorID, t.StoreID); err != nil || !ours {
		return nil, cmpError(err, errNoStoreAccess)
	}
	ids, err := selectPostedItems(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if _, err := s.stock.UndoDocument(ctx, tx, vendorID, t.document(), ids, reason); err != nil {
		return nil, err
	}
	return t, closeStocktake(ctx, tx, t, Undone, s.now())
}
