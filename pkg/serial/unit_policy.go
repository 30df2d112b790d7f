package serial

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// The rules are those of items: who may change the items of a store may register and change pieces in it, who may read
// them one by one may read the pieces, and what they cost if they may see costs.

var (
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errNoItem        = core.Errorf(core.NotFound, "Collectible matching query does not exist.")
	errCursor        = core.InvalidField("cursor", "Invalid cursor")
	errMoved         = core.Errorf(core.Conflict, "This unit was changed by somebody else just now.")
	errGone          = core.Errorf(core.Conflict, "This unit is gone: it comes back by a movement.")
)

func mayWrite(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

// conceal returns a unit without its cost for who may not see that.
func conceal(a vendors.Affiliation, u *Unit) *Unit {
	if u != nil && !a.May(u.StoreID, vendors.SeeCost) {
		u.UnitCost = nil
	}
	return u
}

// errKnown says what is known of a certificate that is registered already.
func errKnown(u *Unit) error {
	return &core.Error{
		Kind: core.Conflict, Msg: u.name() + " is registered already: " + string(u.State) + ".",
		More: map[string]any{"unit": u.ID, "item": u.ItemID, "store": u.StoreID, "state": u.State},
	}
}

// errFull says that each unit of an item in a store is a piece that is known.
func errFull(units int64) error {
	return core.Errorf(core.Conflict, "Each of the %d units in that store has its certificate: receive another one first.", units)
}

// errNotThere says why a piece cannot be taken.
func errNotThere(u *Unit) error {
	return core.Errorf(core.Conflict, "%s is not there: %s.", u.name(), u.State)
}

// errNotOf says that a piece is not one of those that a movement moves.
func errNotOf(u *Unit) error {
	return core.Errorf(core.Conflict, "%s is not of the item and store that move.", u.name())
}

// errOtherWay says that a piece is not one of those that come back.
func errOtherWay(u *Unit) error {
	return core.Errorf(core.Conflict, "%s did not go by what is returned.", u.name())
}

// mayGo returns why a movement cannot have taken a piece.
func mayGo(u *Unit, m *stock.Movement) error {
	switch {
	case u.ItemID != m.ItemID || u.StoreID != m.StoreID:
		return errNotOf(u)
	case !u.State.isPresent():
		return errNotThere(u)
	}
	return nil
}

// mayCome returns why a movement cannot have brought a piece back.
func mayCome(u *Unit, m *stock.Movement) error {
	switch {
	case u.ItemID != m.ItemID:
		return errNotOf(u)
	case !u.State.isGone():
		return core.Errorf(core.Conflict, "%s is not gone: %s.", u.name(), u.State)
	case m.OriginID != nil && (u.WentByID == nil || *u.WentByID != *m.OriginID):
		return errOtherWay(u)
	}
	return nil
}
