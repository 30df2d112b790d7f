package costing

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Acquisition is things that a vendor bought together, such as a collection: what was paid for all of them is spread
// over its lines by their weights.
type Acquisition struct {
	bun.BaseModel `bun:"table:omnistock_acquisition,alias:acq"`

	ID        int64      `bun:"id,pk,autoincrement"`
	VendorID  int64      `bun:"vendor_id"`
	StoreID   int64      `bun:"store_id"` // to which all of it came
	Cost      core.Money `bun:"cost"`
	Supplier  string     `bun:"supplier"`
	Reference string     `bun:"reference"`
	UserID    *int64     `bun:"user_id"`
	ClientKey *string    `bun:"client_key"` // unique among the vendor's acquisitions
	CreatedAt time.Time  `bun:"created_at"`

	Lines []*AcquisitionLine `bun:"rel:has-many,join:id=acquisition_id"`
}

// An AcquisitionLine is units of one item: the costs of all lines add up to that of the acquisition.
type AcquisitionLine struct {
	bun.BaseModel `bun:"table:omnistock_acquisition_line,alias:acql"`

	ID            int64      `bun:"id,pk,autoincrement"`
	AcquisitionID int64      `bun:"acquisition_id"`
	ItemID        int64      `bun:"item_id"` // it may be gone
	SKU           string     `bun:"sku"`
	Name          string     `bun:"name"`
	Units         int32      `bun:"units"`  // above 0
	Weight        core.Money `bun:"weight"` // of all units, such as what they sell for
	Cost          core.Money `bun:"cost"`   // of all units
}

// An AcquisitionRequest asks for an acquisition.
type AcquisitionRequest struct {
	StoreID   int64
	Cost      core.Money
	Lines     []RequestLine
	Supplier  string
	Reference string
	ClientKey *string
}

// A RequestLine is units of an item that came, and what they weigh when the cost is spread.
type RequestLine struct {
	ItemID int64
	Units  int32
	Weight core.Money // of one unit; of all lines 0, the cost is spread evenly over the units
}

// documentAcquisition names acquisitions in the ledger.
const documentAcquisition = "acquisition"

// maxLines bounds what one transaction moves.
const maxLines = 500

// validate reports what is wrong with a request.
func (r AcquisitionRequest) validate() error {
	wrong := core.Fields{}
	switch {
	case len(r.Lines) == 0:
		wrong.Add("lines", "This list may not be empty.")
	case len(r.Lines) > maxLines:
		wrong.Add("lines", "Ensure this field has no more than 500 elements.")
	}
	for _, l := range r.Lines {
		if times(core.Total(l.Weight), int64(l.Units)) > mostWeight {
			wrong.Add("lines", "Ensure that the weight of all units of a line is no more than 99999999.99.")
			break
		}
	}
	return core.InvalidFields(wrong)
}

// mostWeight is the most that all units of a line weigh.
const mostWeight = 1e10 - 1

// spread gives each line its share of the cost.
func (r AcquisitionRequest) spread() []*AcquisitionLine {
	lines, weights, sum := make([]*AcquisitionLine, len(r.Lines)), make([]int64, len(r.Lines)), int64(0)
	for i, l := range r.Lines {
		lines[i] = &AcquisitionLine{ItemID: l.ItemID, Units: l.Units, Weight: core.Money(times(core.Total(l.Weight.Stored()), int64(l.Units)))}
		weights[i] = int64(lines[i].Weight)
		sum += weights[i]
	}
	if sum == 0 {
		for i, l := range r.Lines {
			weights[i] = int64(l.Units)
		}
	}
	for i, cost := range r.Cost.Spread(weights) {
		lines[i].Cost = cost
	}
	return lines
}

// perUnit splits a line into units that cost the same to a hundredth: one part, or two that differ by one hundredth.
func (l *AcquisitionLine) perUnit() (parts []part) {
	units := int64(l.Units)
	each, rest := int64(l.Cost)/units, int64(l.Cost)%units
	if rest > 0 {
		parts = append(parts, part{rest, core.Money(each + 1)})
	}
	return append(parts, part{units - rest, core.Money(each)})
}

type part struct {
	units int64
	cost  core.Money // of each
}

// isMetBy reports whether an acquisition is what was asked for.
func (r AcquisitionRequest) isMetBy(a *Acquisition) bool {
	if a.StoreID != r.StoreID || a.Cost != r.Cost.Stored() || a.Supplier != r.Supplier || a.Reference != r.Reference || len(a.Lines) != len(r.Lines) {
		return false
	}
	for i, want := range r.spread() {
		if l := a.Lines[i]; l.ItemID != want.ItemID || l.Units != want.Units || l.Weight != want.Weight {
			return false
		}
	}
	return true
}
