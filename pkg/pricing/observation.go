package pricing

import (
	"regexp"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Observation is a price that an item was seen at. The item, the source, the currency and the moment together are
// unique.
type Observation struct {
	bun.BaseModel `bun:"table:omnistock_price_observation,alias:o"`

	ID         int64      `bun:"id,pk,autoincrement"`
	VendorID   int64      `bun:"vendor_id"` // whose item it was: an item that goes to another vendor leaves its prices
	ItemID     int64      `bun:"item_id"`
	Source     string     `bun:"source"`   // a slug, such as tcgplayer, ebay-sold or own
	Amount     core.Money `bun:"amount"`   // of a unit; not below zero
	Currency   string     `bun:"currency"` // a code of ISO 4217, such as USD
	ObservedAt time.Time  `bun:"observed_at"`
	UserID     *int64     `bun:"user_id"` // who noted it; nil for commands
	CreatedAt  time.Time  `bun:"created_at"`
}

// A Price is an observation to be noted, of an item that is named by its id or by its SKU.
type Price struct {
	ItemID     int64 // 0 if the SKU names it
	SKU        string
	Source     string
	Amount     core.Money
	Currency   string
	ObservedAt time.Time // the zero time is now
}

// key is by what an observation is the only one.
type key struct {
	itemID           int64
	source, currency string
	observedAt       int64 // microseconds
}

func (o *Observation) key() key {
	return key{o.ItemID, o.Source, o.Currency, o.ObservedAt.UnixMicro()}
}

var (
	slug     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	currency = regexp.MustCompile(`^[A-Z]{3}$`)
)

// clockTolerance is how far the clock of who observes may be ahead of ours.
const clockTolerance = time.Minute

// validate reports what is wrong with a price, whatever items there are.
func (p Price) validate(now time.Time) core.Fields {
	wrong := core.Fields{}
	if (p.ItemID == 0) == (p.SKU == "") {
		wrong.Add(core.NonField, "Name the item either by its id or by its SKU.")
	}
	if !slug.MatchString(p.Source) {
		wrong.Add("source", "Give a name of small letters and digits, with hyphens between them, such as ebay-sold.")
	}
	if !currency.MatchString(p.Currency) {
		wrong.Add("currency", "Give the three capital letters of ISO 4217, such as USD.")
	}
	if p.Amount.IsNegative() {
		wrong.Add("amount", "Amount cannot be negative.")
	}
	if p.ObservedAt.After(now.Add(clockTolerance)) {
		wrong.Add("observed_at", "This moment is in the future.")
	}
	return wrong
}

// observation is the price as it is noted of an item, by somebody unless userID is 0.
func (p Price) observation(it item, userID int64, now time.Time) *Observation {
	o := &Observation{
		VendorID: it.VendorID, ItemID: it.ID, Source: p.Source, Amount: p.Amount.Stored(), Currency: p.Currency,
		ObservedAt: p.ObservedAt.UTC().Truncate(time.Microsecond), CreatedAt: now,
	}
	if p.ObservedAt.IsZero() {
		o.ObservedAt = now
	}
	if userID != 0 {
		o.UserID = &userID
	}
	return o
}
