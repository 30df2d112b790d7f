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
	q := idb.NewSelect().Model(&items).Where("?", db.ByKey(idb, "c.vendor_id", vendorID)).Where("c.id > ?", after).
		Order("c.id").Limit(exportPage)
	if storeID != nil {
		q = q.Where("?", db.ByKey(idb, "c.store_id", *storeID))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, err
	}
	return items, selectCards(ctx, idb, items)
}

// selectCards reads the card details of items that are in the order of their ids. In a join, PostgreSQL may go through the
// details of all items before them, anew for each page; the range keeps it from a look at the whole table.
func selectCards(ctx context.Context, idb bun.IDB, items []*Collectible) error {
	if len(items) == 0 {
		return nil
	}
	byID, ids := map[int64]*Collectible{}, make([]int64, len(items))
	for i, c := range items {
		byID[c.ID], ids[i] = c, c.ID
	}
	var cards []*CardDetails
	err := idb.NewSelect().Model(&cards).Where("cd.collectible_id BETWEEN ? AND ?", ids[0], ids[len(ids)-1]).
		Where("cd.collectible_id ?", db.Among(idb, ids)).Scan(ctx)
	for _, card := range cards {
		byID[card.CollectibleID].Card = card
	}
	return err
}
