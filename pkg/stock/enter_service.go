package stock

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Enter enters into both ledgers what the context's actor has done to items in the open transaction, which has to be
// Recorded. The rows of the items must be locked, be it by the statement that changed them.
func (s *Service) Enter(ctx context.Context, tx bun.Tx, ts ...Transition) error {
	return s.EnterAs(ctx, tx, core.ActorFrom(ctx).UserID, ts...)
}

// EnterAs is Enter for a user, 0 for none, who need not be the context's actor.
func (s *Service) EnterAs(ctx context.Context, tx bun.Tx, userID int64, ts ...Transition) error {
	ms, entries, err := s.write(ctx, tx, userID, ts)
	if err != nil {
		return err
	}
	if err := insertMovements(ctx, tx, ms); err != nil {
		return err
	}
	return insertEntries(ctx, tx, entries)
}

// EnterLoaded is EnterAs for what was loaded in bulk.
func (s *Service) EnterLoaded(ctx context.Context, tx db.LoadTx, userID int64, ts []Transition) error {
	ms, entries, err := s.write(ctx, tx.Tx, userID, ts)
	if err != nil {
		return err
	}
	if err := loadMovements(ctx, tx, ms); err != nil {
		return err
	}
	return loadEntries(ctx, tx, entries)
}

// EnterCreated is EnterAs for many items that the open transaction has made: what Transitions without a Before would say.
func (s *Service) EnterCreated(ctx context.Context, tx bun.Tx, userID int64, itemIDs []int64) error {
	if len(itemIDs) == 0 {
		return nil
	}
	now, user := s.now(), orNil(userID)
	if err := insertMovementsOfCreated(ctx, tx, itemIDs, user, now); err != nil {
		return err
	}
	return insertEntriesOfCreated(ctx, tx, itemIDs, user, now)
}

// write says transitions in the words of both ledgers. The levels of items that are gone go with them, and nothing of them
// is held any more.
func (s *Service) write(
	ctx context.Context, tx bun.Tx, userID int64, ts []Transition,
) (ms []*Movement, entries []*LedgerEntry, err error) {
	var known, gone, moved []int64
	for _, t := range ts {
		if t.isMove() {
			moved = append(moved, t.Before.ID)
		}
		if t.Before.ID != 0 {
			known = append(known, t.Before.ID)
		}
		if t.After.ID == 0 {
			gone = append(gone, t.Before.ID)
		}
	}
	now, user := s.now(), orNil(userID)
	if err := mayLeave(ctx, tx, ts, moved, now); err != nil {
		return nil, nil, err
	}
	levels, err := levelsByItem(ctx, tx, known)
	if err == nil {
		err = deleteLevels(ctx, tx, gone)
	}
	if err == nil {
		err = releaseAll(ctx, tx, gone, now)
	}
	for _, t := range ts {
		ms = append(ms, t.movements(levels[t.Before.ID], user, now)...)
		entries = append(entries, t.entries(user, now)...)
	}
	return ms, entries, err
}

// mayLeave returns why items may not go to other stores as they do: units that are held stay where they are.
func mayLeave(ctx context.Context, tx bun.Tx, ts []Transition, moved []int64, now time.Time) error {
	if len(moved) == 0 {
		return nil
	}
	left := newHoldings(0)
	if err := selectHoldings(ctx, tx, left, moved, now); err != nil {
		return err
	}
	for _, t := range ts {
		at := Place{t.Before.ID, t.Before.StoreID}
		if held := left.Held(at) - left.Units(at); t.isMove() && held > 0 {
			return insufficient(t.Before, "%d units are held in the store that it leaves", held)
		}
	}
	return nil
}

// levelsByItem returns the levels of items, those of each in the order of the stores.
func levelsByItem(ctx context.Context, idb bun.IDB, itemIDs []int64) (map[int64][]*Level, error) {
	byItem := map[int64][]*Level{}
	for batch := range slices.Chunk(itemIDs, balanceBatch) {
		levels, err := selectLevels(ctx, idb, batch)
		if err != nil {
			return nil, err
		}
		for _, l := range levels {
			byItem[l.ItemID] = append(byItem[l.ItemID], l)
		}
	}
	return byItem, nil
}

// Change brings the quantity of an item that is locked, and that the caller has changed otherwise, to that of after, and
// enters all of it into both ledgers. The transaction has to be Recorded.
func (s *Service) Change(ctx context.Context, tx bun.Tx, before, after Item) error {
	if delta := int64(after.Quantity) - int64(before.Quantity); delta != 0 {
		change := quantityChange{itemID: after.ID, storeID: after.StoreID, delta: delta}
		n, err := addQuantities(ctx, tx, *after.VendorID, []quantityChange{change}, s.now())
		if err == nil && n == 0 {
			err = errNoItem
		}
		if err != nil {
			return err
		}
	}
	return s.Enter(ctx, tx, Transition{Before: before, After: after})
}

// balanceBatch is how many items Balance looks at at once.
const balanceBatch = 500

// Balance makes the ledgers of items say what there is, after something has written items as they were elsewhere, with
// their movements or without: what has no history gets an opening balance, what differs an external movement. It returns
// how many movements that took.
func (s *Service) Balance(ctx context.Context, tx bun.Tx, itemIDs []int64) (n int, err error) {
	itemIDs = slices.Compact(slices.Sorted(slices.Values(itemIDs)))
	for batch := range slices.Chunk(itemIDs, balanceBatch) {
		if err := lockAll(ctx, tx, batch); err != nil {
			return 0, err
		}
		gaps, err := selectGaps(ctx, tx, batch)
		if err != nil {
			return 0, err
		}
		n += len(gaps)
		// Units leave one place before they come to another.
		slices.SortStableFunc(gaps, func(a, b gap) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Units, b.Units)) })
		if err := insertMovements(ctx, tx, s.newBalances(gaps)); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// BalanceAll is Balance of all items.
func (s *Service) BalanceAll(ctx context.Context, tx bun.Tx) (n int, err error) {
	for after := int64(0); ; {
		states, err := selectStates(ctx, tx, nil, after, balanceBatch)
		if err != nil || len(states) == 0 {
			return n, err
		}
		ids := make([]int64, len(states))
		for i, it := range states {
			ids[i] = it.ID
		}
		entered, err := s.Balance(ctx, tx, ids)
		if err != nil {
			return 0, err
		}
		n += entered
		after = ids[len(ids)-1]
	}
}

func (s *Service) newBalances(gaps []gap) (ms []*Movement) {
	now := s.now()
	for _, g := range gaps {
		kind := External
		if !g.HasHistory {
			kind = Opening
		}
		m := newMovement(g.Item, kind, g.Units, g.Sum+g.Units, nil, now)
		if g.Units > 0 {
			m.UnitCost = g.cost()
		}
		ms = append(ms, m)
	}
	return ms
}
