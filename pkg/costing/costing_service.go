package costing

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// batch is how many items one transaction works out.
const batch = 500

// errRebuilt says that all began anew meanwhile.
var errRebuilt = errors.New("costing: rebuilt meanwhile")

// CatchUp works out what the vendor's movements cost, as far as that is not done, and adds up the days that are over. Any
// number of programs may do so at once.
func (s *Service) CatchUp(ctx context.Context, vendorID int64) error {
	for {
		err := besideOthers(func() error { return s.catchUp(ctx, vendorID) })
		if !errors.Is(err, errRebuilt) {
			return err
		}
	}
}

// besideOthers tries work again that another vendor's has been in the way of: an item that was theirs is worked out for both
// of them, perhaps at this moment.
func besideOthers(work func() error) (err error) {
	for range 3 {
		if err = work(); !db.IsUniqueViolation(err, costTable, "id") {
			break
		}
	}
	return err
}

func (s *Service) catchUp(ctx context.Context, vendorID int64) error {
	start := s.now()
	p, err := s.begin(ctx, vendorID, start)
	if err != nil {
		return err
	}
	itemIDs, err := selectUncosted(ctx, s.db, vendorID, p.Since)
	if err != nil {
		return err
	}
	for ids := range slices.Chunk(itemIDs, batch) {
		err := db.InLoadTx(ctx, s.db, func(ctx context.Context, tx db.LoadTx) error {
			if _, err := p.lock(ctx, tx.Tx); err != nil {
				return err
			}
			return cost(ctx, tx, ids)
		})
		if err != nil {
			return err
		}
	}
	return s.end(ctx, p, start)
}

// begin returns how far the vendor's costs are worked out. What was worked out under a clock that is ahead is forgotten.
func (s *Service) begin(ctx context.Context, vendorID int64, now time.Time) (p *progress, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if err := insertProgress(ctx, tx, vendorID); err != nil {
			return err
		}
		if p, err = lockProgress(ctx, tx, vendorID); err != nil || !p.Since.After(now) {
			return err
		}
		return p.reset(ctx, tx)
	})
	return p, err
}

// lock locks the progress as it is now: errRebuilt if all began anew since p was read.
func (p *progress) lock(ctx context.Context, tx bun.Tx) (*progress, error) {
	current, err := lockProgress(ctx, tx, p.VendorID)
	if err == nil && current.Rebuilds != p.Rebuilds {
		err = errRebuilt
	}
	return current, err
}

// reset forgets what is worked out. The progress is locked.
func (p *progress) reset(ctx context.Context, tx bun.Tx) error {
	if err := deleteAll(ctx, tx, p.VendorID); err != nil {
		return err
	}
	p.Since, p.SummedUntil, p.Rebuilds = never, never, p.Rebuilds+1
	return updateProgress(ctx, tx, p)
}

// end notes that all movements from before start have their costs. What is younger than settled is looked at again, since a
// transaction that was open then may have entered some.
func (s *Service) end(ctx context.Context, begun *progress, start time.Time) error {
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		p, err := begun.lock(ctx, tx)
		if err != nil {
			return err
		}
		since := start.Add(-settled)
		if until := dayOf(since); until.After(p.SummedUntil) {
			if err := insertDays(ctx, tx, p.VendorID, p.SummedUntil, until); err != nil {
				return err
			}
			p.SummedUntil = until
		}
		if since.After(p.Since) {
			p.Since = since
		}
		return updateProgress(ctx, tx, p)
	})
}

// cost works out what the new movements of items cost. The vendor's progress is locked.
func cost(ctx context.Context, tx db.LoadTx, itemIDs []int64) error {
	ms, err := selectNew(ctx, tx.Tx, itemIDs)
	if err != nil {
		return err
	}
	lots, err := selectLots(ctx, tx, itemIDs)
	if err != nil {
		return err
	}
	known, err := selectCosts(ctx, tx, origins(ms))
	if err != nil {
		return err
	}
	folds := newFolds(itemIDs, lots, known)
	last := map[int64]int64{}
	for _, m := range ms {
		folds[m.ItemID].add(m)
		last[m.ItemID] = m.ID
	}
	return save(ctx, tx, itemIDs, folds, last, known)
}

// origins are the movements that others name as where their units come from.
func origins(ms []*stock.Movement) (ids []int64) {
	for _, m := range ms {
		if m.OriginID != nil {
			ids = append(ids, *m.OriginID)
		}
	}
	return ids
}

func newFolds(itemIDs []int64, lots []*Lot, known []*Cost) map[int64]*fold {
	folds := map[int64]*fold{}
	byMovement := map[int64]*Cost{} // an origin is a movement of the same item
	for _, c := range known {
		byMovement[c.ID] = c
	}
	for _, id := range itemIDs {
		folds[id] = &fold{known: byMovement, costs: map[int64]*Cost{}}
	}
	for _, l := range lots {
		f := folds[l.ItemID]
		f.lots = append(f.lots, l)
		f.last = share(l.Cost, 1, l.Units)
	}
	return folds
}

func save(ctx context.Context, tx db.LoadTx, itemIDs []int64, folds map[int64]*fold, last map[int64]int64, known []*Cost) error {
	var lots []*Lot
	var fresh []*Cost
	var done []*costed
	for _, id := range itemIDs {
		f := folds[id]
		f.settle()
		lots = append(lots, f.lots...)
		for _, c := range f.costs {
			fresh = append(fresh, c)
		}
		if movementID, ok := last[id]; ok {
			done = append(done, &costed{ID: id, MovementID: movementID})
		}
	}
	if err := replaceLots(ctx, tx, itemIDs, lots); err != nil {
		return err
	}
	if err := insertCosts(ctx, tx, fresh, known); err != nil {
		return err
	}
	return upsertCosted(ctx, tx.Tx, done)
}

// Rebuild forgets what a vendor's movements cost, and works it out anew.
func (s *Service) Rebuild(ctx context.Context, vendorID int64) error {
	err := db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if err := insertProgress(ctx, tx, vendorID); err != nil {
			return err
		}
		p, err := lockProgress(ctx, tx, vendorID)
		if err != nil {
			return err
		}
		return p.reset(ctx, tx)
	})
	if err != nil {
		return err
	}
	return s.CatchUp(ctx, vendorID)
}
