package vendors

import (
	"errors"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

// outcome names what a rule of members answers.
func outcome(err error) string {
	for _, known := range []struct {
		err  error
		name string
	}{
		{nil, "yes"}, {errOwnersOnly, "owners only"}, {errInvitedSelf, "oneself"}, {errMemberAlready, "member"}, {errInvitedBefore, "invited"},
	} {
		if errors.Is(err, known.err) {
			return known.name
		}
	}
	return "?"
}

func TestMemberPolicy_change(t *testing.T) {
	for _, rule := range []struct {
		name         string
		role         Role // of the member
		change       MemberChange
		owner, admin string
	}{
		{"title of a viewer", RoleViewer, MemberChange{Title: core.Some("x")}, "yes", "yes"},
		{"end of a viewer", RoleViewer, MemberChange{IsActive: core.Some(false)}, "yes", "yes"},
		{"viewer to admin", RoleViewer, MemberChange{Role: core.Some(RoleAdmin)}, "yes", "yes"},
		{"viewer to owner", RoleViewer, MemberChange{Role: core.Some(RoleOwner)}, "yes", "owners only"},
		{"admin to owner", RoleAdmin, MemberChange{Role: core.Some(RoleOwner)}, "yes", "owners only"},
		{"end of an admin", RoleAdmin, MemberChange{IsActive: core.Some(false)}, "yes", "yes"},
		{"title of an owner", RoleOwner, MemberChange{Title: core.Some("x")}, "yes", "owners only"},
		{"owner to admin", RoleOwner, MemberChange{Role: core.Some(RoleAdmin)}, "yes", "owners only"},
		{"owner to owner", RoleOwner, MemberChange{Role: core.Some(RoleOwner)}, "yes", "owners only"},
		{"end of an owner", RoleOwner, MemberChange{IsActive: core.Some(false)}, "yes", "owners only"},
	} {
		for _, active := range []bool{true, false} {
			for role, want := range map[Role]string{RoleOwner: rule.owner, RoleAdmin: rule.admin} {
				m := &Member{ID: 1, Role: rule.role, IsActive: active}
				if got := outcome((Affiliation{Role: role}).mayChangeMember(m, rule.change)); got != want {
					t.Errorf("%s, active %t, by %s: %s, want %s", rule.name, active, role, got, want)
				}
			}
		}
	}
}

func TestMemberPolicy_invite(t *testing.T) {
	const actor, guest = 1, 2
	for _, rule := range []struct {
		name         string
		member       Member // before the invite
		role         Role   // offered
		owner, admin string
	}{
		{"a new person", Member{UserID: guest}, RoleStaff, "yes", "yes"},
		{"a new person as admin", Member{UserID: guest}, RoleAdmin, "yes", "yes"},
		{"a new person as owner", Member{UserID: guest}, RoleOwner, "yes", "owners only"},
		{"oneself", Member{ID: 9, UserID: actor, IsActive: true}, RoleOwner, "oneself", "oneself"},
		{"oneself, not a member", Member{UserID: actor}, RoleStaff, "oneself", "oneself"},
		{"a member", Member{ID: 9, UserID: guest, IsActive: true, InviteStatus: InviteAccepted}, RoleStaff, "member", "member"},
		{"an owner", Member{ID: 9, UserID: guest, IsActive: true, Role: RoleOwner}, RoleViewer, "member", "member"},
		{"who waits", Member{ID: 9, UserID: guest, InviteStatus: InvitePending}, RoleStaff, "invited", "invited"},
		{"who declined", Member{ID: 9, UserID: guest, InviteStatus: InviteDeclined}, RoleStaff, "yes", "yes"},
		{"who was revoked", Member{ID: 9, UserID: guest, InviteStatus: InviteRevoked}, RoleStaff, "yes", "yes"},
		{"who was revoked as owner", Member{ID: 9, UserID: guest, InviteStatus: InviteRevoked, Role: RoleOwner}, RoleStaff, "yes", "owners only"},
	} {
		for role, want := range map[Role]string{RoleOwner: rule.owner, RoleAdmin: rule.admin} {
			if got := outcome((Affiliation{Role: role}).mayInvite(&rule.member, rule.role, actor)); got != want {
				t.Errorf("%s by %s: %s, want %s", rule.name, role, got, want)
			}
		}
	}
}

// Nobody but owners and admins gets as far as the rules of members.
func TestMemberPolicy_giveRoles(t *testing.T) {
	for role, gives := range map[Role]string{
		RoleOwner: "owner admin manager member staff billing viewer", RoleAdmin: "admin manager member staff billing viewer",
	} {
		for _, choice := range role.Choices() {
			want := strings.Contains(" "+gives+" ", " "+choice.Value+" ")
			if got := (Affiliation{Role: role}).mayGive(Role(choice.Value)); got != want {
				t.Errorf("%s gives %s = %t, want %t", role, choice.Value, got, want)
			}
		}
	}
}
