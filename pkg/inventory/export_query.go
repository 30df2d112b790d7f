package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// exportPage is how many items one query of an export reads.
const exportPage = 1000

// selectExport returns the items of a vendor, and of one store if that is not nil, that follow the id, by their ids, with
// card details.
func selectExport(ctx context.Context, idb bun.IDB, vendorID int64, storeID *int64, after int64) (items []*Collectible, err error) {
	q := idb.NewSelect().Model(&items).Relation("Card").Where("? = ?", db.ByKey(idb, "c.vendor_id"), vendorID).Where("c.id > ?", after).
		Order("c.id").Limit(exportPage)
	if storeID != nil {
		q = q.Where("? = ?", db.ByKey(idb, "c.store_id"), *storeID)
	}
	return items, q.Scan(ctx)
}
