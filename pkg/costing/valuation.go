package costing

import (
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Total is units and what they cost.
type Total struct {
	Units int64      `bun:"units"`
	Cost  core.Total `bun:"cost"`
}

// A StoreTotal is what lay in a store.
type StoreTotal struct {
	StoreID int64 `bun:"store_id"`
	Total   `bun:",extend"`
}

// A Valuation is what a vendor's stock was worth at a moment, by what it cost.
type Valuation struct {
	At        time.Time
	Total                  // in the stores
	Stores    []StoreTotal // in the order of their ids, without those in which nothing lay
	InTransit Total        // on its way between stores
}

// never is before anything.
var never = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// settled is how old a movement is before nothing that was entered earlier, in a transaction that took long, can come in
// front of it any more.
const settled = 24 * time.Hour

func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// parseMoment reads when to look at the stock: a day, as it ended in UTC, or a moment; now for "".
func parseMoment(text string, now time.Time) (at time.Time, ok bool) {
	if text == "" {
		return now, true
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Microsecond), true
	}
	at, err := time.Parse(time.RFC3339, text)
	return at, err == nil
}
