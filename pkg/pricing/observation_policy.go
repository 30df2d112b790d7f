package pricing

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// The rules are those of items: who may read the items of a store may read their prices, who may change them may note
// prices. Observations are taken back by those who manage the store or run the vendor.

var (
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errManagersOnly  = core.Errorf(core.Forbidden, "Only a manager of the store, or who runs the vendor, can do that.")
	errNoItem        = core.Errorf(core.NotFound, "Collectible matching query does not exist.")
	errCursor        = core.InvalidField("cursor", "Invalid cursor")
)

// mayDelete returns why an observation of an item in a store is to stay.
func mayDelete(a vendors.Affiliation, storeID int64) error {
	switch {
	case !a.MayReadStore(storeID):
		return errNoStoreAccess
	case !a.MayManageStore(storeID):
		return errManagersOnly
	}
	return nil
}
