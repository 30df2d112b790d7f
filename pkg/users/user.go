package users

import (
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A User is an account.
type User struct {
	bun.BaseModel `bun:"table:users_user,alias:u"`

	ID               int64      `bun:"id,pk,autoincrement"`
	Password         string     `bun:"password"` // encoded; one that starts with ! or is empty matches nothing
	LastLogin        *time.Time `bun:"last_login"`
	IsSuperuser      bool       `bun:"is_superuser"`
	Username         string     `bun:"username"` // unique, case counts
	FirstName        string     `bun:"first_name"`
	LastName         string     `bun:"last_name"`
	IsStaff          bool       `bun:"is_staff"`
	IsActive         bool       `bun:"is_active"` // nobody else logs in
	DateJoined       time.Time  `bun:"date_joined"`
	Email            string     `bun:"email"` // unique, case counts: two accounts may differ in case only
	Birthdate        *core.Date `bun:"birthdate"`
	CompanyCode      *string    `bun:"company_code"`
	CompanyName      *string    `bun:"company_name"`
	CompanySite      *string    `bun:"company_site"`
	PhoneNumber      *string    `bun:"phone_number"`
	ProfileCompleted bool       `bun:"profile_completed"`
	Role             Role       `bun:"role"`
	TosAcceptedAt    *time.Time `bun:"tos_accepted_at"`

	Profile *Profile `bun:"rel:has-one,join:id=user_id"` // nil unless it was asked for and is there
}

// Role is what users call themselves. It grants nothing: what a person may do at a vendor is a matter of membership.
type Role string

// The roles.
const (
	RoleAdmin         Role = "admin"
	RoleVendorManager Role = "vendor_manager"
	RoleStaff         Role = "staff"
	RoleSolo          Role = "solo"
	RoleViewer        Role = "viewer"
)

// Choices lists the roles.
func (Role) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(RoleAdmin), Label: "Administrator"},
		{Value: string(RoleVendorManager), Label: "Vendor Manager"},
		{Value: string(RoleStaff), Label: "Staff"},
		{Value: string(RoleSolo), Label: "Solo"},
		{Value: string(RoleViewer), Label: "Viewer"},
	}
}

// FullName is first and last name, or the user name where both are empty.
func (u *User) FullName() string {
	if name := strings.TrimSpace(u.FirstName + " " + u.LastName); name != "" {
		return name
	}
	return u.Username
}

func (u *User) passwordOwner() passwordOwner {
	return passwordOwner{Username: u.Username, FirstName: u.FirstName, LastName: u.LastName, Email: u.Email}
}

func (u *User) resetSubject() resetSubject {
	return resetSubject{ID: u.ID, Password: u.Password, Email: u.Email, LastLogin: u.LastLogin}
}

// What is said of a name that another account has.
const (
	msgUsernameTaken = "A user with that username already exists."
	msgEmailTaken    = "A user with that email already exists."
)
