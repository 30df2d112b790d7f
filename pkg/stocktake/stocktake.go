package stocktake

import (
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Stocktake is one count of a store, or of one category in it.
type Stocktake struct {
	bun.BaseModel `bun:"table:omnistock_stocktake,alias:t"`

	ID        int64      `bun:"id,pk,autoincrement"`
	VendorID  int64      `bun:"vendor_id"`
	StoreID   int64      `bun:"store_id"`
	State     State      `bun:"state"`
	Category  *string    `bun:"category"` // of the items that are counted, whatever the case; nil for all
	Note      string     `bun:"note"`
	UserID    *int64     `bun:"user_id"`    // who opened it
	ClientKey *string    `bun:"client_key"` // unique among the vendor's stocktakes
	CreatedAt time.Time  `bun:"created_at"`
	ClosedAt  *time.Time `bun:"closed_at"` // when it was posted, cancelled or undone
}

// State is how far a stocktake is.
type State string

// The states of a stocktake.
const (
	Open      State = "open"
	Posted    State = "posted"    // its differences are in the ledger
	Cancelled State = "cancelled" // it changed nothing
	Undone    State = "undone"    // what it had posted is taken back
)

// Choices lists the states.
func (State) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(Open), Label: "Open"},
		{Value: string(Posted), Label: "Posted"},
		{Value: string(Cancelled), Label: "Cancelled"},
		{Value: string(Undone), Label: "Undone"},
	}
}

// document is what its movements are lines of.
func (t *Stocktake) document() stock.Document { return stock.Document{Kind: "stocktake", ID: t.ID} }

func (t *Stocktake) place(itemID int64) stock.Place {
	return stock.Place{ItemID: itemID, StoreID: t.StoreID}
}

// covers reports whether an item of that category is counted.
func (t *Stocktake) covers(category *string) bool {
	return t.Category == nil || category != nil && isSameCategory(*t.Category, *category)
}

// overlaps reports whether some item may be counted in both, which are of one store.
func (t *Stocktake) overlaps(other *Stocktake) bool {
	return t.Category == nil || other.Category == nil || isSameCategory(*t.Category, *other.Category)
}

// isSameCategory compares as lists of items do.
func isSameCategory(a, b string) bool { return strings.EqualFold(a, b) }

// A Request asks for a stocktake.
type Request struct {
	StoreID   int64
	Category  *string
	Note      string
	ClientKey *string
}

// isMetBy reports whether a stocktake is what was asked for.
func (r Request) isMetBy(t *Stocktake) bool {
	sameScope := t.Category == r.Category || t.Category != nil && r.Category != nil && *t.Category == *r.Category
	return t.StoreID == r.StoreID && t.Note == r.Note && sameScope
}

// Progress is how much of a stocktake is counted.
type Progress struct {
	Items int64 `bun:"items"` // that were scanned
	Units int64 `bun:"units"`
}
