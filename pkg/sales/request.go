package sales

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/omni-stock/omnistock/pkg/core"
)

// What is asked for is kept as a fingerprint of its JSON: a field that is added must be left out while it is zero, so that
// what was asked for before can be asked for again.

// A Request asks for a sale.
type Request struct {
	StoreID      int64           `json:"store"`
	Lines        []LineRequest   `json:"lines"`
	Discount     Discount        `json:"discount,omitzero"` // of the basket, after those of the lines
	Tenders      []TenderRequest `json:"tenders,omitzero"`
	Reservations []int64         `json:"reservations,omitzero"` // whose units are sold
	Currency     string          `json:"currency,omitzero"`     // the store's; may be left out
	Note         string          `json:"note,omitzero"`
	ClientKey    *string         `json:"client_key,omitzero"`
}

// A LineRequest asks for units of an item, by its id or else its SKU.
type LineRequest struct {
	ItemID    int64       `json:"item,omitzero"`
	SKU       string      `json:"sku,omitzero"`
	Units     int32       `json:"units"`
	UnitPrice *core.Money `json:"unit_price,omitzero"` // the item's unless it is given
	Discount  Discount    `json:"discount,omitzero"`   // of the whole line
	Serials   []int64     `json:"serials,omitempty"`   // which pieces some of the units are, by the ids of serial units
}

// A Discount takes an amount off, or a part. The zero Discount takes nothing.
type Discount struct {
	Amount  core.Money   `json:"amount,omitzero"`
	Percent core.Percent `json:"percent,omitzero"`
}

// A TenderRequest pays a part: below 0 it gives money back.
type TenderRequest struct {
	Method Method     `json:"method"`
	Amount core.Money `json:"amount"`
}

// A ReturnRequest asks for the return of a part of a sale.
type ReturnRequest struct {
	SaleID    int64               `json:"sale"`
	Lines     []ReturnLineRequest `json:"lines"`
	Method    Method              `json:"method,omitzero"`  // by which money is given back: Cash unless it is given
	Tenders   []TenderRequest     `json:"tenders,omitzero"` // or else several
	Note      string              `json:"note,omitzero"`
	ClientKey *string             `json:"client_key,omitzero"`
}

// A ReturnLineRequest asks for the return of units of a line.
type ReturnLineRequest struct {
	LineID   int64   `json:"line"`
	Units    int32   `json:"units"`
	WriteOff bool    `json:"write_off,omitzero"` // they are not sold again
	Serials  []int64 `json:"serials,omitempty"`  // as those of LineRequest; those that are left, where all that is left comes back
}

// Bounds of what one transaction does.
const (
	maxLines   = 500
	maxTenders = 20
)

const (
	msgEmpty      = "This list may not be empty."
	msgTooMany    = "Ensure this field has no more than 500 elements."
	msgManyWays   = "Ensure this field has no more than 20 elements."
	msgNoUnit     = "Ensure this value is greater than or equal to 1."
	msgNegative   = "Ensure this value is greater than or equal to 0."
	msgNotPaid    = "Ensure this value is greater than 0."
	msgPercent    = "Ensure this value is less than or equal to 100."
	msgBothWays   = "Give either an amount or a percentage."
	msgOneName    = "Give either an item or a SKU."
	msgTooMuch    = "This comes to more than 99999999.99."
	msgOverPrice  = "The discount is more than the price."
	msgListedTwo  = "This line is in the list already."
	msgPieces     = "More pieces are named than units."
	msgManyPieces = "No more than 500 pieces can be named."
	msgPieceTwice = "This piece is in the list already."
	msgOtherItem  = "This piece is one of another item."
	msgPaidBefore = "Tenders of a return are below 0: they give money back."
)

