package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// workplace tells users' own page where they work. A vendor without any store gets its default store here. The name of
// a vendor that the profile names, and for which the user does not work, is nothing for them to know.
func (s *Service) workplace(ctx context.Context, u *users.User, p *users.Profile) (w users.Workplace, err error) {
	a, err := s.Affiliation(ctx, u.ID)
	if err != nil || a.VendorID == 0 {
		return w, err
	}
	v, st, err := s.activeStore(ctx, a)
	switch {
	case core.KindOf(err) == core.NotFound, db.IsForeignKeyViolation(err): // the vendor was deleted just now
		return w, nil
	case err != nil:
		return w, err
	}
	if p.VendorID != nil && *p.VendorID == v.ID {
		w.ProfileVendorName = &v.Name
	}
	w.Vendor = &users.WorkVendor{ID: v.ID, Name: v.Name, Slug: v.Slug}
	w.Store = &users.WorkStore{ID: st.ID, Name: st.Name, VendorID: st.VendorID}
	return w, nil
}

// activeStore returns a vendor and the store in which its member works: the one they chose, else the vendor's oldest,
// made where there is none.
func (s *Service) activeStore(ctx context.Context, a Affiliation) (v *Vendor, oldest *Store, err error) {
	if v, err = selectVendor(ctx, s.db, a.VendorID); err != nil {
		return nil, nil, err
	}
	for _, st := range v.Stores {
		if a.ActiveStoreID != nil && st.ID == *a.ActiveStoreID {
			return v, st, nil
		}
		if oldest == nil || st.ID < oldest.ID {
			oldest = st
		}
	}
	if oldest != nil {
		return v, oldest, nil
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		oldest, err = s.oldestStore(ctx, tx, v.ID)
		return err
	})
	return v, oldest, err
}

// mayNameVendor lets a user's profile name a vendor in which they are an active member, or which it names already.
func (s *Service) mayNameVendor(ctx context.Context, tx bun.Tx, u *users.User, p *users.Profile, vendorID int64) error {
	member, err := isActiveMember(ctx, tx, u.ID, vendorID)
	if err != nil {
		return err
	}
	if named := p.VendorID != nil && *p.VendorID == vendorID; !member && !named {
		return users.ErrVendorUnknown
	}
	err = holdVendor(ctx, tx, vendorID)
	if core.KindOf(err) == core.NotFound {
		return users.ErrVendorUnknown
	}
	return err
}

// FindID returns the id of the vendor of a slug or id, or core.NotFound, for an operator: it asks for nobody's permission.
func (s *Service) FindID(ctx context.Context, vendor string) (id int64, err error) {
	return selectVendorID(ctx, s.db, vendor)
}

// staff returns the users who work for the vendor of a slug or id, or core.NotFound.
func (s *Service) staff(ctx context.Context, vendor string) ([]int64, error) {
	id, err := selectVendorID(ctx, s.db, vendor)
	if err != nil {
		return nil, err
	}
	return selectStaffIDs(ctx, s.db, id)
}

// jobs returns a user's places at vendors, former ones and invites too.
func (s *Service) jobs(ctx context.Context, userID int64) ([]users.Job, error) {
	return selectJobs(ctx, s.db, userID)
}

// forgetUser deletes a user's memberships.
func (s *Service) forgetUser(ctx context.Context, tx bun.Tx, u *users.User) error {
	return deleteMembershipsOf(ctx, tx, u.ID)
}
