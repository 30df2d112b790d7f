package stock

import (
	"context"
	"slices"

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
		err = mayUndo(a, undone)
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
		_, err = s.HoldStore(ctx, tx, a.VendorID, undone.StoreID) // it may be gone by now
	}
	if err != nil {
		return nil, err
	}
	if done, err := isUndone(ctx, tx, id); done || err != nil {
		return nil, firstError(err, errUndone)
	}
	if undone.Kind == Sale {
		if err := mayReturn(ctx, tx, undone.ItemID, -undone.Delta); err != nil {
			return nil, err
		}
	}
	return s.postOne(ctx, tx, h, undone.opposite(reason))
}

// opposite moves the very units of a movement back, also those that are held: they never came. What a repack made did.
func (m *Movement) opposite(reason string) Posting {
	p := Posting{
		Place: Place{m.ItemID, m.StoreID}, Delta: -m.Delta, Kind: m.Kind, TakesHeld: !m.Kind.isRepack(), Reason: reason,
		Reference: m.Reference, UnitCost: m.UnitCost, UnitPrice: m.UnitPrice, UndoesID: &m.ID, OriginID: &m.ID,
	}
	if m.DocumentID != nil {
		p.Document = Document{*m.Document, *m.DocumentID}
	}
	return p
}

// UndoDocument writes the opposites of all movements of a document, which are of the items, or of none of them. It is
// Conflict if they are undone already, if there are too few units, or if an item or a store of them is gone. Who may do
// that, the caller knows. The transaction has to be Recorded.
func (s *Service) UndoDocument(
	ctx context.Context, tx bun.Tx, vendorID int64, d Document, itemIDs []int64, reason string,
) (undoing []*Movement, err error) {
	ids := slices.Compact(slices.Sorted(slices.Values(itemIDs)))
	for batch := range slices.Chunk(ids, insertBatch) { // in the order in which all lock them
		h, err := s.Lock(ctx, tx, vendorID, batch)
		if core.KindOf(err) == core.NotFound {
			return nil, errDocumentItemGone
		}
		if err != nil {
			return nil, err
		}
		ms, err := selectMovementsOf(ctx, tx, d, batch)
		if err != nil {
			return nil, err
		}
		postings, err := opposites(ms, reason)
		if err == nil {
			ms, err = s.Post(ctx, tx, h, postings...)
		}
		if err != nil {
			return nil, err
		}
		undoing = append(undoing, ms...)
	}
	return undoing, nil
}

// opposites are those of movements, the last one first: Conflict if one of them undoes another one.
func opposites(ms []*Movement, reason string) (ps []Posting, err error) {
	for _, m := range slices.Backward(ms) {
		if m.UndoesID != nil {
			return nil, errDocumentUndone
		}
		ps = append(ps, m.opposite(reason))
	}
	return ps, nil
}
