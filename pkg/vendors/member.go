package vendors

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
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
		{Value: string(RoleOwner), Label: "Owner"}, {Value: string(RoleAdmin), Label: "Admin"},
		{Value: string(RoleManager), Label: "Manager"}, {Value: string(RoleMember), Label: "Member"},
		{Value: string(RoleStaff), Label: "Staff"}, {Value: string(RoleBilling), Label: "Billing"},
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
		{Value: string(InvitePending), Label: "Pending"}, {Value: string(InviteAccepted), Label: "Accepted"},
		{Value: string(InviteDeclined), Label: "Declined"}, {Value: string(InviteRevoked), Label: "Revoked"},
	}
}

// newOwner is the membership of the user who makes a vendor.
func newOwner(vendorID, userID int64, storeID int64, now time.Time) *Member {
	return &Member{
		VendorID: vendorID, UserID: userID, Role: RoleOwner, IsActive: true, JoinedAt: now,
		InviteStatus: InviteAccepted, InvitedAt: now, ActiveStoreID: &storeID,
	}
}
