package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// maxSlugTries is how often a vendor is made anew when another one takes its slug first.
const maxSlugTries = 10

var (
	errNoVendorAccess = core.Errorf(core.Forbidden, "You do not have access to this vendor.")
	errNotPermitted   = core.Errorf(core.Forbidden, "You do not have permission to perform this action.")
)

// Affiliation returns the vendor for which a user works.
func (s *Service) Affiliation(ctx context.Context, userID int64) (Affiliation, error) {
	return selectAffiliation(ctx, s.affiliation, userID)
}

// List returns the vendor for which the actor works, or none.
func (s *Service) List(ctx context.Context) ([]*Vendor, error) {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	v, err := selectVendor(ctx, s.db, a.VendorID)
	if core.KindOf(err) == core.NotFound { // deleted just now
		return nil, nil
	}
	return []*Vendor{v}, err
}

// Get returns the vendor, or Forbidden if the actor does not work there.
func (s *Service) Get(ctx context.Context, id int64) (*Vendor, error) {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	if !a.maySee(id) {
		return nil, errNoVendorAccess
	}
	return selectVendor(ctx, s.db, id)
}

// Create makes a vendor with a default store. The actor becomes its owner and works for it from now on.
func (s *Service) Create(ctx context.Context, change VendorChange) (*Vendor, error) {
	for try := 1; ; try++ {
		v, err := s.create(ctx, change)
		if try == maxSlugTries || !db.IsUniqueViolation(err, "collectibles_vendor", "slug") {
			return v, err
		}
	}
}

func (s *Service) create(ctx context.Context, change VendorChange) (*Vendor, error) {
	now := s.now()
	v := &Vendor{IsActive: true, CreatedAt: now, UpdatedAt: now}
	change.apply(v)
	err := db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		base := slugify(v.Name, "vendor")
		taken, err := selectVendorSlugs(ctx, tx, slugStem(base, maxVendorSlug))
		if err != nil {
			return err
		}
		v.ID, v.Slug = 0, freeSlug(base, taken, maxVendorSlug)
		if err := insertVendor(ctx, tx, v); err != nil {
			return err
		}
		st := newDefaultStore(v.ID, v.CreatedAt)
		if err := insertStore(ctx, tx, st); err != nil {
			return err
		}
		v.Stores = []*Store{st}
		userID := core.ActorFrom(ctx).UserID
		if err := insertMember(ctx, tx, newOwner(v.ID, userID, st.ID, v.CreatedAt)); err != nil {
			return err
		}
		return s.users.SetProfileVendor(ctx, tx, userID, &v.ID)
	})
	return v, err
}

// Change sets fields of the vendor. Forbidden if the actor does not work there, or only looks on.
func (s *Service) Change(ctx context.Context, id int64, change VendorChange, guard core.Guard[*Vendor]) (*Vendor, error) {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	switch {
	case err != nil:
		return nil, err
	case !a.maySee(id):
		return nil, errNoVendorAccess
	case !a.mayChange(id):
		return nil, errNotPermitted
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		v, err := lockGuarded(ctx, tx, id, guard)
		if err != nil {
			return err
		}
		columns := change.apply(v)
		v.UpdatedAt = s.now()
		return updateVendor(ctx, tx, v, append(columns, "updated_at")...)
	})
	if err != nil {
		return nil, err
	}
	return selectVendor(ctx, s.db, id)
}

// Delete deletes the vendor, its stores and members. Forbidden to all but its owners; Conflict while it has stock.
func (s *Service) Delete(ctx context.Context, id int64, guard core.Guard[*Vendor]) error {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	switch {
	case err != nil:
		return err
	case !a.maySee(id):
		return errNoVendorAccess
	case !a.mayDelete(id):
		return errNotPermitted
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		// The stores first: who puts something into one holds it before the vendor.
		if _, err := lockStores(ctx, tx, id); err != nil {
			return err
		}
		a, err := lockAffiliation(ctx, tx, a)
		if err == nil && !a.mayDelete(id) {
			err = errNotPermitted
		}
		if err != nil {
			return err
		}
		if _, err := lockGuarded(ctx, tx, id, guard); err != nil {
			return err
		}
		return s.deleteAll(ctx, tx, id)
	})
	if db.IsForeignKeyViolation(err) {
		return core.Errorf(core.Conflict, "This vendor is in use: something was added to it just now.")
	}
	return err
}

// lockGuarded is lockVendor, in the state that the guard lets be changed.
func lockGuarded(ctx context.Context, tx bun.Tx, id int64, guard core.Guard[*Vendor]) (*Vendor, error) {
	v, err := lockVendor(ctx, tx, id)
	if err != nil || guard == nil {
		return v, err
	}
	whole, err := selectVendor(ctx, tx, id) // with its stores, which are part of what clients see
	if err != nil {
		return nil, err
	}
	return v, guard.Check(whole)
}

func (s *Service) deleteAll(ctx context.Context, tx bun.Tx, vendorID int64) error {
	stores, err := lockStores(ctx, tx, vendorID)
	if err != nil {
		return err
	}
	for _, hook := range s.onDeleteStores {
		if err := hook(ctx, tx, stores); err != nil {
			return err
		}
	}
	for _, hook := range s.onDeleteVendor {
		if err := hook(ctx, tx, vendorID); err != nil {
			return err
		}
	}
	if err := s.forgetStoreImages(ctx, tx, vendorID); err != nil {
		return err
	}
	if err := deleteStores(ctx, tx, stores); err != nil {
		return err
	}
	return deleteVendor(ctx, tx, vendorID)
}
