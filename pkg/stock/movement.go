package stock

import (
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Movement is one row of the ledger: units of an item that came to a store, or left it.
type Movement struct {
	bun.BaseModel `bun:"table:omnistock_stock_movement,alias:m"`

	ID            int64       `bun:"id,pk,autoincrement"` // an item's movements are in the order of their ids
	VendorID      *int64      `bun:"vendor_id"`
	ItemID        int64       `bun:"item_id"` // which may be gone
	StoreID       int64       `bun:"store_id"`
	SKU           string      `bun:"sku"` // the item's, as it was then
	Name          string      `bun:"name"`
	Kind          Kind        `bun:"kind"`
	Delta         int64       `bun:"delta"`          // units, never 0; negative for those that left
	QuantityAfter int64       `bun:"quantity_after"` // units of the item that there were in the store then
	UnitCost      *core.Money `bun:"unit_cost"`      // what was paid for a unit
	UnitPrice     *core.Money `bun:"unit_price"`     // what a unit was sold for
	Reason        string      `bun:"reason"`
	Reference     string      `bun:"reference"`  // what it belongs to elsewhere, such as an order
	UserID        *int64      `bun:"user_id"`    // nil for commands and other programs
	ClientKey     *string     `bun:"client_key"` // the client's name for it, unique among the vendor's
	UndoesID      *int64      `bun:"undoes_id"`  // the movement whose opposite it is; each has one at most
	OriginID      *int64      `bun:"origin_id"`  // the movement that brought these very units, or took them, before
	Document      *string     `bun:"document"`   // what it is a line of, such as a transfer
	DocumentID    *int64      `bun:"document_id"`
	CreatedAt     time.Time   `bun:"created_at"`
}

// Kind is why units moved.
type Kind string

// The kinds of movements.
const (
	Receive    Kind = "receive"
	Sale       Kind = "sale"
	Return     Kind = "return"
	Adjustment Kind = "adjustment"
	Transfer   Kind = "transfer" // half of one: out of one store, or into another
	WriteOff   Kind = "write_off"
	Count      Kind = "count"
	Break      Kind = "break"    // a sealed product into singles
	Assemble   Kind = "assemble" // singles into a product
	Opening    Kind = "opening"  // what was there before the ledger
	External   Kind = "external" // what another program did on the same database
)

// Choices lists the kinds.
func (Kind) Choices() []core.Choice {
	return append(orderKind("").Choices(),
		core.Choice{Value: string(Transfer), Label: "Transfer"}, core.Choice{Value: string(Break), Label: "Break"},
		core.Choice{Value: string(Assemble), Label: "Assemble"}, core.Choice{Value: string(Opening), Label: "Opening"},
		core.Choice{Value: string(External), Label: "External"},
	)
}

// isUndoable reports whether the opposite of such a movement makes it undone: half of a transfer would leave the other
// half, and what was there before the ledger, or comes from another program, was no act of ours.
func (k Kind) isUndoable() bool {
	switch k {
	case Transfer, Opening, External:
		return false
	}
	return true
}

// isRepack reports whether units become others by such a movement.
func (k Kind) isRepack() bool { return k == Break || k == Assemble }

// orderKind is a Kind that somebody may ask for.
type orderKind string

// Choices lists the kinds that may be asked for.
func (orderKind) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(Receive), Label: "Receive"},
		{Value: string(Sale), Label: "Sale"},
		{Value: string(Return), Label: "Return"},
		{Value: string(Adjustment), Label: "Adjustment"},
		{Value: string(WriteOff), Label: "Write-off"},
		{Value: string(Count), Label: "Count"},
	}
}

// An Order asks for a movement: of Delta units or, of an adjustment or a count, up or down to Quantity.
type Order struct {
	Kind      Kind
	StoreID   core.Optional[int64] // where; the item's own store unless it is given
	Delta     core.Optional[int32]
	Quantity  core.Optional[int32]
	Reason    string
	Reference string
	UnitCost  *core.Money
	UnitPrice *core.Money
	Currency  string // of both, the store's, or ""
	ClientKey *string
}

// comes says of kinds whether units come by them; of the others, both may be.
var comes = map[Kind]bool{Receive: true, Return: true, Sale: false, WriteOff: false}

// validate reports what is wrong with an order, whatever there is in stock.
func (o Order) validate() error {
	wrong := core.Fields{}
	incoming, isOneWay := comes[o.Kind]
	switch delta := o.Delta.Value; {
	case o.Delta.HasValue() == o.Quantity.HasValue():
		wrong.Add(core.NonField, "Give either a delta or a quantity.")
	case o.Quantity.HasValue() && isOneWay:
		wrong.Add("quantity", "Only an adjustment or a count has a quantity: give a delta.")
	case o.Quantity.HasValue():
	case delta == 0:
		wrong.Add("delta", "A movement of 0 units is none.")
	case isOneWay && incoming && delta < 0:
		wrong.Add("delta", "Ensure this value is greater than 0: units come in.")
	case isOneWay && !incoming && delta > 0:
		wrong.Add("delta", "Ensure this value is less than 0: units leave.")
	}
	return core.InvalidFields(wrong)
}

// units is how many an order moves where so many are: below zero for those that leave.
func (o Order) units(there int64) (delta int64, err error) {
	delta = int64(o.Delta.Value)
	if o.Quantity.HasValue() {
		delta = int64(o.Quantity.Value) - there
	}
	switch {
	case delta == 0:
		return 0, core.InvalidField("quantity", "There are as many already: a movement of 0 units is none.")
	case there+delta > math.MaxInt32 && delta > 0:
		return 0, core.InvalidField("delta", "There would be more than 2147483647 units.")
	case delta < 0 && o.UnitCost != nil:
		return 0, core.InvalidField("unit_cost", "Only units that come have one: what leaves costs what it did.")
	}
	return delta, nil
}

// isMetBy reports whether the movement is what the order of an item asked for. A cost that it did not give was the item's.
func (o Order) isMetBy(m *Movement, itemID int64) bool {
	same := m.ItemID == itemID && m.StoreID == o.StoreID.Or(m.StoreID) && m.Kind == o.Kind && m.UndoesID == nil && m.Reason == o.Reason && m.Reference == o.Reference &&
		(o.UnitCost == nil || equal(m.UnitCost, o.UnitCost)) && equal(m.UnitPrice, o.UnitPrice)
	if o.Quantity.HasValue() {
		return same && m.QuantityAfter == int64(o.Quantity.Value)
	}
	return same && m.Delta == int64(o.Delta.Value)
}

func equal(a, b *core.Money) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Stored() == b.Stored()
}
