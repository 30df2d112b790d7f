package stocktake

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Who may change the items of a store may count them and cancel what they opened; who may adjust may post what was found,
// and cancel it; who may read them may
// look on, and sees what differences are worth if they may see costs.

var (
	errNoStoreAccess  = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errMayNotPost     = core.Errorf(core.Forbidden, "You may not adjust the stock of that store.")
	errMayNotCancel   = core.Errorf(core.Forbidden, "You may only cancel what you opened, unless you may adjust the stock of that store.")
	errPosted         = core.Errorf(core.Conflict, "This stocktake is posted.")
	errUndone         = core.Errorf(core.Conflict, "This stocktake is undone.")
	errNotPosted      = core.Errorf(core.Conflict, "This stocktake is not posted: there is nothing to undo.")
	errCancelled      = core.Errorf(core.Conflict, "This stocktake is cancelled.")
	errOtherStocktake = core.Errorf(core.Unprocessable, "This client_key stands for another stocktake.")
	errCursor         = core.InvalidField("cursor", "Invalid cursor")
)

func mayCount(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

func mayPost(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) || !a.May(storeID, vendors.Adjust) {
		return errMayNotPost
	}
	return nil
}

// mayCancel returns why what a stocktake counted may not be thrown away.
func mayCancel(a vendors.Affiliation, t *Stocktake, userID int64) error {
	if mayPost(a, t.StoreID) == nil || t.UserID != nil && *t.UserID == userID {
		return nil
	}
	return errMayNotCancel
}

func mayLook(a vendors.Affiliation, storeID int64) error {
	if !a.MayReadStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

// isOpen returns why nothing may be done with a stocktake any more.
func (t *Stocktake) isOpen() error {
	switch t.State {
	case Posted:
		return errPosted
	case Cancelled:
		return errCancelled
	case Undone:
		return errUndone
	}
	return nil
}

// isPosted returns why a stocktake cannot be undone.
func (t *Stocktake) isPosted() error {
	switch t.State {
	case Posted:
		return nil
	case Undone:
		return errUndone
	}
	return errNotPosted
}

// errOverlap says which stocktake stands in the way.
func errOverlap(other *Stocktake) error {
	return core.Errorf(core.Conflict, "Stocktake %d of this store is open and counts the same items.", other.ID)
}
