package inventory

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// CardDetails is what is known of a collectible that is a trading card.
type CardDetails struct {
	bun.BaseModel `bun:"table:collectibles_carddetails,alias:cd"`

	ID              int64       `bun:"id,pk,autoincrement"`
	CollectibleID   int64       `bun:"collectible_id"` // unique
	PSAGrade        *core.Grade `bun:"psa_grade"`
	Condition       *string     `bun:"condition"`
	ExternalIDs     *string     `bun:"external_ids"`
	LastEstimatedAt *time.Time  `bun:"last_estimated_at"`
	Language        *string     `bun:"language"`
	ReleaseDate     *core.Date  `bun:"release_date"`
	PrintRun        *string     `bun:"print_run"`
	MarketRegion    *string     `bun:"market_region"`
	Notes           *string     `bun:"notes"`
	CreatedAt       time.Time   `bun:"created_at"`
	UpdatedAt       time.Time   `bun:"updated_at"`
}

// CardChange is what may be set of card details. A field that is absent stays as it is.
type CardChange struct {
	PSAGrade        core.Optional[core.Grade]
	Condition       core.Optional[string]
	ExternalIDs     core.Optional[string]
	LastEstimatedAt core.Optional[time.Time]
	Language        core.Optional[string]
	ReleaseDate     core.Optional[core.Date]
	PrintRun        core.Optional[string]
	MarketRegion    core.Optional[string]
	Notes           core.Optional[string]
}

// apply sets d's fields and returns the columns that were set.
func (ch CardChange) apply(d *CardDetails) (set core.Columns) {
	set.Add("psa_grade", ch.PSAGrade.SetPtr(&d.PSAGrade))
	set.Add("condition", ch.Condition.SetPtr(&d.Condition))
	set.Add("external_ids", ch.ExternalIDs.SetPtr(&d.ExternalIDs))
	set.Add("last_estimated_at", ch.LastEstimatedAt.SetPtr(&d.LastEstimatedAt))
	set.Add("language", ch.Language.SetPtr(&d.Language))
	set.Add("release_date", ch.ReleaseDate.SetPtr(&d.ReleaseDate))
	set.Add("print_run", ch.PrintRun.SetPtr(&d.PrintRun))
	set.Add("market_region", ch.MarketRegion.SetPtr(&d.MarketRegion))
	set.Add("notes", ch.Notes.SetPtr(&d.Notes))
	return set
}
