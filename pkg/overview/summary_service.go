package overview

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A Drift is a row of the summary that does not say what the items have.
type Drift struct {
	VendorID  int64  `bun:"vendor_id" json:"vendor"`
	StoreID   int64  `bun:"store_id" json:"store"`
	Category  string `bun:"category" json:"category"`
	Level     int64  `bun:"level" json:"level"` // units of each of the items; 11 for more than 10
	KeptItems int64  `bun:"kept_items" json:"summary_items"`
	KeptUnits int64  `bun:"kept_units" json:"summary_units"`
	Items     int64  `bun:"items" json:"items"`
	Units     int64  `bun:"units" json:"units"`
}

// Verify returns the rows of the summary that do not say what the items have, in their counts or their amounts. It reads all
// items, as they are at one moment.
func (s *Service) Verify(ctx context.Context) ([]Drift, error) { return selectDrift(ctx, s.db) }

// Rebuild makes the summary anew. Others may write meanwhile.
func (s *Service) Rebuild(ctx context.Context) error {
	return db.InTx(ctx, s.db, replaceSummary)
}
