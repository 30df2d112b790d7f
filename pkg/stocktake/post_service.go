package stocktake

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// postBatch is how many items one statement looks at, locks and moves.
const postBatch = 500

// postAttempts is how often Post starts over because an item was deleted while it went through them.
const postAttempts = 3

// errItemWent says that an item was deleted between the reading of a list and its lock.
var errItemWent = core.Errorf(core.Conflict, "Collectibles were deleted while the stocktake was posted. Post it again.")

// Post enters the differences of a stocktake into the ledger, all of them or none, and closes it: Conflict if it is
// closed.
func (s *Service) Post(ctx context.Context, id int64, ofMissing OfMissing) (t *Stocktake, err error) {
	a, _, err := s.get(ctx, id, mayPost)
	if err != nil {
		return nil, err
	}
	for range postAttempts {
		err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			t, err = s.post(ctx, tx, a.VendorID, id, ofMissing)
			return err
		})
		if err != errItemWent { //nolint:errorlint // it is that very one
			break
		}
	}
	return t, err
}

func (s *Service) post(ctx context.Context, tx bun.Tx, vendorID, id int64, ofMissing OfMissing) (*Stocktake, error) {
	t, err := lockStocktake(ctx, tx, vendorID, id)
	if err != nil {
		return nil, err
	}
	if err := t.isOpen(); err != nil {
		return nil, err
	}
	if ours, err := s.vendors.HasStore(ctx, tx, vendorID, t.StoreID); err != nil || !ours {
		return nil, cmpError(err, errNoStoreAccess)
	}
	ids, err := selectUnsettled(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	if ofMissing == Zero {
		unseen, err := selectMissingIDs(ctx, tx, t)
		if err != nil {
			return nil, err
		}
		ids = append(ids, unseen...)
		slices.Sort(ids)
	}
	for batch := range slices.Chunk(ids, postBatch) { // in the order of their ids, as all lock them
		if err := s.postItems(ctx, tx, t, batch); err != nil {
			return nil, err
		}
	}
	if err := settleLines(ctx, tx, t); err != nil {
		return nil, err
	}
	return t, closeStocktake(ctx, tx, t, Posted, s.now())
}

// postItems posts the differences of items. What was read of them before they were locked does not count.
func (s *Service) postItems(ctx context.Context, tx bun.Tx, t *Stocktake, ids []int64) error {
	h, err := s.stock.Lock(ctx, tx, t.VendorID, ids)
	if core.KindOf(err) == core.NotFound {
		return errItemWent
	}
	if err != nil {
		return err
	}
	list, err := s.differencesOf(ctx, tx, t, h, ids)
	if err != nil || len(list) == 0 {
		return err
	}
	settled := make([]*Line, len(list))
	var postings []stock.Posting
	var posted []*Line // by each posting
	for i, d := range list {
		settled[i] = d.settle()
		delta := max(d.units(), -h.Units(t.place(d.ItemID))) // more than there is has been sold already
		if delta == 0 {
			continue
		}
		posted = append(posted, settled[i])
		postings = append(postings, stock.Posting{
			Place: t.place(d.ItemID), Delta: delta, Kind: stock.Count, TakesHeld: true, Document: t.document(),
		})
	}
	if len(postings) > 0 {
		ms, err := s.stock.Post(ctx, tx, h, postings...)
		if err != nil {
			return err
		}
		for i, m := range ms {
			posted[i].MovementID = &m.ID
		}
	}
	return upsertLines(ctx, tx, settled)
}

// differencesOf returns the differences of items that are locked. Of those that were never scanned, nothing was counted.
func (s *Service) differencesOf(ctx context.Context, tx bun.Tx, t *Stocktake, h *stock.Holdings, ids []int64) ([]*Difference, error) {
	list, err := selectDifferencesOf(ctx, tx, t, ids)
	if err != nil || len(list) == len(ids) {
		return list, err
	}
	come, err := selectCome(ctx, tx, t, ids)
	if err != nil {
		return nil, err
	}
	scanned := map[int64]bool{}
	for _, d := range list {
		scanned[d.ItemID] = true
	}
	for _, id := range ids {
		there := h.Units(t.place(id)) - come[id]
		if scanned[id] || there <= 0 {
			continue
		}
		it, err := h.Item(id)
		if err != nil {
			return nil, err
		}
		d := &Difference{Line: *newLine(t, it), Expects: there}
		d.add(&Scan{ScannedAt: s.now()}, there)
		list = append(list, d)
	}
	return list, nil
}

// cmpError returns err, or another one where it is nil.
func cmpError(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