// fingerprint tells what was asked for from everything else that may be.
func fingerprint(request any) string {
	text, _ := json.Marshal(request) // of texts and numbers
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// validate reports what is wrong with a request, whatever there is.
func (r Request) validate() error {
	wrong := core.Fields{}
	switch {
	case len(r.Lines) == 0:
		wrong.Add("lines", msgEmpty)
	case len(r.Lines) > maxLines:
		wrong.Add("lines", msgTooMany)
	default:
		named := pieceNames{}
		setElements(wrong, "lines", r.Lines, func(l LineRequest) core.Fields {
			wrong := l.validate()
			named.validate(wrong, l.Serials, l.Units)
			return wrong
		})
	}
	r.Discount.validate(wrong)
	if len(r.Tenders) > maxTenders {
		wrong.Add("tenders", msgManyWays)
	} else {
		setElements(wrong, "tenders", r.Tenders, func(t TenderRequest) core.Fields { return t.validate(t.Amount > 0, msgNotPaid) })
	}
	if len(r.Reservations) > maxLines {
		wrong.Add("reservations", msgTooMany)
	}
	return core.InvalidFields(wrong)
}

// pieceNames are the pieces that a request names so far.
type pieceNames map[int64]bool

// validate reports what is wrong with the pieces that a line of so many units names.
func (n pieceNames) validate(wrong core.Fields, ids []int64, units int32) {
	if units > 0 && len(ids) > int(units) {
		wrong.Add("serials", msgPieces)
	}
	for _, id := range ids {
		if n[id] {
			wrong.Add("serials", msgPieceTwice)
			return
		}
		if n[id] = true; len(n) > maxLines {
			wrong.Add("serials", msgManyPieces)
			return
		}
	}
}

// setElements adds what is wrong with the elements of a list, if anything is.
func setElements[T any](wrong core.Fields, field string, list []T, validate func(T) core.Fields) {
	elements, isWrong := make([]core.Fields, len(list)), false
	for i, element := range list {
		elements[i] = validate(element)
		isWrong = isWrong || len(elements[i]) > 0
	}
	if isWrong {
		wrong[field] = elements
	}
}

func (l LineRequest) validate() core.Fields {
	wrong := core.Fields{}
	if (l.ItemID == 0) == (l.SKU == "") {
		wrong.Add(core.NonField, msgOneName)
	}
	if l.Units < 1 {
		wrong.Add("units", msgNoUnit)
	}
	if l.UnitPrice != nil && l.UnitPrice.IsNegative() {
		wrong.Add("unit_price", msgNegative)
	}
	l.Discount.validate(wrong)
	return wrong
}

func (d Discount) validate(wrong core.Fields) {
	switch {
	case d.Amount != 0 && d.Percent != 0:
		wrong.Add("discount", msgBothWays)
	case d.Amount < 0:
		wrong.Add("discount", msgNegative)
	case d.Percent < 0:
		wrong.Add("discount_percent", msgNegative)
	case d.Percent > hundredPercent:
		wrong.Add("discount_percent", msgPercent)
	}
}

func (t TenderRequest) validate(isSigned bool, msg string) core.Fields {
	wrong := core.Fields{}
	if !isSigned {
		wrong.Add("amount", msg)
	}
	if !core.IsChoice(t.Method, string(t.Method)) {
		wrong.Add("method", "\""+string(t.Method)+"\" is not a valid choice.")
	}
	return wrong
}

// validate reports what is wrong with a request, whatever was sold.
func (r ReturnRequest) validate() error {
	wrong, seen, named := core.Fields{}, map[int64]bool{}, pieceNames{}
	switch {
	case len(r.Lines) == 0:
		wrong.Add("lines", msgEmpty)
	case len(r.Lines) > maxLines:
		wrong.Add("lines", msgTooMany)
	default:
		setElements(wrong, "lines", r.Lines, func(l ReturnLineRequest) core.Fields {
			wrong := core.Fields{}
			if l.Units < 1 {
				wrong.Add("units", msgNoUnit)
			}
			if seen[l.LineID] {
				wrong.Add("line", msgListedTwo)
			}
			seen[l.LineID] = true
			named.validate(wrong, l.Serials, l.Units)
			return wrong
		})
	}
	if len(r.Tenders) > maxTenders {
		wrong.Add("tenders", msgManyWays)
	} else {
		setElements(wrong, "tenders", r.Tenders, func(t TenderRequest) core.Fields { return t.validate(t.Amount < 0, msgPaidBefore) })
	}
	return core.InvalidFields(wrong)
}
