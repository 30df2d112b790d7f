package vendors

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Vendor is a shop or dealer that owns stock.
type Vendor struct {
	bun.BaseModel `bun:"table:collectibles_vendor,alias:v"`

	ID          int64     `bun:"id,pk,autoincrement"`
	Name        string    `bun:"name"`
	Slug        string    `bun:"slug"` // unique; given once, kept when the name changes
	Description *string   `bun:"description"`
	ContactInfo *string   `bun:"contact_info"`
	IsActive    bool      `bun:"is_active"`
	CreatedAt   time.Time `bun:"created_at"`
	UpdatedAt   time.Time `bun:"updated_at"`

	Stores []*Store `bun:"rel:has-many,join:id=vendor_id"` // by name
}

// VendorChange is what may be set of a vendor. A field that is absent stays as it is.
type VendorChange struct {
	Name        core.Optional[string]
	Description core.Optional[string]
	ContactInfo core.Optional[string]
	IsActive    core.Optional[bool]
}

// apply sets v's fields and returns the columns that were set.
func (c VendorChange) apply(v *Vendor) (set core.Columns) {
	set.Add("name", c.Name.Set(&v.Name))
	set.Add("description", c.Description.SetPtr(&v.Description))
	set.Add("contact_info", c.ContactInfo.SetPtr(&v.ContactInfo))
	set.Add("is_active", c.IsActive.Set(&v.IsActive))
	return set
}
