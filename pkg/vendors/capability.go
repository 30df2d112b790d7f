package vendors

import (
	"encoding/json"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Capability is something that not everybody does who works in a store.
type Capability string

// The capabilities.
const (
	SeeCost      Capability = "see_cost" // see what was paid for items
	Adjust       Capability = "adjust"   // change quantities otherwise than by selling and receiving, undo what came
	GiveDiscount Capability = "discount" // sell below the price, or at another one
	Void         Capability = "void"     // undo a sale as a whole
)

// capabilities are what each role in a store may do, unless the store access says otherwise. Owners and admins may all.
//
//	           manager  sales  view only
//	see_cost      x       x        x
//	adjust        x       x        -
//	discount      x       -        -
//	void          x       -        -
var capabilities = map[AccessRole]map[Capability]bool{
	AccessManager:  {SeeCost: true, Adjust: true, GiveDiscount: true, Void: true},
	AccessSales:    {SeeCost: true, Adjust: true},
	AccessViewOnly: {SeeCost: true},
}

// May reports whether one may do something in one of the vendor's stores, beside what MayReadStore and MayWriteStore say.
// The store must be the affiliation's vendor's.
func (a Affiliation) May(storeID int64, c Capability) bool {
	if a.mayRun(a.VendorID) {
		return true
	}
	return may(a.access[storeID], a.permissions[storeID], c)
}

// ShowsCost reports whether one is shown what was paid for the items of a store. That is May, but of stores to which one has
// no access: lists show their items, too, as they always did, and their cost unless another access denies to see any.
func (a Affiliation) ShowsCost(storeID int64) bool {
	if a.access[storeID] != "" || a.mayRun(a.VendorID) {
		return a.May(storeID, SeeCost)
	}
	for other := range a.access {
		if !a.May(other, SeeCost) {
			return false
		}
	}
	return true
}

// may is May for a role in a store, which is "" for none.
func may(role AccessRole, permissions core.JSON, c Capability) bool {
	if own, ok := overrides(permissions)[c]; ok && role != "" {
		return own
	}
	return capabilities[role][c]
}

// overrides are what the permissions of a store access say of capabilities: {"discount": true, "see_cost": false}. Whatever
// else stands there is from before there were any, and means nothing.
func overrides(permissions core.JSON) map[Capability]bool {
	var members map[Capability]any
	if json.Unmarshal(permissions, &members) != nil {
		return nil
	}
	own := map[Capability]bool{}
	for _, c := range []Capability{SeeCost, Adjust, GiveDiscount, Void} {
		if may, ok := members[c].(bool); ok {
			own[c] = may
		}
	}
	return own
}

// override returns the permissions with other overrides, and what else stood in them.
func override(permissions core.JSON, own map[Capability]*bool) (core.JSON, error) {
	var members map[Capability]json.RawMessage
	if json.Unmarshal(permissions, &members) != nil || members == nil {
		members = map[Capability]json.RawMessage{}
	}
	for c, may := range own {
		delete(members, c)
		if may != nil {
			members[c], _ = json.Marshal(*may)
		}
	}
	return json.Marshal(members)
}
