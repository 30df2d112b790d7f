package stock

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// rest is what is on its way.
func (t *TransferOrder) rest() (lines []LineUnits) {
	for _, l := range t.Lines {
		if n := l.underway(); n > 0 {
			lines = append(lines, LineUnits{l.ItemID, n})
		}
	}
	return lines
}

// arrive lets units of a transfer come to a store: the one that it goes to, or the one that it came from.
func (s *Service) arrive(ctx context.Context, tx bun.Tx, h *Holdings, t *TransferOrder, lines []LineUnits, storeID int64, at time.Time) error {
	byItem := map[int64]*TransferLine{}
	for _, l := range t.Lines {
		byItem[l.ItemID] = l
	}
	var postings []Posting
	for _, units := range lines {
		l := byItem[units.ItemID]
		switch {
		case l == nil:
			return core.UnknownID("lines", units.ItemID)
		case units.Units > l.underway():
			return core.Errorf(core.Conflict, "Of %s there are %d units on their way, not %d.", l.SKU, l.underway(), units.Units)
		}
		if storeID == t.ToStoreID {
			l.Received += units.Units
		} else {
			l.Returned += units.Units
		}
		if _, err := h.Item(l.ItemID); err == nil { // what is deleted comes nowhere
			postings = append(postings, t.posting(Place{l.ItemID, storeID}, int64(units.Units), &l.MovementID))
		}
	}
	if err := updateTransferLines(ctx, tx, t.Lines); err != nil {
		return err
	}
	if _, err := s.Post(ctx, tx, h, postings...); err != nil {
		return err
	}
	if t.isUnderway() {
		return nil
	}
	t.State, t.ClosedAt = Received, &at
	if storeID != t.ToStoreID {
		t.State = Cancelled
	}
	return updateTransferState(ctx, tx, t)
}

// ReceiveTransfer lets units of a transfer come to the store that it goes to; no lines are all that is on its way. It is
// Conflict if fewer are.
func (s *Service) ReceiveTransfer(ctx context.Context, id int64, lines []LineUnits) (*TransferOrder, error) {
	if lines != nil {
		if err := validateLines(lines); err != nil {
			return nil, err
		}
	}
	return s.closing(ctx, id, func(t *TransferOrder) ([]LineUnits, int64) {
		if lines == nil {
			return t.rest(), t.ToStoreID
		}
		return lines, t.ToStoreID
	})
}

// CancelTransfer brings back to where it came from what of a transfer is on its way.
func (s *Service) CancelTransfer(ctx context.Context, id int64) (*TransferOrder, error) {
	return s.closing(ctx, id, func(t *TransferOrder) ([]LineUnits, int64) { return t.rest(), t.FromStoreID })
}

// closing lets that come which how says, to the store that it says.
func (s *Service) closing(
	ctx context.Context, id int64, how func(t *TransferOrder) (lines []LineUnits, storeID int64),
) (t *TransferOrder, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		t, err = s.close(ctx, tx, a, id, how)
		return err
	})
	return t, err
}

func (s *Service) close(
	ctx context.Context, tx bun.Tx, a vendors.Affiliation, id int64, how func(t *TransferOrder) ([]LineUnits, int64),
) (*TransferOrder, error) {
	t, err := selectTransfer(ctx, tx, a.VendorID, id)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(t.Lines))
	for i, l := range t.Lines {
		ids[i] = l.ItemID
	}
	h, err := s.LockPresent(ctx, tx, a.VendorID, ids) // items first, as everywhere
	if err == nil {
		err = lockTransfer(ctx, tx, id)
	}
	if err == nil {
		t, err = selectTransfer(ctx, tx, a.VendorID, id) // as it is now
	}
	if err != nil {
		return nil, err
	}
	lines, storeID := how(t)
	if !mayRead(a, t) {
		return nil, errNoTransfer
	}
	if err := mayMove(a, storeID); err != nil {
		return nil, err
	}
	if t.ClosedAt != nil {
		return nil, errTransferClosed
	}
	if _, err := s.HoldStore(ctx, tx, a.VendorID, storeID); err != nil {
		return nil, err
	}
	return t, s.arrive(ctx, tx, h, t, lines, storeID, s.now())
}
