package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// maxInviteTries is how often an invite is made anew when another one makes the same account or member first.
const maxInviteTries = 5

// Members returns the members of the vendor that the actor runs: active, invited, declined and revoked ones.
func (s *Service) Members(ctx context.Context) ([]*Member, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectMembers(ctx, s.db, a.VendorID)
}

// Member returns a member of the vendor that the actor runs.
func (s *Service) Member(ctx context.Context, id int64) (*Member, error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	return selectMember(ctx, s.db, a.VendorID, id)
}

// Invite asks a person to work for the vendor that the actor runs. Who has no account yet gets one without a
// password. Who declined or was revoked is asked again.
func (s *Service) Invite(ctx context.Context, in Invite) (*Member, error) {
	if in.Role == "" {
		in.Role = RoleMember
	}
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		m, err := s.invite(ctx, a, in)
		if _, taken := db.UniqueViolation(err); try == maxInviteTries || !taken {
			return m, err
		}
	}
}

func (s *Service) invite(ctx context.Context, a Affiliation, in Invite) (m *Member, err error) {
	actor, now := core.ActorFrom(ctx), s.now()
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lockVendor(ctx, tx, a.VendorID); err != nil {
			return err
		}
		u, err := s.users.Invitee(ctx, tx, in.Email)
		if err != nil {
			return err
		}
		m, err = selectMembership(ctx, tx, a.VendorID, u.ID)
		if core.KindOf(err) == core.NotFound {
			m, err = &Member{VendorID: a.VendorID, UserID: u.ID, JoinedAt: now}, nil
		}
		if err != nil {
			return err
		}
		if err := a.mayInvite(m, in.Role, actor.UserID); err != nil {
			return err
		}
		m.invite(in, actor.UserID, now)
		m.User, m.ActiveStore = u, nil
		return saveInvite(ctx, tx, m)
	})
	return m, err
}

// saveInvite writes a new member, or one that is asked again.
func saveInvite(ctx context.Context, tx bun.Tx, m *Member) error {
	if m.ID == 0 {
		return insertMember(ctx, tx, m)
	}
	return updateMember(ctx, tx, m, "role", "title", "invited_by_id", "invite_status", "invited_at", "is_active",
		"responded_at", "revoked_at", "active_store_id")
}

// ChangeMember changes a member of the vendor that the actor runs, or ends the membership.
func (s *Service) ChangeMember(ctx context.Context, id int64, change MemberChange) (m *Member, err error) {
	a, err := s.runner(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		// The vendor's lock orders changes of its members: two owners cannot both leave as the last but one.
		if _, err := lockVendor(ctx, tx, a.VendorID); err != nil {
			return err
		}
		if m, err = selectMember(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if err := a.mayChangeMember(m, change); err != nil {
			return err
		}
		if err := keepsAnOwner(ctx, tx, m, change); err != nil {
			return err
		}
		change.Role.Set(&m.Role)
		change.Title.SetPtr(&m.Title)
		if change.ends() && m.InviteStatus != InviteRevoked {
			m.revoke(s.now())
		}
		return updateMember(ctx, tx, m, "role", "title", "is_active", "active_store_id", "invite_status", "revoked_at")
	})
	return m, err
}

// keepsAnOwner refuses a change after which nobody would own the vendor.
func keepsAnOwner(ctx context.Context, tx bun.Tx, m *Member, change MemberChange) error {
	demoted := change.Role.Or(m.Role) != RoleOwner
	if !m.isActiveOwner() || (!demoted && !change.ends()) {
		return nil
	}
	owners, err := countActiveOwners(ctx, tx, m.VendorID)
	if err != nil || owners > 1 {
		return err
	}
	if demoted {
		return core.InvalidField("role", errLastOwner)
	}
	return core.InvalidField("is_active", errLastOwner)
}

// RevokeMember ends the membership of somebody at the vendor that the actor runs.
func (s *Service) RevokeMember(ctx context.Context, id int64) error {
	_, err := s.ChangeMember(ctx, id, MemberChange{IsActive: core.Some(false)})
	return err
}

// SelectVendor makes a vendor of which the actor is an active member the one they work for.
func (s *Service) SelectVendor(ctx context.Context, vendorID int64) (m *Member, err error) {
	actor := core.ActorFrom(ctx)
	if known, err := existsVendor(ctx, s.db, vendorID); err != nil || !known {
		return nil, unknownUnless(err, "vendor", vendorID)
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		m, err = selectMembership(ctx, tx, vendorID, actor.UserID)
		if core.KindOf(err) == core.NotFound || err == nil && !m.IsActive {
			return core.Errorf(core.Forbidden, "You do not belong to that vendor.")
		}
		if err != nil {
			return err
		}
		if err := s.users.SetProfileVendor(ctx, tx, actor.UserID, &vendorID); err != nil || m.ActiveStore != nil {
			return err
		}
		if m.ActiveStore, err = s.firstStore(ctx, tx, vendorID); err != nil {
			return err
		}
		return setActiveStore(ctx, tx, m.ID, m.ActiveStore.ID)
	})
	return m, err
}

// unknownUnless is err, or where there is none that the object is unknown.
func unknownUnless(err error, field string, id int64) error {
	if err != nil {
		return err
	}
	return core.UnknownID(field, id)
}

// firstStore returns the vendor's oldest store, which it makes where there is none.
func (s *Service) firstStore(ctx context.Context, tx bun.Tx, vendorID int64) (*Store, error) {
	st, err := selectFirstStore(ctx, tx, vendorID, nil)
	if err != nil || st != nil {
		return st, err
	}
	st = newDefaultStore(vendorID, s.now())
	return st, insertStore(ctx, tx, st)
}
