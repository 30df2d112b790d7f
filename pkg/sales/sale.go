package sales

import (
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Sale is a document with a receipt: a sale, a return of a part of one, or the void of one. Units and amounts of the
// latter two are below 0.
type Sale struct {
	bun.BaseModel `bun:"table:omnistock_sale,alias:s"`

	ID            int64        `bun:"id,pk,autoincrement"`
	VendorID      int64        `bun:"vendor_id"`
	StoreID       int64        `bun:"store_id"`
	ReceiptNumber int64        `bun:"receipt_number"` // from 1 on in each store, without gaps
	Kind          Kind         `bun:"kind"`
	OriginalID    *int64       `bun:"original_id"` // the sale, of what is none
	Currency      string       `bun:"currency"`    // the store's then, "" for none
	Subtotal      core.Money   `bun:"subtotal"`    // at the prices of the lines
	Discount      core.Money   `bun:"discount"`
	Tax           core.Money   `bun:"tax"`
	Total         core.Money   `bun:"total"` // Subtotal - Discount + Tax
	Tendered      core.Money   `bun:"tendered"`
	ChangeDue     core.Money   `bun:"change_due"` // Tendered - Total
	TaxRate       core.Percent `bun:"tax_rate"`   // the store's then
	Note          string       `bun:"note"`       // of a void, why
	UserID        *int64       `bun:"user_id"`
	ClientKey     *string      `bun:"client_key"`  // unique among the vendor's
	Fingerprint   string       `bun:"fingerprint"` // of what was asked for
	CreatedAt     time.Time    `bun:"created_at"`

	Lines   []*Line   `bun:"rel:has-many,join:id=sale_id"` // in order
	Tenders []*Tender `bun:"rel:has-many,join:id=sale_id"` // likewise

	VoidID *int64 `bun:"-"` // the void of a sale, where Get looked for it
}

// A Line is one of a sale's: so many units of an item at a price.
type Line struct {
	bun.BaseModel `bun:"table:omnistock_sale_line,alias:l"`

	ID             int64      `bun:"id,pk,autoincrement"`
	SaleID         int64      `bun:"sale_id"`
	Position       int32      `bun:"position"` // from 1 on
	ItemID         int64      `bun:"item_id"`  // which may be gone
	SKU            string     `bun:"sku"`      // the item's, as it was then
	Name           string     `bun:"name"`
	Units          int32      `bun:"units"` // never 0
	UnitPrice      core.Money `bun:"unit_price"`
	Discount       core.Money `bun:"discount"` // its own, and its share of the basket's
	Tax            core.Money `bun:"tax"`
	Total          core.Money `bun:"total"`            // Units * UnitPrice - Discount + Tax
	MovementID     int64      `bun:"movement_id"`      // by which the units left, or came back; 0 where their item was deleted by then
	OriginalLineID *int64     `bun:"original_line_id"` // the line of the sale, of what is none

	Serials []*LineSerial `bun:"rel:has-many,join:id=line_id"` // the pieces that are known of its units, in the order of their ids

	Returned int32   `bun:"-"` // units that came back, where Get looked for them
	PieceIDs []int64 `bun:"-"` // serial units that it is asked to move
}

// movement is the id of the line's movement, nil if it has none.
func (l *Line) movement() *int64 {
	if l.MovementID == 0 {
		return nil
	}
	return &l.MovementID
}

func (l *Line) subtotal() core.Money { return core.Money(l.Units) * l.UnitPrice }

// A LineSerial is a piece that a line moved, as it was then.
type LineSerial struct {
	bun.BaseModel `bun:"table:omnistock_sale_line_serial,alias:ls"`

	ID          int64       `bun:"id,pk,autoincrement"`
	LineID      int64       `bun:"line_id"`
	UnitID      int64       `bun:"unit_id"` // the serial unit, which may be gone
	Grader      string      `bun:"grader"`  // as the unit has these, a slug such as psa
	Certificate string      `bun:"certificate"`
	Grade       *core.Grade `bun:"grade"`
	Qualifiers  string      `bun:"qualifiers"`
}

// String is what a receipt says of a piece, such as PSA 12345678 8.5 OC.
func (ls *LineSerial) String() string {
	words := []string{strings.ToUpper(ls.Grader), ls.Certificate}
	if ls.Grade != nil {
		words = append(words, strings.TrimSuffix(ls.Grade.String(), ".0"))
	}
	return strings.TrimSpace(strings.Join(append(words, ls.Qualifiers), " "))
}

// A Tender is one of the ways in which a sale was paid, or in which money was given back.
type Tender struct {
	bun.BaseModel `bun:"table:omnistock_sale_tender,alias:t"`

	ID     int64      `bun:"id,pk,autoincrement"`
	SaleID int64      `bun:"sale_id"`
	Method Method     `bun:"method"`
	Amount core.Money `bun:"amount"`
}

// A ReceiptCounter is the last receipt number of a store.
type ReceiptCounter struct {
	bun.BaseModel `bun:"table:omnistock_receipt_counter,alias:rc"`

	ID      int64 `bun:"id,pk,autoincrement"`
	StoreID int64 `bun:"store_id"` // unique
	Last    int64 `bun:"last"`
}

// Kind is what a document is.
type Kind string

// The kinds of documents.
const (
	Ordinary Kind = "sale"
	Return   Kind = "return"
	Void     Kind = "void"
)

// Choices lists the kinds.
func (Kind) Choices() []core.Choice {
	return []core.Choice{{Value: string(Ordinary), Label: "Sale"}, {Value: string(Return), Label: "Return"}, {Value: string(Void), Label: "Void"}}
}

// Method is a way to pay.
type Method string

// The ways to pay.
const (
	Cash     Method = "cash"
	Card     Method = "card"
	Check    Method = "check"
	Transfer Method = "transfer"
	Other    Method = "other"
)

// Choices lists the ways to pay.
func (Method) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(Cash), Label: "Cash"},
		{Value: string(Card), Label: "Card"},
		{Value: string(Check), Label: "Check"},
		{Value: string(Transfer), Label: "Transfer"},
		{Value: string(Other), Label: "Other"},
	}
}

// document names a sale in the ledger.
func (sa *Sale) document() stock.Document { return stock.Document{Kind: documentSale, ID: sa.ID} }

const documentSale = "sale"

// addUp sets the sums of a sale to those of its lines.
func (sa *Sale) addUp() {
	sa.Subtotal, sa.Discount, sa.Tax, sa.Total = 0, 0, 0, 0
	for _, l := range sa.Lines {
		sa.Subtotal += l.subtotal()
		sa.Discount += l.Discount
		sa.Tax += l.Tax
		sa.Total += l.Total
	}
}

// itemIDs are those of the lines.
func itemIDs(lines []*Line) []int64 {
	ids := make([]int64, len(lines))
	for i, l := range lines {
		ids[i] = l.ItemID
	}
	return ids
}
