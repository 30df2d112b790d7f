package costing

import (
	"context"
	"slices"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errOtherRepack = core.Errorf(core.Unprocessable, "This client_key stands for another repack.")
	errTooDear     = core.Errorf(core.Conflict, "What is taken costs more than 99999999.99: take less at once.")
)

// Repack makes units out of others in a store of the vendor for which the actor works, all of it or nothing. It is Conflict
// if too few units are free, Forbidden if the actor may not adjust there. Where the client key names a repack already,
// that is returned, and isNew is false.
func (s *Service) Repack(ctx context.Context, r RepackRequest) (rp *Repack, isNew bool, err error) {
	if err := r.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	if err := mayRepack(a, r.StoreID); err != nil {
		return nil, false, err
	}
	find := func(key string) (*Repack, error) { return selectRepackBy(ctx, s.db, a.VendorID, "client_key", key) }
	judge := func(rp *Repack) error {
		if err := mayRepack(a, rp.StoreID); err != nil {
			return err
		}
		if !r.isMetBy(rp) {
			return errOtherRepack
		}
		return nil
	}
	rp, isNew, err = db.Once(r.ClientKey, repackTable, find, judge, func() (rp *Repack, err error) {
		err = s.inCostedTx(ctx, a.VendorID, func(ctx context.Context, tx db.LoadTx) error {
			rp, err = s.repack(ctx, tx, a, r)
			return err
		})
		return rp, err
	})
	return withoutCost(a, rp), isNew, err
}

func (s *Service) repack(ctx context.Context, tx db.LoadTx, a vendors.Affiliation, r RepackRequest) (*Repack, error) {
	taken, made := weigh(r.takenLines()), weigh(r.Made)
	h, err := s.stock.Lock(ctx, tx.Tx, a.VendorID, slices.Concat(itemsOf(taken), itemsOf(made)))
	if err == nil {
		_, err = s.stock.HoldStore(ctx, tx.Tx, a.VendorID, r.StoreID)
	}
	if err == nil {
		err = firstError(name(taken, h), name(made, h))
	}
	if err != nil {
		return nil, err
	}
	rp := &Repack{
		VendorID: a.VendorID, StoreID: r.StoreID, Kind: r.Kind, Note: r.Note, UserID: userID(ctx), ClientKey: r.ClientKey, CreatedAt: s.now(),
	}
	if rp.ID, err = db.NextID(ctx, tx.Tx, repackTable); err != nil {
		return nil, err
	}
	if rp.Cost, err = s.take(ctx, tx, h, rp, taken); err != nil {
		return nil, err
	}
	spread(rp.Cost, made)
	if err := s.make(ctx, tx, h, rp, made); err != nil {
		return nil, err
	}
	rp.add(false, taken)
	rp.add(true, made)
	return rp, insertRepack(ctx, tx.Tx, rp)
}

// take moves what a repack takes out of the store, and works out what that cost: of each share, and of all.
func (s *Service) take(ctx context.Context, tx db.LoadTx, h *stock.Holdings, rp *Repack, taken []Share) (sum core.Money, err error) {
	postings := make([]stock.Posting, len(taken))
	for i, sh := range taken {
		postings[i] = rp.posting()
		postings[i].Place, postings[i].Delta = stock.Place{ItemID: sh.ItemID, StoreID: rp.StoreID}, -int64(sh.Units)
	}
	movements, err := s.stock.Post(ctx, tx.Tx, h, postings...)
	if err != nil {
		return 0, err
	}
	costs, err := costNow(ctx, tx, rp.VendorID, movements)
	if err != nil {
		return 0, err
	}
	total := core.Total(0)
	for i, m := range movements {
		cost := -costs[m.ID]
		if total += cost; max(cost, total) > mostCost {
			return 0, errTooDear
		}
		taken[i].Cost = core.Money(cost)
	}
	return core.Money(total), nil
}

// mostCost is the most that a repack costs: what a core.Money in the database holds.
const mostCost core.Total = 1e10 - 1

// make moves what a repack makes into the store.
func (s *Service) make(ctx context.Context, tx db.LoadTx, h *stock.Holdings, rp *Repack, made []Share) error {
	var postings []stock.Posting
	for _, sh := range made {
		postings = append(postings, sh.receive(rp.StoreID, rp.posting())...)
	}
	_, err := s.stock.Post(ctx, tx.Tx, h, postings...)
	return err
}

// costNow works out what the units of movements cost that the open transaction has made, by movement. Their items are
// locked, so that nothing comes between.
func costNow(ctx context.Context, tx db.LoadTx, vendorID int64, ms []*stock.Movement) (map[int64]core.Total, error) {
	if err := insertProgress(ctx, tx.Tx, vendorID); err != nil {
		return nil, err
	}
	if _, err := lockProgress(ctx, tx.Tx, vendorID); err != nil {
		return nil, err
	}
	itemIDs, ids := make([]int64, len(ms)), make([]int64, len(ms))
	for i, m := range ms {
		itemIDs[i], ids[i] = m.ItemID, m.ID
	}
	slices.Sort(itemIDs)
	if err := cost(ctx, tx, slices.Compact(itemIDs)); err != nil {
		return nil, err
	}
	costs, err := selectCosts(ctx, tx, ids)
	byMovement := map[int64]core.Total{}
	for _, c := range costs {
		byMovement[c.ID] = c.Cost
	}
	return byMovement, err
}

// inCostedTx is for what moves stock of a vendor and works out what it cost. All that was there before is worked out first,
// while nobody has to wait for it.
func (s *Service) inCostedTx(ctx context.Context, vendorID int64, fn func(ctx context.Context, tx db.LoadTx) error) error {
	if err := s.CatchUp(ctx, vendorID); err != nil {
		return err
	}
	return besideOthers(func() error {
		return db.InLoadTx(ctx, s.db, func(ctx context.Context, tx db.LoadTx) error {
			if err := db.Recorded(ctx, tx.Tx); err != nil {
				return err
			}
			return fn(ctx, tx)
		})
	})
}

// firstError returns the first one that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
