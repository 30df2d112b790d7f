package vendors

import (
	"maps"
	"slices"
)

// The rules of who may do what. A profile that names a vendor without a membership lets its user see the vendor and
// list its stock, as it always did, and nothing more.
//
//	                         owner  admin  manager  member  staff  billing  viewer  profile only
//	see the vendor             x      x       x        x      x       x        x         x
//	change the vendor          x      x       x        x      x       -        -         -
//	delete the vendor          x      -       -        -      -       -        -         -
//	run it: members, stores    x      x       -        -      -       -        -         -
//	keep its reference data    x      x       x        -      -       -        -         -
//	read any store's items     x      x       with access: manager, sales, view_only     -
//	write any store's items    x      x       with access: manager, sales                -

func (a Affiliation) maySee(vendorID int64) bool { return vendorID != 0 && a.VendorID == vendorID }

func (a Affiliation) mayChange(vendorID int64) bool {
	switch a.Role {
	case RoleOwner, RoleAdmin, RoleManager, RoleMember, RoleStaff:
		return a.maySee(vendorID)
	}
	return false
}

func (a Affiliation) mayDelete(vendorID int64) bool { return a.Role == RoleOwner && a.maySee(vendorID) }

func (a Affiliation) mayRun(vendorID int64) bool {
	return (a.Role == RoleOwner || a.Role == RoleAdmin) && a.maySee(vendorID)
}

// MayKeepCatalog reports whether rows may be added to the vendor's own reference data, changed and deleted.
func (a Affiliation) MayKeepCatalog() bool {
	return a.mayRun(a.VendorID) || a.Role == RoleManager && a.VendorID != 0
}

// MayReadStore reports whether the items of one of the vendor's stores may be read one by one. The store must be the
// affiliation's vendor's.
func (a Affiliation) MayReadStore(storeID int64) bool {
	return a.mayRun(a.VendorID) || a.access[storeID] != ""
}

// MayWriteStore reports whether the items of one of the vendor's stores may be made, changed and deleted. The store
// must be the affiliation's vendor's.
func (a Affiliation) MayWriteStore(storeID int64) bool {
	role := a.access[storeID]
	return a.mayRun(a.VendorID) || role == AccessManager || role == AccessSales
}

// MayManageStore reports whether the affiliation runs the vendor, or manages one of its stores: who does may also take
// back what others have noted there. The store must be the affiliation's vendor's.
func (a Affiliation) MayManageStore(storeID int64) bool {
	return a.mayRun(a.VendorID) || a.access[storeID] == AccessManager
}

// ReadableStores returns the stores of which MayReadStore is true, in no order; all says that it is of every one.
func (a Affiliation) ReadableStores() (ids []int64, all bool) {
	if a.mayRun(a.VendorID) {
		return nil, true
	}
	return slices.Collect(maps.Keys(a.access)), false
}
