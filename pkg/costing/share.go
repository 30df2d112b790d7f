package costing

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Share is units of one item among things that came together: the costs of all of them add up to what those cost.
type Share struct {
	ItemID int64      `bun:"item_id"` // it may be gone
	SKU    string     `bun:"sku"`
	Name   string     `bun:"name"`
	Units  int32      `bun:"units"`  // above 0
	Weight core.Money `bun:"weight"` // of all units, such as what they sell for
	Cost   core.Money `bun:"cost"`   // of all units
}

// A RequestLine is units of an item that come, and what they weigh when the cost is spread.
type RequestLine struct {
	ItemID int64
	Units  int32
	Weight core.Money // of one unit, as it is stored; of all lines 0, the cost is spread evenly over the units
}

// maxLines bounds what one transaction moves.
const maxLines = 500

// mostWeight is the most that all units of a line weigh.
const mostWeight = 1e10 - 1

// validateLines adds to wrong what is wrong with the lines of a field.
func validateLines(wrong core.Fields, field string, lines []RequestLine) {
	switch {
	case len(lines) == 0:
		wrong.Add(field, "This list may not be empty.")
	case len(lines) > maxLines:
		wrong.Add(field, "Ensure this field has no more than 500 elements.")
	}
	for _, l := range lines {
		if times(core.Total(l.Weight), int64(l.Units)) > mostWeight {
			wrong.Add(field, "Ensure that the weight of all units of a line is no more than 99999999.99.")
			return
		}
	}
}

// weigh returns shares that cost nothing yet.
func weigh(lines []RequestLine) []Share {
	shares := make([]Share, len(lines))
	for i, l := range lines {
		shares[i] = Share{ItemID: l.ItemID, Units: l.Units, Weight: core.Money(times(core.Total(l.Weight), int64(l.Units)))}
	}
	return shares
}

// spread gives each share its part of the cost.
func spread(cost core.Money, shares []Share) {
	weights, sum := make([]int64, len(shares)), int64(0)
	for i, sh := range shares {
		weights[i] = int64(sh.Weight)
		sum += weights[i]
	}
	if sum == 0 {
		for i, sh := range shares {
			weights[i] = int64(sh.Units)
		}
	}
	for i, part := range cost.Spread(weights) {
		shares[i].Cost = part
	}
}

// areMetBy reports whether lines asked for just these shares.
func areMetBy(lines []RequestLine, shares []Share) bool {
	if len(lines) != len(shares) {
		return false
	}
	for i, want := range weigh(lines) {
		if sh := shares[i]; sh.ItemID != want.ItemID || sh.Units != want.Units || sh.Weight != want.Weight {
			return false
		}
	}
	return true
}

// perUnit splits a share into units that cost the same to a hundredth: one part, or two that differ by one hundredth.
func (sh *Share) perUnit() (parts []part) {
	units := int64(sh.Units)
	each, rest := int64(sh.Cost)/units, int64(sh.Cost)%units
	if rest > 0 {
		parts = append(parts, part{rest, core.Money(each + 1)})
	}
	return append(parts, part{units - rest, core.Money(each)})
}

type part struct {
	units int64
	cost  core.Money // of each
}

// receive returns the postings by which a share comes to a store, each like p.
func (sh *Share) receive(storeID int64, p stock.Posting) (ps []stock.Posting) {
	for _, units := range sh.perUnit() {
		p.Place, p.Delta, p.UnitCost = stock.Place{ItemID: sh.ItemID, StoreID: storeID}, units.units, &units.cost
		ps = append(ps, p)
	}
	return ps
}

// name writes into shares what their items are called.
func name(shares []Share, h *stock.Holdings) error {
	for i := range shares {
		it, err := h.Item(shares[i].ItemID)
		if err != nil {
			return err
		}
		shares[i].SKU, shares[i].Name = it.SKU, it.Name
	}
	return nil
}

// itemsOf lists the items of shares.
func itemsOf(shares []Share) []int64 {
	ids := make([]int64, len(shares))
	for i, sh := range shares {
		ids[i] = sh.ItemID
	}
	return ids
}
