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

// runner returns the affiliation of an actor who runs the vendor they work for, or Forbidden.
func (s *Service) runner(ctx context.Context) (Affiliation, error) {
	a, err := s.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err == nil && !a.mayRun(a.VendorID) {
		err = errNotPermitted
	}
	return a, err
}

// inVendor runs fn in a transaction that has the vendor which the actor runs to itself, so that changes of its members
// come one after the other: of two owners who throw each other out, one stays.
func (s *Service) inVendor(ctx context.Context, fn func(ctx context.Context, tx bun.Tx, a Affiliation) error) error {
	before, err := s.runner(ctx)
	if err != nil {
		return err
	}
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		a, err := lockAffiliation(ctx, tx, before)
		if err == nil && !a.mayRun(before.VendorID) {
			err = errNotPermitted
		}
		if err != nil {
			return err
		}
		return fn(ctx, tx, a)
	})
}

// lockAffiliation locks the vendor of a member and returns what the member is there now, if anything.
func lockAffiliation(ctx context.Context, tx bun.Tx, a Affiliation) (Affiliation, error) {
	_, err := lockVendor(ctx, tx, a.VendorID)
	if err != nil && core.KindOf(err) != core.NotFound {
		return Affiliation{}, err
	}
	m, err := selectMember(ctx, tx, a.VendorID, a.MemberID)
	switch {
	case core.KindOf(err) == core.NotFound, err == nil && !m.IsActive:
		return Affiliation{}, nil
	case err != nil:
		return Affiliation{}, err
	}
	a.Role = m.Role
	return a, nil
}

// Invite asks a person to work for the vendor that the actor runs. Who has no account yet gets one without a
// password. Who declined or was revoked is asked again.
func (s *Service) Invite(ctx context.Context, in Invite) (*Member, error) {
	if in.Role == "" {
		in.Role = RoleMember
	}
	for try := 1; ; try++ {
		m, err := s.invite(ctx, in)
		if _, taken := db.UniqueViolation(err); try == maxInviteTries || !taken {
			return m, err
		}
	}
}

func (s *Service) invite(ctx context.Context, in Invite) (m *Member, err error) {
	actor, now := core.ActorFrom(ctx), s.now()
	err = s.inVendor(ctx, func(ctx context.Context, tx bun.Tx, a Affiliation) error {
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
func (s *Service) ChangeMember(
	ctx context.Context, id int64, change MemberChange, guard core.Guard[*Member],
) (m *Member, err error) {
	err = s.inVendor(ctx, func(ctx context.Context, tx bun.Tx, a Affiliation) error {
		if m, err = lockMember(ctx, tx, a.VendorID, id); err != nil {
			return err
		}
		if err := guard.Check(m); err != nil {
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
	others, err := existsOtherOwner(ctx, tx, m)
	if err != nil || others {
		return err
	}
	if demoted {
		return core.InvalidField("role", errLastOwner)
	}
	return core.InvalidField("is_active", errLastOwner)
}

// RevokeMember ends the membership of somebody at the vendor that the actor runs.
func (s *Service) RevokeMember(ctx context.Context, id int64, guard core.Guard[*Member]) error {
	_, err := s.ChangeMember(ctx, id, MemberChange{IsActive: core.Some(false)}, guard)
	return err
}

// SelectVendor makes a vendor of which the actor is an active member the one they work for.
func (s *Service) SelectVendor(ctx context.Context, vendorID int64) (m *Member, err error) {
	actor := core.ActorFrom(ctx)
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		err := holdVendor(ctx, tx, vendorID)
		if core.KindOf(err) == core.NotFound {
			return core.UnknownID("vendor", vendorID)
		}
		if err != nil {
			return err
		}
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
		if m.ActiveStore, err = s.oldestStore(ctx, tx, vendorID); err != nil {
			return err
		}
		_, err = setActiveStore(ctx, tx, m.ID, m.ActiveStore.ID)
		return err
	})
	return m, err
}
