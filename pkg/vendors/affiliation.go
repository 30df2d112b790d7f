package vendors

import "github.com/omni-stock/omnistock/pkg/core"

// An Affiliation is the vendor a user works for at the moment, and what they are there. The zero Affiliation is that
// of a user who works for none.
type Affiliation struct {
	VendorID      int64 // 0 for none
	MemberID      int64 // 0 where only the user's profile names the vendor, as before there were memberships
	Role          Role
	ActiveStoreID *int64
	access        map[int64]AccessRole // of single stores, by store
	permissions   map[int64]core.JSON  // likewise
}

// affiliationRow is one store access of a membership, or the membership alone.
type affiliationRow struct {
	VendorID      int64       `bun:"vendor_id"`
	MemberID      int64       `bun:"member_id"`
	Role          Role        `bun:"role"`
	ActiveStoreID *int64      `bun:"active_store_id"`
	StoreID       *int64      `bun:"store_id"`
	AccessRole    *AccessRole `bun:"access_role"`
	Permissions   core.JSON   `bun:"permissions"`
}

// newAffiliation takes the first membership of rows that are ordered by preference.
func newAffiliation(rows []affiliationRow) Affiliation {
	if len(rows) == 0 {
		return Affiliation{}
	}
	first := rows[0]
	a := Affiliation{VendorID: first.VendorID, MemberID: first.MemberID, Role: first.Role, ActiveStoreID: first.ActiveStoreID}
	for _, row := range rows {
		if row.MemberID != first.MemberID || row.StoreID == nil || row.AccessRole == nil {
			continue
		}
		if a.access == nil {
			a.access, a.permissions = map[int64]AccessRole{}, map[int64]core.JSON{}
		}
		a.access[*row.StoreID], a.permissions[*row.StoreID] = *row.AccessRole, row.Permissions
	}
	return a
}
