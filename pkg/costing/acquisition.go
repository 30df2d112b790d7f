package costing

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
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
	UndoneAt  *time.Time `bun:"undone_at"`

	Lines []*AcquisitionLine `bun:"rel:has-many,join:id=acquisition_id"`
}

// An AcquisitionLine is units of one item.
type AcquisitionLine struct {
	bun.BaseModel `bun:"table:omnistock_acquisition_line,alias:acql"`

	ID            int64 `bun:"id,pk,autoincrement"`
	AcquisitionID int64 `bun:"acquisition_id"`
	Share
}

// An AcquisitionRequest asks for an acquisition.
type AcquisitionRequest struct {
	StoreID   int64
	Cost      core.Money
	Currency  string // the store's, or ""
	Lines     []RequestLine
	Supplier  string
	Reference string
	ClientKey *string
}

// documentAcquisition names acquisitions in the ledger.
const documentAcquisition = "acquisition"

// validate reports what is wrong with a request.
func (r AcquisitionRequest) validate() error {
	wrong := core.Fields{}
	validateLines(wrong, "lines", r.Lines)
	return core.InvalidFields(wrong)
}

// document is what its movements are lines of.
func (acq *Acquisition) document() stock.Document {
	return stock.Document{Kind: documentAcquisition, ID: acq.ID}
}

func (acq *Acquisition) shares() []Share {
	shares := make([]Share, len(acq.Lines))
	for i, l := range acq.Lines {
		shares[i] = l.Share
	}
	return shares
}

// isMetBy reports whether an acquisition is what was asked for.
func (r AcquisitionRequest) isMetBy(acq *Acquisition) bool {
	return acq.StoreID == r.StoreID && acq.Cost == r.Cost.Stored() && acq.Supplier == r.Supplier && acq.Reference == r.Reference &&
		areMetBy(r.Lines, acq.shares())
}
