package vendors

import (
	"context"

	"github.com/uptrace/bun"
)

// selectVendorsWithoutStore returns the vendors that have no store, the oldest first.
func selectVendorsWithoutStore(ctx context.Context, tx bun.Tx) (vendors []*Vendor, err error) {
	err = tx.NewSelect().Model(&vendors).
		Where("NOT EXISTS (SELECT 1 FROM collectibles_store AS s WHERE s.vendor_id = v.id)").Order("v.id").Scan(ctx)
	return vendors, err
}
