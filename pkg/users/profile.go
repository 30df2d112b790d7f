package users

import (
	"time"

	"github.com/uptrace/bun"
)

// A Profile is what users tell about themselves, and the vendor that they look at.
type Profile struct {
	bun.BaseModel `bun:"table:collectibles_userprofile,alias:p"`

	ID             int64     `bun:"id,pk,autoincrement"`
	Phone          *string   `bun:"phone"`
	Bio            *string   `bun:"bio"`
	Metadata       *string   `bun:"metadata"`
	CreatedAt      time.Time `bun:"created_at"`
	UpdatedAt      time.Time `bun:"updated_at"`
	UserID         int64     `bun:"user_id"` // unique
	VendorID       *int64    `bun:"vendor_id"`
	ProfilePicture *string   `bun:"profile_picture"` // URL
}

// A Workplace is where a user works: at which vendor, and in which store.
type Workplace struct {
	ProfileVendorName *string // of the vendor that the profile names
	Vendor            *WorkVendor
	Store             *WorkStore
}

// A WorkVendor is the vendor that a user's requests are about.
type WorkVendor struct {
	ID         int64
	Name, Slug string
}

// A WorkStore is the store that a user's requests are about.
type WorkStore struct {
	ID       int64
	Name     string
	VendorID int64
}
