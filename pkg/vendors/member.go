package vendors

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/users"
)

// A Member is a user's place at a vendor, from the invite to the revocation.
type Member struct {
	bun.BaseModel `bun:"table:collectibles_vendormember,alias:m"`

	ID            int64        `bun:"id,pk,autoincrement"`
	VendorID      int64        `bun:"vendor_id"` // unique together with the user
	UserID        int64        `bun:"user_id"`
	Role          Role         `bun:"role"`
	Title         *string      `bun:"title"`
	IsActive      bool         `bun:"is_active"` // only accepted members are
	JoinedAt      time.Time    `bun:"joined_at"`
	InviteCode    *string      `bun:"invite_code"`
	Metadata      core.JSON    `bun:"metadata"`
	InvitedByID   *int64       `bun:"invited_by_id"`
	InviteStatus  InviteStatus `bun:"invite_status"`
	InvitedAt     time.Time    `bun:"invited_at"`
	RespondedAt   *time.Time   `bun:"responded_at"`
	RevokedAt     *time.Time   `bun:"revoked_at"`
	ActiveStoreID *int64       `bun:"active_store_id"`

	User        *users.User `bun:"rel:belongs-to,join:user_id=id"`
	ActiveStore *Store      `bun:"rel:belongs-to,join:active_store_id=id,join:vendor_id=vendor_id"` // only one of the vendor's
}

// An Invite asks a person to work for a vendor.
type Invite struct {
	Email string
	Role  Role // RoleMember if it is empty
	Title core.Optional[string]
}

// MemberChange is what may be set of a member. A field that is absent stays as it is; IsActive can only end it.
type MemberChange struct {
	Role     core.Optional[Role]
	Title    core.Optional[string]
	IsActive core.Optional[bool]
}

// ends reports whether the change revokes the membership.
func (c MemberChange) ends() bool { return c.IsActive.HasValue() && !c.IsActive.Value }

// isActiveOwner reports whether m is one of those without whom nobody could run the vendor.
func (m *Member) isActiveOwner() bool { return m.IsActive && m.Role == RoleOwner }

// revoke ends a membership, whatever state it is in.
func (m *Member) revoke(now time.Time) {
	m.IsActive, m.ActiveStoreID, m.ActiveStore = false, nil, nil
	m.InviteStatus, m.RevokedAt = InviteRevoked, &now
}

// answer accepts or declines an invite.
func (m *Member) answer(status InviteStatus, now time.Time) {
	m.InviteStatus, m.IsActive, m.RespondedAt = status, status == InviteAccepted, &now
	if m.IsActive {
		m.RevokedAt = nil
	}
}

// invite makes m a new invite.
func (m *Member) invite(in Invite, by int64, now time.Time) {
	m.Role, m.InvitedByID, m.InviteStatus, m.InvitedAt = in.Role, &by, InvitePending, now
	m.IsActive, m.RespondedAt, m.RevokedAt, m.ActiveStoreID = false, nil, nil, nil
	in.Title.SetPtr(&m.Title)
}

// Role is what a member is at a vendor.
type Role string

// The roles. Owners and admins run the vendor; the others work in the stores to which they have access.
const (
	RoleOwner   Role = "owner"
	RoleAdmin   Role = "admin"
	RoleManager Role = "manager"
	RoleMember  Role = "member"
	RoleStaff   Role = "staff"
	RoleBilling Role = "billing"
	RoleViewer  Role = "viewer"
)

// Choices lists the roles.
func (Role) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(RoleOwner), Label: "Owner"},
		{Value: string(RoleAdmin), Label: "Admin"},
		{Value: string(RoleManager), Label: "Manager"},
		{Value: string(RoleMember), Label: "Member"},
		{Value: string(RoleStaff), Label: "Staff"},
		{Value: string(RoleBilling), Label: "Billing"},
		{Value: string(RoleViewer), Label: "Viewer"},
	}
}

// InviteStatus is how far a member's invite has come.
type InviteStatus string

// The states of an invite.
const (
	InvitePending  InviteStatus = "pending"
	InviteAccepted InviteStatus = "accepted"
	InviteDeclined InviteStatus = "declined"
	InviteRevoked  InviteStatus = "revoked"
)

// Choices lists the states.
func (InviteStatus) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(InvitePending), Label: "Pending"},
		{Value: string(InviteAccepted), Label: "Accepted"},
		{Value: string(InviteDeclined), Label: "Declined"},
		{Value: string(InviteRevoked), Label: "Revoked"},
	}
}

// newOwner is the membership of the user who makes a vendor.
func newOwner(vendorID, userID int64, storeID int64, now time.Time) *Member {
	return &Member{
		VendorID: vendorID, UserID: userID, Role: RoleOwner, IsActive: true, JoinedAt: now,
		InviteStatus: InviteAccepted, InvitedAt: now, ActiveStoreID: &storeID,
	}
}
