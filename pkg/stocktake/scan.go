package stocktake

import (
	"fmt"
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Scan is units of an item that somebody found, or takes back. It is never changed.
type Scan struct {
	bun.BaseModel `bun:"table:omnistock_stocktake_scan,alias:sc"`

	ID          int64     `bun:"id,pk,autoincrement"`
	StocktakeID int64     `bun:"stocktake_id"`
	ItemID      int64     `bun:"item_id"`
	Units       int32     `bun:"units"`      // negative for a correction, never 0
	ClientKey   string    `bun:"client_key"` // unique in the stocktake
	UserID      *int64    `bun:"user_id"`
	ScannedAt   time.Time `bun:"scanned_at"` // by the clock of who scanned, within the time that the stocktake is open
	CreatedAt   time.Time `bun:"created_at"`
}

// A ScanRequest is a scan that was sent. It names its item by one of id and SKU.
type ScanRequest struct {
	ItemID    *int64
	SKU       *string
	Units     int32
	ClientKey string
	ScannedAt *time.Time // nil for now
}

// maxScans is how many scans one request may have.
const maxScans = 500

// Counted is what became of scans that were sent.
type Counted struct {
	New      int     // scans that count from now on
	Replayed int     // scans that were here before
	Lines    []*Line // of the new ones, by item
}

// validateScans reports what is wrong with scans, whatever the stock.
func validateScans(scans []ScanRequest) error {
	switch {
	case len(scans) == 0:
		return core.InvalidField("scans", "This list may not be empty.")
	case len(scans) > maxScans:
		return core.InvalidField("scans", fmt.Sprintf("Ensure this field has no more than %d elements.", maxScans))
	}
	wrong := newWrongScans(len(scans))
	for i, sc := range scans {
		if (sc.ItemID == nil) == (sc.SKU == nil) {
			wrong.add(i, core.NonField, "Give either an item or an SKU.")
		}
		if sc.Units == 0 {
			wrong.add(i, "units", "A scan of 0 units is none.")
		}
	}
	return wrong.err()
}

// wrongScans says what is wrong with which scan of a request.
type wrongScans []core.Fields

func newWrongScans(n int) wrongScans {
	w := make(wrongScans, n)
	for i := range w {
		w[i] = core.Fields{}
	}
	return w
}

func (w wrongScans) add(i int, field, msg string) { w[i].Add(field, msg) }

func (w wrongScans) err() error {
	for _, fields := range w {
		if len(fields) > 0 {
			return core.InvalidFields(core.Fields{"scans": []core.Fields(w)})
		}
	}
	return nil
}

// checkTotal says why an item cannot have been counted so often, "" if it can.
func checkTotal(units int64) string {
	switch {
	case units < 0:
		return fmt.Sprintf("There would be %d units counted.", units)
	case units > math.MaxInt32:
		return "There would be more than 2147483647 units counted."
	}
	return ""
}
