package stock

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A TransferOrder is stock on its way from one store of a vendor to another: it has left the one, and comes to the other
// when it is received, in parts if need be.
type TransferOrder struct {
	bun.BaseModel `bun:"table:omnistock_transfer,alias:t"`

	ID          int64         `bun:"id,pk,autoincrement"`
	VendorID    int64         `bun:"vendor_id"`
	FromStoreID int64         `bun:"from_store_id"`
	ToStoreID   int64         `bun:"to_store_id"` // another one
	State       TransferState `bun:"state"`
	Note        string        `bun:"note"`
	UserID      *int64        `bun:"user_id"`
	ClientKey   *string       `bun:"client_key"` // unique among the vendor's transfers
	CreatedAt   time.Time     `bun:"created_at"`
	ClosedAt    *time.Time    `bun:"closed_at"` // since when nothing of it is on its way; CreatedAt if it was there at once

	Lines []*TransferLine `bun:"rel:has-many,join:id=transfer_id"`
}

// A TransferLine is an item of a transfer: Units = Received + Returned + what is on its way.
type TransferLine struct {
	bun.BaseModel `bun:"table:omnistock_transfer_line,alias:tl"`

	ID         int64  `bun:"id,pk,autoincrement"`
	TransferID int64  `bun:"transfer_id"`
	ItemID     int64  `bun:"item_id"` // unique in the transfer; it may be gone
	SKU        string `bun:"sku"`
	Name       string `bun:"name"`
	Units      int32  `bun:"units"`
	Received   int32  `bun:"received"`
	Returned   int32  `bun:"returned"`    // to where it came from
	MovementID int64  `bun:"movement_id"` // by which it left
}

func (l *TransferLine) underway() int32 { return l.Units - l.Received - l.Returned }

// TransferState is how far a transfer is.
type TransferState string

// The states of a transfer.
const (
	InTransit TransferState = "in_transit"
	Received  TransferState = "received"  // all that was on its way has come
	Cancelled TransferState = "cancelled" // what had not come went back
)

// Choices lists the states.
func (TransferState) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(InTransit), Label: "In transit"},
		{Value: string(Received), Label: "Received"},
		{Value: string(Cancelled), Label: "Cancelled"},
	}
}

// A TransferRequest asks for a transfer.
type TransferRequest struct {
	FromStoreID int64
	ToStoreID   int64
	Lines       []LineUnits
	IsThere     bool // it is received at once, as between two shelves
	Note        string
	ClientKey   *string
}

// LineUnits is so many units of an item.
type LineUnits struct {
	ItemID int64
	Units  int32
}

// documentTransfer names transfers in the ledger.
const documentTransfer = "transfer"

func (t *TransferOrder) document() Document { return Document{Kind: documentTransfer, ID: t.ID} }

// isUnderway reports whether anything has not come.
func (t *TransferOrder) isUnderway() bool {
	for _, l := range t.Lines {
		if l.underway() > 0 {
			return true
		}
	}
	return false
}

// isMetBy reports whether a transfer is what was asked for.
func (r TransferRequest) isMetBy(t *TransferOrder) bool {
	if t.FromStoreID != r.FromStoreID || t.ToStoreID != r.ToStoreID || t.Note != r.Note || len(t.Lines) != len(r.Lines) {
		return false
	}
	if wasThere := t.ClosedAt != nil && t.ClosedAt.Equal(t.CreatedAt); wasThere != r.IsThere {
		return false
	}
	units := map[int64]int32{}
	for _, l := range t.Lines {
		units[l.ItemID] = l.Units
	}
	for _, l := range r.Lines {
		if units[l.ItemID] != l.Units {
			return false
		}
	}
	return true
}

// maxLines bounds what one transaction moves.
const maxLines = 500

// validate reports what is wrong with a request, whatever there is.
func (r TransferRequest) validate() error {
	wrong := core.Fields{}
	if r.FromStoreID == r.ToStoreID {
		wrong.Add("to_store", "A transfer goes to another store.")
	}
	if err := validateLines(r.Lines); err != nil {
		return err
	}
	return core.InvalidFields(wrong)
}

// validateLines reports what is wrong with lines: there have to be some, and each has an item of its own.
func validateLines(lines []LineUnits) error {
	if len(lines) == 0 {
		return core.InvalidField("lines", "This list may not be empty.")
	}
	if len(lines) > maxLines {
		return core.InvalidField("lines", "Ensure this field has no more than 500 elements.")
	}
	seen, wrong, isWrong := map[int64]bool{}, make([]core.Fields, len(lines)), false
	for i, l := range lines {
		wrong[i] = core.Fields{}
		if l.Units <= 0 {
			wrong[i].Add("units", "Ensure this value is greater than or equal to 1.")
		}
		if seen[l.ItemID] {
			wrong[i].Add("item", "This item is in the list already.")
		}
		seen[l.ItemID] = true
		isWrong = isWrong || len(wrong[i]) > 0
	}
	if !isWrong {
		return nil
	}
	return core.InvalidFields(core.Fields{"lines": wrong})
}
