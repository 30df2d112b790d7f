package costing

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errMayNotSeeCost = core.Errorf(core.Forbidden, "You may not see what stock costs.")
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
)

// maySeeCost reports whether what lies in a store may be seen with its cost.
func maySeeCost(a vendors.Affiliation, storeID int64) bool {
	return a.MayReadStore(storeID) && a.May(storeID, vendors.SeeCost)
}
