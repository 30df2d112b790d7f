package stocktake

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Begin opens a stocktake of a store of the vendor for which the actor works. It is Conflict while another one counts
// the same items there. Where the client key names a stocktake already, that is returned, and isNew is false.
func (s *Service) Begin(ctx context.Context, r Request) (t *Stocktake, isNew bool, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	find := func(key string) (*Stocktake, error) { return selectByKey(ctx, s.db, a.VendorID, key) }
	judge := func(t *Stocktake) error {
		if !r.isMetBy(t) {
			return errOtherStocktake
		}
		return mayCount(a, t.StoreID)
	}
	return db.Once(r.ClientKey, table, find, judge, func() (t *Stocktake, err error) {
		err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			t, err = s.begin(ctx, tx, a, r)
			return err
		})
		return t, err
	})
}

func (s *Service) begin(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r Request) (*Stocktake, error) {
	err := lockStore(ctx, tx, a.VendorID, r.StoreID)
	if core.KindOf(err) == core.NotFound {
		return nil, core.UnknownID("store", r.StoreID)
	}
	if err == nil {
		err = mayCount(a, r.StoreID)
	}
	if err != nil {
		return nil, err
	}
	t := &Stocktake{
		VendorID: a.VendorID, StoreID: r.StoreID, State: Open, Category: r.Category, Note: r.Note, UserID: userID(ctx),
		ClientKey: r.ClientKey, CreatedAt: s.now(),
	}
	open, err := selectOpen(ctx, tx, r.StoreID)
	if err != nil {
		return nil, err
	}
	for _, other := range open {
		if t.overlaps(other) {
			return nil, errOverlap(other)
		}
	}
	return t, insertStocktake(ctx, tx, t)
}

// List returns stocktakes of the vendor for which the actor works, in the stores that they may read, the newest first:
// at most limit of them, behind the one of an id if that is not 0.
func (s *Service) List(ctx context.Context, f Filter, before, limit int64) ([]*Stocktake, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, nil
		}
	}
	return selectStocktakes(ctx, s.db, a.VendorID, f, before, limit)
}

// Get returns a stocktake of the vendor for which the actor works, and how much of it is counted: NotFound if it is not
// the vendor's, Forbidden if the actor may not read its store.
func (s *Service) Get(ctx context.Context, id int64) (*Stocktake, Progress, error) {
	_, t, err := s.get(ctx, id, mayLook)
	if err != nil {
		return nil, Progress{}, err
	}
	p, err := selectProgress(ctx, s.db, id)
	return t, p, err
}

// get returns a stocktake with which somebody may do what the rule says.
func (s *Service) get(
	ctx context.Context, id int64, may func(a vendors.Affiliation, storeID int64) error,
) (a vendors.Affiliation, t *Stocktake, err error) {
	if a, err = s.affiliation(ctx); err != nil {
		return a, nil, err
	}
	if t, err = selectStocktake(ctx, s.db, a.VendorID, id); err != nil {
		return a, nil, err
	}
	return a, t, may(a, t.StoreID)
}

// Cancel closes a stocktake without any change of the stock: Conflict if it is closed.
func (s *Service) Cancel(ctx context.Context, id int64) (t *Stocktake, err error) {
	a, t, err := s.get(ctx, id, mayCount)
	if err == nil {
		err = mayCancel(a, t, core.ActorFrom(ctx).UserID)
	}
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if t, err = lockStocktake(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if err := t.isOpen(); err != nil {
			return err
		}
		return closeStocktake(ctx, tx, t, Cancelled, s.now())
	})
	return t, err
}

// userID is the actor's, nil for nobody.
func userID(ctx context.Context) *int64 {
	id := core.ActorFrom(ctx).UserID
	if id == 0 {
		return nil
	}
	return &id
}
