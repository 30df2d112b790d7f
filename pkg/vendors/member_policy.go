package vendors

import "github.com/omni-stock/omnistock/pkg/core"

// The rules of who may make whom what, among those who run a vendor:
//
//	                                 owner  admin
//	invite and change others           x      x
//	make somebody an owner             x      -
//	change or revoke an owner          x      -       also one who is only invited, or was revoked
//	leave the vendor without an owner  -      -

var (
	errLastOwner     = "A vendor needs an owner: make somebody else one first."
	errOwnersOnly    = core.Errorf(core.Forbidden, "Only an owner can do that.")
	errInvitedSelf   = core.InvalidField("email", "You cannot invite yourself.")
	errMemberAlready = core.InvalidField("email", "This person is a member already.")
	errInvitedBefore = core.InvalidField("email", "This person is invited already.")
)

// mayGive reports whether a may give somebody a role, or take it.
func (a Affiliation) mayGive(role Role) bool { return a.Role == RoleOwner || role != RoleOwner }

// mayChangeMember reports why a may not make the change to m, which is a member of a's vendor.
func (a Affiliation) mayChangeMember(m *Member, change MemberChange) error {
	if !a.mayGive(m.Role) || !a.mayGive(change.Role.Value) {
		return errOwnersOnly
	}
	return nil
}

// mayInvite reports why a may not invite m, who is not a member yet where its id is 0.
func (a Affiliation) mayInvite(m *Member, role Role, actorID int64) error {
	switch {
	case m.UserID == actorID:
		return errInvitedSelf
	case m.IsActive:
		return errMemberAlready
	case m.ID != 0 && m.InviteStatus == InvitePending:
		return errInvitedBefore
	case !a.mayGive(role), !a.mayGive(m.Role):
		return errOwnersOnly
	}
	return nil
}
