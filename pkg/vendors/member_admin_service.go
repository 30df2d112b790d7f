package vendors

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// An appointment makes a user a member of a vendor by the word of whoever administers the installation, for vendors that
// nobody runs: nobody of the vendor has to agree, and the user is not asked.
type appointment struct {
	Vendor   string // slug or id
	Username string
	Role     Role
	Existing bool // also where the user is, or was, something there
}

// appoint makes an active member. A membership that is there already is a core.Conflict, unless the appointment is for
// it, too: then it becomes active and gets the role. An unknown vendor or user is core.NotFound; a disabled account, and
// a change after which nobody would own the vendor, are core.Conflict.
func (s *Service) appoint(ctx context.Context, in appointment) (m *Member, err error) {
	if !slices.ContainsFunc(in.Role.Choices(), func(c core.Choice) bool { return c.Value == string(in.Role) }) {
		return nil, core.Errorf(core.Invalid, "%q is no role", in.Role)
	}
	u, err := s.users.ByUsername(ctx, in.Username)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, core.Errorf(core.NotFound, "user '%s' does not exist", in.Username)
	case err != nil:
		return nil, err
	case !u.IsActive:
		return nil, core.Errorf(core.Conflict, "the account of '%s' is disabled: 'omnistock user enable' lets it in again", in.Username)
	}
	id, err := s.vendorID(ctx, in.Vendor)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lockVendor(ctx, tx, id); err != nil {
			return err
		}
		m, err = selectMembership(ctx, tx, id, u.ID)
		switch {
		case core.KindOf(err) == core.NotFound:
			m = &Member{VendorID: id, UserID: u.ID, JoinedAt: s.now(), InvitedAt: s.now()}
		case err != nil:
			return err
		case !in.Existing:
			return core.Errorf(core.Conflict, "'%s' is there already: %s, %s; --existing changes that", in.Username, m.Role, m.InviteStatus)
		}
		return s.saveAppointment(ctx, tx, m, in.Role)
	})
	if m != nil {
		m.User = u
	}
	return m, err
}

// saveAppointment makes m active, in the role, at its vendor's oldest store unless it has one.
func (s *Service) saveAppointment(ctx context.Context, tx bun.Tx, m *Member, role Role) error {
	err := keepsAnOwner(ctx, tx, m, MemberChange{Role: core.Some(role)})
	if core.KindOf(err) == core.Invalid {
		return core.Errorf(core.Conflict, "nobody else owns the vendor: make somebody else an owner first")
	}
	if err != nil {
		return err
	}
	now := s.now()
	m.Role = role
	if !m.IsActive {
		m.answer(InviteAccepted, now)
	}
	if m.ActiveStoreID == nil {
		store, err := s.oldestStore(ctx, tx, m.VendorID)
		if err != nil {
			return err
		}
		m.ActiveStoreID = &store.ID
	}
	if m.ID == 0 {
		return insertMember(ctx, tx, m)
	}
	return updateMember(ctx, tx, m, "role", "is_active", "invite_status", "responded_at", "revoked_at", "active_store_id")
}

// vendorID finds a vendor by slug or id, or is core.NotFound in an operator's words.
func (s *Service) vendorID(ctx context.Context, slugOrID string) (int64, error) {
	id, err := selectVendorID(ctx, s.db, slugOrID)
	if core.KindOf(err) == core.NotFound {
		return 0, core.Errorf(core.NotFound, "there is no vendor of the slug or id %q", slugOrID)
	}
	return id, err
}
