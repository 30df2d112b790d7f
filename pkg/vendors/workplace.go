package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// workplace tells users' own page where they work. A vendor without any store gets its default store here.
func (s *Service) workplace(ctx context.Context, u *users.User, p *users.Profile) (users.Workplace, error) {
	var w users.Workplace
	a, err := s.Affiliation(ctx, u.ID)
	if err != nil {
		return w, err
	}
	if p.VendorID != nil && *p.VendorID != a.VendorID {
		v, err := selectVendor(ctx, s.db, *p.VendorID)
		if err != nil {
			return w, err
		}
		w.ProfileVendorName = &v.Name
	}
	if a.VendorID == 0 {
		return w, nil
	}
	v, err := selectVendor(ctx, s.db, a.VendorID)
	if err != nil {
		return w, err
	}
	if p.VendorID != nil && *p.VendorID == v.ID {
		w.ProfileVendorName = &v.Name
	}
	w.Vendor = &users.WorkVendor{ID: v.ID, Name: v.Name, Slug: v.Slug}
	st, err := s.activeStore(ctx, a, v.Stores)
	if err != nil {
		return w, err
	}
	w.Store = &users.WorkStore{ID: st.ID, Name: st.Name, VendorID: st.VendorID}
	return w, nil
}

// activeStore is the store in which the user works: the one they chose, else the vendor's oldest, made where there is
// none.
func (s *Service) activeStore(ctx context.Context, a Affiliation, stores []*Store) (*Store, error) {
	var oldest *Store
	for _, st := range stores {
		if a.ActiveStoreID != nil && st.ID == *a.ActiveStoreID {
			return st, nil
		}
		if oldest == nil || st.ID < oldest.ID {
			oldest = st
		}
	}
	if oldest != nil {
		return oldest, nil
	}
	st := newDefaultStore(a.VendorID, s.now())
	err := insertStore(ctx, s.db, st)
	if db.IsUniqueViolation(err, "collectibles_store", "slug") {
		return selectFirstStore(ctx, s.db, a.VendorID, nil)
	}
	return st, err
}

// mayNameVendor lets a user's profile name a vendor in which they are an active member, or which it names already.
func (s *Service) mayNameVendor(ctx context.Context, tx bun.Tx, u *users.User, p *users.Profile, vendorID int64) error {
	if p.VendorID != nil && *p.VendorID == vendorID {
		return nil
	}
	member, err := isActiveMember(ctx, tx, u.ID, vendorID)
	if err == nil && !member {
		return users.ErrVendorUnknown
	}
	return err
}

// forgetUser deletes a user's memberships.
func (s *Service) forgetUser(ctx context.Context, tx bun.Tx, u *users.User) error {
	return deleteMembershipsOf(ctx, tx, u.ID)
}
