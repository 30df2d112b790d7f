package costing

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errMayNotAdjust  = core.Errorf(core.Forbidden, "You may not adjust the stock of that store.")
	errMayNotSeeCost = core.Errorf(core.Forbidden, "You may not see what stock costs.")
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
)

// mayAcquire returns why things that were bought may not be received in a store, at their cost.
func mayAcquire(a vendors.Affiliation, storeID int64) error {
	switch {
	case !a.MayWriteStore(storeID):
		return errNoStoreAccess
	case !maySeeCost(a, storeID):
		return errMayNotSeeCost
	}
	return nil
}

// mayUndoAcquisition returns why what came by an acquisition may not be taken away again.
func mayUndoAcquisition(a vendors.Affiliation, storeID int64) error {
	if err := mayAcquire(a, storeID); err != nil {
		return err
	}
	return mayRepack(a, storeID)
}

// mayRepack returns why units may not become others in a store: nothing but somebody's word shows what came out.
func mayRepack(a vendors.Affiliation, storeID int64) error {
	switch {
	case !a.MayWriteStore(storeID):
		return errNoStoreAccess
	case !a.May(storeID, vendors.Adjust):
		return errMayNotAdjust
	}
	return nil
}

// maySeeCost reports whether what lies in a store may be seen with its cost.
func maySeeCost(a vendors.Affiliation, storeID int64) bool {
	return a.MayReadStore(storeID) && a.May(storeID, vendors.SeeCost)
}
