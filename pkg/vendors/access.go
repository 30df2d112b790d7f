package vendors

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A StoreAccess lets a member work in one store.
type StoreAccess struct {
	bun.BaseModel `bun:"table:collectibles_storeaccess,alias:sa"`

	ID          int64      `bun:"id,pk,autoincrement"`
	StoreID     int64      `bun:"store_id"` // unique together with the member
	MemberID    int64      `bun:"member_id"`
	Role        AccessRole `bun:"role"`
	Permissions core.JSON  `bun:"permissions"`
	IsActive    bool       `bun:"is_active"`
	CreatedAt   time.Time  `bun:"created_at"`
	UpdatedAt   time.Time  `bun:"updated_at"`

	Store  *Store  `bun:"rel:belongs-to,join:store_id=id"`
	Member *Member `bun:"rel:belongs-to,join:member_id=id"`
}

// AccessRole is what a member may do in a store.
type AccessRole string

// The roles in a store.
const (
	AccessManager  AccessRole = "manager"
	AccessSales    AccessRole = "sales"
	AccessViewOnly AccessRole = "view_only"
)

// Choices lists the roles in a store.
func (AccessRole) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(AccessManager), Label: "Manager"},
		{Value: string(AccessSales), Label: "Sales"},
		{Value: string(AccessViewOnly), Label: "View Only"},
	}
}
