package catalog

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// The rules of who may do what. Everybody who is logged in sees everybody's rows, and those who work for a vendor also
// that vendor's.
//
//	                         owner  admin  manager  others  operator (command line)
//	add rows of the vendor     x      x       x        -       -
//	change and delete those    x      x       x        -       -
//	change everybody's rows    -      -       -        -       x

var (
	errNotPermitted = core.Errorf(core.Forbidden, "You do not have permission to perform this action.")
	errEverybodys   = core.Errorf(core.Forbidden, "This belongs to everybody: you can change only what your vendor added.")
	errInUse        = core.Errorf(core.Conflict, "This is in use.")
)

// mayAdd returns why rows may not be added for a's vendor.
func mayAdd(a vendors.Affiliation) error {
	if !a.MayKeepCatalog() {
		return errNotPermitted
	}
	return nil
}

// mayChange returns why a row may not be changed by those who may add some.
func mayChange(r *Row) error {
	if r.VendorID == nil {
		return errEverybodys
	}
	return nil
}
