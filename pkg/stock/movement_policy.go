package stock

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// The rules are those of items: who may change the items of a store may move their units, who may read them one by one
// may read their movements. The ledger of a vendor shows everybody the stores that they may read.

var (
	errNoStoreAccess    = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errNoAdjustment     = core.Errorf(core.Forbidden, "You may only receive, sell and take back in that store.")
	errNoDiscount       = core.Errorf(core.Forbidden, "You may not sell at another price than the item's in that store.")
	errNotUndoable      = core.Errorf(core.Conflict, "Movements of this kind cannot be undone.")
	errIsUndo           = core.Errorf(core.Conflict, "This movement undoes another one, and cannot be undone itself.")
	errUndone           = core.Errorf(core.Conflict, "This movement is undone already.")
	errItemGone         = core.Errorf(core.Conflict, "The item of this movement is deleted.")
	errOtherOrder       = core.Errorf(core.Unprocessable, "This client_key stands for another movement.")
	errCursor           = core.InvalidField("cursor", "Invalid cursor")
	errDocumentUndone   = core.Errorf(core.Conflict, "This is undone already.")
	errDocumentItemGone = core.Errorf(core.Conflict, "A collectible of this is deleted: it cannot be undone.")
	errOfDocument       = core.Errorf(core.Conflict, "This movement belongs to a document, such as a transfer or a sale: undo that.")
)

// mayMove returns why units may not come to a store of the vendor's, or leave it.
func mayMove(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

// adjustments are the kinds of movements that take a capability, because nothing else than somebody's word shows them.
var adjustments = map[Kind]bool{Adjustment: true, Count: true, WriteOff: true}

// mayMoveAs is mayMove for movements of a kind.
func mayMoveAs(a vendors.Affiliation, storeID int64, kind Kind) error {
	if err := mayMove(a, storeID); err != nil {
		return err
	}
	if adjustments[kind] && !a.May(storeID, vendors.Adjust) {
		return errNoAdjustment
	}
	return nil
}

// mayAsk returns why an order of an item may not be given, whatever there is in stock.
func mayAsk(a vendors.Affiliation, it Item, storeID int64, o Order) error {
	if err := mayMoveAs(a, storeID, o.Kind); err != nil {
		return err
	}
	if o.Kind == Sale && o.UnitPrice != nil && *o.UnitPrice != it.Price && !a.May(storeID, vendors.GiveDiscount) {
		return errNoDiscount
	}
	return nil
}

// withoutCost takes off movements what the actor is not shown.
func withoutCost(a vendors.Affiliation, ms ...*Movement) {
	for _, m := range ms {
		if !a.ShowsCost(m.StoreID) {
			m.UnitCost = nil
		}
	}
}

// mayUndo returns why a movement is not to be undone, whatever there is in stock. What came is taken away by nothing but
// somebody's word.
func mayUndo(a vendors.Affiliation, m *Movement) error {
	if err := mayMoveAs(a, m.StoreID, m.Kind); err != nil {
		return err
	}
	switch {
	case m.Delta > 0 && !a.May(m.StoreID, vendors.Adjust):
		return errNoAdjustment
	case m.UndoesID != nil:
		return errIsUndo
	case !m.Kind.isUndoable():
		return errNotUndoable
	case m.DocumentID != nil:
		return errOfDocument
	}
	return nil
}
