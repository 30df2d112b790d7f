package stocktake

import (
	"math"
	"math/big"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Line is what was counted of an item.
type Line struct {
	bun.BaseModel `bun:"table:omnistock_stocktake_line,alias:l"`

	ID          int64      `bun:"id,pk,autoincrement"`
	StocktakeID int64      `bun:"stocktake_id"`
	ItemID      int64      `bun:"item_id"` // unique in the stocktake; it may be gone
	SKU         string     `bun:"sku"`
	Name        string     `bun:"name"`
	UnitCost    core.Money `bun:"unit_cost"` // the item's intake price
	Counted     int32      `bun:"counted"`
	Least       int32      `bun:"least"` // units that the ledger had in the store when it was scanned
	Most        int32      `bun:"most"`
	CountedAt   time.Time  `bun:"counted_at"`  // of the last scan
	Expected    *int32     `bun:"expected"`    // once it is posted
	MovementID  *int64     `bun:"movement_id"` // by which the difference was posted
}

// newLine returns the line of an item of which nothing is counted yet.
func newLine(t *Stocktake, it stock.Item) *Line {
	return &Line{StocktakeID: t.ID, ItemID: it.ID, SKU: it.SKU, Name: it.Name, UnitCost: it.Cost, Least: math.MaxInt32, Most: 0}
}

// add enters a scan that was made when the ledger had so many units in the store.
func (l *Line) add(sc *Scan, units int64) {
	l.Counted += sc.Units
	l.Least = int32(min(int64(l.Least), max(units, 0)))                          //nolint:gosec // as small as both
	l.Most = int32(max(int64(l.Most), min(max(units, 0), int64(math.MaxInt32)))) //nolint:gosec // bounded
	if sc.ScannedAt.After(l.CountedAt) {
		l.CountedAt = sc.ScannedAt
	}
}

// A Difference is a line, and what is expected of its item by now.
type Difference struct {
	Line `bun:",extend"`

	Expects int64 `bun:"expects"`

	costHidden bool // from who asked for it
}

// units are those that there are too many; negative for those that are missing.
func (d *Difference) units() int64 { return int64(d.Counted) - d.Expects }

// settle returns the line with what is expected written into it.
func (d *Difference) settle() *Line {
	l := d.Line
	expected := int32(max(math.MinInt32, min(d.Expects, math.MaxInt32)))
	l.Expected = &expected
	return &l
}

// value is the worth of the difference at the intake price, nil if it has more digits than an amount or is not to be seen.
func (d *Difference) value() *core.Money {
	if d.costHidden {
		return nil
	}
	product := new(big.Int).Mul(big.NewInt(d.units()), big.NewInt(int64(d.UnitCost)))
	if !product.IsInt64() {
		return nil
	}
	value := core.Money(product.Int64())
	return &value
}

// Which says which items of a stocktake are asked for.
type Which string

// Which items there are.
const (
	Different Which = "different"
	Scanned   Which = "scanned" // also those that agree
	Missing   Which = "missing" // in the scope and never scanned, as long as the stocktake is open
)

// Choices lists them.
func (Which) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(Different), Label: "Different"}, {Value: string(Scanned), Label: "Scanned"}, {Value: string(Missing), Label: "Missing"},
	}
}

// OfMissing says what becomes of items that lie in the store, are in the scope, and were never scanned.
type OfMissing string

// What may become of them.
const (
	Keep OfMissing = "keep"
	Zero OfMissing = "zero" // they are posted away, but for what came since the stocktake was opened
)

// Choices lists them.
func (OfMissing) Choices() []core.Choice {
	return []core.Choice{{Value: string(Keep), Label: "Keep"}, {Value: string(Zero), Label: "Zero"}}
}
