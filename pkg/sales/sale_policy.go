package sales

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Who may change the items of a store may sell them and take them back; who may read them may read its receipts. Another
// price than the item's, a void, and a look at the margin need a capability.

var (
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errNoDiscount    = core.Errorf(core.Forbidden, "You may not sell at another price than the item's in that store.")
	errNoVoid        = core.Errorf(core.Forbidden, "You may not void sales in that store.")
	errNoCost        = core.Errorf(core.Forbidden, "You may not see what units cost in that store.")
	errClosed        = core.Errorf(core.Conflict, "This store is closed.")
	errStoreGone     = core.Errorf(core.Conflict, "The store of this sale is deleted.")
	errTaxRate       = core.Errorf(core.Conflict, "The tax rate of this store is below 0.")
	errOtherStore    = core.Errorf(core.Conflict, "A reservation is of another store.")
	errOtherSale     = core.Errorf(core.Unprocessable, "This client_key stands for another sale.")
	errNoSale        = core.Errorf(core.Conflict, "This is no sale, but what became of one.")
	errVoided        = core.Errorf(core.Conflict, "This sale is void.")
	errReturned      = core.Errorf(core.Conflict, "Something of this sale was returned: return the rest.")
	errCursor        = core.InvalidField("cursor", "Invalid cursor")
)

// errItemGone says of a line that was sold why its units cannot be put into stock.
func errItemGone(l *Line) error {
	return core.Errorf(core.Conflict, `The item %s is deleted: give its money back with "restock": false.`, l.SKU)
}

// maySell returns why nothing may be sold in a store of the vendor's, or taken back.
func maySell(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

// mayVoid returns why a sale may not be void, whatever became of it.
func mayVoid(a vendors.Affiliation, sa *Sale) error {
	if err := maySell(a, sa.StoreID); err != nil {
		return err
	}
	if !a.May(sa.StoreID, vendors.Void) {
		return errNoVoid
	}
	if sa.Kind != Ordinary {
		return errNoSale
	}
	return nil
}

// maySeeMargin returns why the margin of what is sold in a store may not be seen.
func maySeeMargin(a vendors.Affiliation, storeID int64) error {
	switch {
	case !a.MayReadStore(storeID):
		return errNoStoreAccess
	case !a.May(storeID, vendors.SeeCost):
		return errNoCost
	}
	return nil
}
