package stock

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errOtherTransfer  = core.Errorf(core.Unprocessable, "This client_key stands for another transfer.")
	errNoTransfer     = core.Errorf(core.NotFound, "No Transfer matches the given query.")
	errTransferClosed = core.Errorf(core.Conflict, "Nothing of this transfer is on its way any more.")
)

// Transfer sends units of items from one store of the vendor for which the actor works to another. It is Conflict if there
// are too few, and moves nothing then. The actor has to be allowed to write in the store that they leave, and in the other
// one if they are there at once. Where the client key names a transfer already, that is returned, and isNew is false.
func (s *Service) Transfer(ctx context.Context, r TransferRequest) (t *TransferOrder, isNew bool, err error) {
	if err := r.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	find := func(key string) (*TransferOrder, error) { return selectTransferByKey(ctx, s.db, a.VendorID, key) }
	judge := func(t *TransferOrder) error {
		if !r.isMetBy(t) {
			return errOtherTransfer
		}
		return mayMove(a, t.FromStoreID)
	}
	return db.Once(r.ClientKey, transferTable, find, judge, func() (t *TransferOrder, err error) {
		err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			t, err = s.send(ctx, tx, a, r)
			return err
		})
		return t, err
	})
}

func (s *Service) send(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r TransferRequest) (*TransferOrder, error) {
	ids := make([]int64, len(r.Lines))
	for i, l := range r.Lines {
		ids[i] = l.ItemID
	}
	h, err := s.Lock(ctx, tx, a.VendorID, ids)
	if err != nil {
		return nil, err
	}
	if err := s.maySend(ctx, tx, a, r); err != nil {
		return nil, err
	}
	t := &TransferOrder{
		VendorID: a.VendorID, FromStoreID: r.FromStoreID, ToStoreID: r.ToStoreID, State: InTransit, Note: r.Note,
		UserID: orNil(core.ActorFrom(ctx).UserID), ClientKey: r.ClientKey, CreatedAt: s.now(),
	}
	if err := insertTransfer(ctx, tx, t); err != nil {
		return nil, err
	}
	postings := make([]Posting, len(r.Lines))
	for i, l := range r.Lines {
		postings[i] = t.posting(Place{l.ItemID, t.FromStoreID}, -int64(l.Units), nil)
	}
	ms, err := s.Post(ctx, tx, h, postings...)
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		t.Lines = append(t.Lines, &TransferLine{
			TransferID: t.ID, ItemID: m.ItemID, SKU: m.SKU, Name: m.Name, Units: int32(-m.Delta), MovementID: m.ID, //nolint:gosec // as it was asked for
		})
	}
	if err := insertTransferLines(ctx, tx, t.Lines); err != nil {
		return nil, err
	}
	if r.IsThere {
		return t, s.arrive(ctx, tx, h, t, t.rest(), t.ToStoreID, t.CreatedAt)
	}
	return t, nil
}

// maySend reports why a transfer may not be made.
func (s *Service) maySend(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r TransferRequest) error {
	for _, storeID := range []int64{min(r.FromStoreID, r.ToStoreID), max(r.FromStoreID, r.ToStoreID)} {
		if _, err := s.HoldStore(ctx, tx, a.VendorID, storeID); err != nil {
			return err
		}
	}
	if r.IsThere {
		if err := mayMove(a, r.ToStoreID); err != nil {
			return err
		}
	}
	return mayMove(a, r.FromStoreID)
}

// posting is a movement of a transfer.
func (t *TransferOrder) posting(at Place, delta int64, origin *int64) Posting {
	return Posting{
		Place: at, Delta: delta, Kind: Transfer, Reason: t.Note, Reference: fmt.Sprintf("%s %d", documentTransfer, t.ID), OriginID: origin,
		Document: t.document(),
	}
}

// Transfers returns transfers of the vendor for which the actor works, from or to stores that they may read, the newest
// first, behind the one of an id if that is not 0.
func (s *Service) Transfers(ctx context.Context, f TransferFilter, before, limit int64) ([]*TransferOrder, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, nil
		}
	}
	return selectTransfers(ctx, s.db, a.VendorID, f, before, limit)
}

// TransferByID returns a transfer: NotFound if it is not of the vendor for which the actor works, or neither from nor to a
// store that they may read.
func (s *Service) TransferByID(ctx context.Context, id int64) (*TransferOrder, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	t, err := selectTransfer(ctx, s.db, a.VendorID, id)
	if err == nil && !mayRead(a, t) {
		err = errNoTransfer
	}
	return t, err
}

func mayRead(a vendors.Affiliation, t *TransferOrder) bool {
	return a.MayReadStore(t.FromStoreID) || a.MayReadStore(t.ToStoreID)
}

// releaseStores lets stores go unless stock lies in them, or is on its way there: Conflict then.
func releaseStores(ctx context.Context, tx bun.Tx, storeIDs []int64) error {
	n, err := countInStores(ctx, tx, storeIDs)
	if err == nil && n > 0 {
		err = core.Errorf(core.Conflict, "Stock lies in the store, or is on its way: %d. Move it first.", n)
	}
	return err
}
