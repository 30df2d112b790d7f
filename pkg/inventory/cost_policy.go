package inventory

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var (
	errCostHidden   = core.Errorf(core.Forbidden, "You may neither see nor change what was paid for items of that store.")
	errNoAdjustment = core.Errorf(core.Forbidden, "You may not change quantities in that store.")
)

// withoutCost takes off collectibles what the actor is not shown. The contract has a number there: it is 0.
func withoutCost(a vendors.Affiliation, items ...*Collectible) {
	for _, c := range items {
		if !a.ShowsCost(c.StoreID) {
			c.IntakePrice = 0
		}
	}
}

// asShown is a collectible as the actor sees it, a copy if that differs.
func asShown(a vendors.Affiliation, c *Collectible) *Collectible {
	if a.ShowsCost(c.StoreID) {
		return c
	}
	shown := *c
	withoutCost(a, &shown)
	return &shown
}

// mayImport reports whether somebody may import items into a store: that changes all of an item, its quantity and what was
// paid for it too.
func mayImport(a vendors.Affiliation, storeID int64) bool {
	return a.MayWriteStore(storeID) && a.May(storeID, vendors.Adjust) && a.ShowsCost(storeID)
}

// mayChange reports why the actor may not make a change to a collectible in whose store they may write. Who is not shown
// the cost sends back the 0 that they saw: that is no change.
func (ch *CollectibleChange) mayChange(a vendors.Affiliation, c *Collectible) error {
	if ch.Quantity.Sent && ch.Quantity.Value != c.Quantity && !a.May(c.StoreID, vendors.Adjust) {
		return errNoAdjustment
	}
	if ch.IntakePrice.Sent && !a.ShowsCost(c.StoreID) {
		if ch.IntakePrice.Value.Stored() != 0 {
			return errCostHidden
		}
		ch.IntakePrice = core.Optional[core.Money]{}
	}
	return nil
}
