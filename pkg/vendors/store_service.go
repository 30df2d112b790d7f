package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

var errNotMember = core.Errorf(core.Forbidden, "You do not belong to the active vendor.")

// HasStore reports whether the store is the vendor's. Such a store stays until the transaction ends.
func (s *Service) HasStore(ctx context.Context, tx bun.Tx, vendorID, storeID int64) (bool, error) {
	_, err := holdStore(ctx, tx, vendorID, storeID)
	if core.KindOf(err) == core.NotFound {
		return false, nil
	}
	return err == nil, err
}

// HoldStore returns a store of the vendor's, which stays until the transaction ends, or NotFound.
func (s *Service) HoldStore(ctx context.Context, tx bun.Tx, vendorID, storeID int64) (*Store, error) {
	return holdStore(ctx, tx, vendorID, storeID)
}

// Stores returns the stores of the vendor that the actor runs, by name.
func (s *Service) Stores(ctx context.Context) ([]*Store, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectStores(ctx, s.db, a.VendorID)
}

// Store returns a store of the vendor that the actor runs.
func (s *Service) Store(ctx context.Context, id int64) (*Store, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectStore(ctx, s.db, a.VendorID, id)
}

// CreateStore makes a store of the vendor that the actor runs.
func (s *Service) CreateStore(ctx context.Context, change StoreChange) (*Store, error) {
	for try := 1; ; try++ {
		st, err := s.createStore(ctx, change)
		if try == maxSlugTries || !db.IsUniqueViolation(err, "collectibles_store", "slug") {
			return st, err
		}
	}
}

func (s *Service) createStore(ctx context.Context, change StoreChange) (*Store, error) {
	st := &Store{IsActive: true, CreatedAt: s.now(), UpdatedAt: s.now()}
	change.apply(st)
	err := s.inVendor(ctx, func(ctx context.Context, tx bun.Tx, a Affiliation) error {
		base := slugify(st.Name, "store")
		taken, err := selectStoreSlugs(ctx, tx, a.VendorID, slugStem(base, maxStoreSlug))
		if err != nil {
			return err
		}
		st.ID, st.VendorID, st.Slug = 0, a.VendorID, freeSlug(base, taken, maxStoreSlug)
		return insertStore(ctx, tx, st)
	})
	return st, err
}

// ChangeStore sets fields of a store of the vendor that the actor runs.
func (s *Service) ChangeStore(
	ctx context.Context, id int64, change StoreChange, guard core.Guard[*Store],
) (st *Store, err error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if st, err = lockStore(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if err := guard.Check(st); err != nil {
			return err
		}
		before := st.images()
		set := change.apply(st)
		s.images.Replace(ctx, owner(id), before, st.images())
		st.UpdatedAt = s.now()
		return updateStore(ctx, tx, st, append(set, "updated_at")...)
	})
	return st, err
}

// DeleteStore deletes a store of the vendor that the actor runs: Conflict while something lies in it.
func (s *Service) DeleteStore(ctx context.Context, id int64, guard core.Guard[*Store]) error {
	a, err := s.runner(ctx)
	if err != nil {
		return err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		st, err := lockStore(ctx, tx, a.VendorID, id)
		if err != nil {
			return err
		}
		if err := guard.Check(st); err != nil {
			return err
		}
		for _, hook := range s.onDeleteStores {
			if err := hook(ctx, tx, []int64{id}); err != nil {
				return err
			}
		}
		s.images.Replace(ctx, owner(id), st.images(), nil)
		return deleteStores(ctx, tx, []int64{id})
	})
	if db.IsForeignKeyViolation(err) {
		return core.Errorf(core.Conflict, "This store is in use: something was added to it just now.")
	}
	return err
}

// SelectStore makes a store the one in which the actor works. It must be one of the vendor for which they work, and
// open to them.
func (s *Service) SelectStore(ctx context.Context, id int64) (*Store, error) {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	st, err := selectAnyStore(ctx, s.db, id)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, core.UnknownID("store", id)
	case err != nil:
		return nil, err
	case !a.maySee(st.VendorID):
		return nil, core.Errorf(core.Forbidden, "Store must belong to your active vendor.")
	case a.MemberID == 0:
		return nil, errNotMember
	case !a.MayReadStore(id):
		return nil, core.Errorf(core.Forbidden, "You do not have access to that store.")
	}
	member, err := setActiveStore(ctx, s.db, a.MemberID, id)
	switch {
	case db.IsForeignKeyViolation(err): // deleted just now
		return nil, core.UnknownID("store", id)
	case err == nil && !member:
		return nil, errNotMember
	}
	return st, err
}

// oldestStore returns the vendor's oldest store, which it makes where there is none.
func (s *Service) oldestStore(ctx context.Context, tx bun.Tx, vendorID int64) (*Store, error) {
	st, err := holdOldestStore(ctx, tx, vendorID)
	if core.KindOf(err) != core.NotFound {
		return st, err
	}
	if err := insertDefaultStore(ctx, tx, newDefaultStore(vendorID, s.now())); err != nil {
		return nil, err
	}
	return holdOldestStore(ctx, tx, vendorID)
}
