package stock

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// The rules are those of items: who may change the items of a store may move their units, who may read them one by one
// may read their movements. The ledger of a vendor shows everybody the stores that they may read.

var (
	errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")
	errNotUndoable   = core.Errorf(core.Conflict, "Movements of this kind cannot be undone.")
	errIsUndo        = core.Errorf(core.Conflict, "This movement undoes another one, and cannot be undone itself.")
	errUndone        = core.Errorf(core.Conflict, "This movement is undone already.")
	errItemGone      = core.Errorf(core.Conflict, "The item of this movement is deleted.")
	errOtherOrder    = core.Errorf(core.Unprocessable, "This client_key stands for another movement.")
	errCursor        = core.InvalidField("cursor", "Invalid cursor")
	errOfDocument    = core.Errorf(core.Conflict, "This movement belongs to a document, such as a transfer or a sale: undo that.")
)

// mayMove returns why units may not come to a store of the vendor's, or leave it.
func mayMove(a vendors.Affiliation, storeID int64) error {
	if !a.MayWriteStore(storeID) {
		return errNoStoreAccess
	}
	return nil
}

// mayUndo returns why a movement is not to be undone, whatever there is in stock.
func mayUndo(m *Movement) error {
	switch {
	case m.UndoesID != nil:
		return errIsUndo
	case !m.Kind.isUndoable():
		return errNotUndoable
	case m.DocumentID != nil:
		return errOfDocument
	}
	return nil
}
