package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Accesses returns all store access at the vendor that the actor runs.
func (s *Service) Accesses(ctx context.Context) ([]*StoreAccess, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectAccesses(ctx, s.db, a.VendorID)
}

// Access returns a store access at the vendor that the actor runs.
func (s *Service) Access(ctx context.Context, id int64) (*StoreAccess, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectAccess(ctx, s.db, a.VendorID, id)
}

// GrantAccess opens a store to a member; both must be of the vendor that the actor runs.
func (s *Service) GrantAccess(ctx context.Context, storeID, memberID int64, role AccessRole) (*StoreAccess, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	st, m, err := s.storeAndMember(ctx, storeID, memberID)
	if err != nil {
		return nil, err
	}
	if !a.maySee(st.VendorID) || !a.maySee(m.VendorID) {
		return nil, core.Errorf(core.Forbidden, "Store and member must belong to your vendor.")
	}
	now := s.now()
	sa := &StoreAccess{StoreID: st.ID, MemberID: m.ID, Role: role, IsActive: true, CreatedAt: now, UpdatedAt: now, Member: m}
	if err := insertAccess(ctx, s.db, sa); err != nil {
		if db.IsForeignKeyViolation(err) {
			return nil, core.Errorf(core.Conflict, "The store or the member was deleted just now.")
		}
		return nil, err
	}
	return sa, nil
}

// storeAndMember finds both, or says which of them is unknown.
func (s *Service) storeAndMember(ctx context.Context, storeID, memberID int64) (*Store, *Member, error) {
	unknown := core.Fields{}
	st, err := selectAnyStore(ctx, s.db, storeID)
	if err := noteUnknown(unknown, "store", storeID, err); err != nil {
		return nil, nil, err
	}
	m, err := selectAnyMember(ctx, s.db, memberID)
	if err := noteUnknown(unknown, "member", memberID, err); err != nil {
		return nil, nil, err
	}
	return st, m, core.InvalidFields(unknown)
}

// noteUnknown adds to fields that err means that the object is unknown, and returns other errors.
func noteUnknown(fields core.Fields, field string, id int64, err error) error {
	if core.KindOf(err) != core.NotFound {
		return err
	}
	fields.Add(field, core.UnknownIDMessage(id))
	return nil
}

// ChangeAccess changes what a member may do in a store.
func (s *Service) ChangeAccess(
	ctx context.Context, id int64, role core.Optional[AccessRole], guard core.Guard[*StoreAccess],
) (sa *StoreAccess, err error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if sa, err = lockAccess(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if err := guard.Check(sa); err != nil || !role.Set(&sa.Role) {
			return err
		}
		sa.UpdatedAt = s.now()
		return updateAccess(ctx, tx, sa, "role", "updated_at")
	})
	return sa, err
}

// ChangePermissions sets which capabilities a member has in a store other than by their role: nil for those of the role.
func (s *Service) ChangePermissions(ctx context.Context, id int64, own map[Capability]*bool) (sa *StoreAccess, err error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if sa, err = lockAccess(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if sa.Permissions, err = override(sa.Permissions, own); err != nil {
			return err
		}
		sa.UpdatedAt = s.now()
		return updateAccess(ctx, tx, sa, "permissions", "updated_at")
	})
	return sa, err
}

// RevokeAccess closes a store to a member.
func (s *Service) RevokeAccess(ctx context.Context, id int64, guard core.Guard[*StoreAccess]) error {
	a, err := s.runner(ctx)
	if err != nil {
		return err
	}
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		sa, err := lockAccess(ctx, tx, a.VendorID, id)
		if err != nil {
			return err
		}
		if err := guard.Check(sa); err != nil {
			return err
		}
		return deleteAccess(ctx, tx, id)
	})
}
