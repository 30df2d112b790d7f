package stock

import (
	"context"
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectItem returns one of the vendor's items, or NotFound.
func selectItem(ctx context.Context, idb bun.IDB, vendorID, id int64) (Item, error) {
	var it Item
	return it, itemError(ofVendor(idb.NewSelect().Model(&it), vendorID, id).Scan(ctx))
}

// lockItem is selectItem for a transaction that changes it: nobody else does until the end.
func lockItem(ctx context.Context, tx bun.Tx, vendorID, id int64) (Item, error) {
	var it Item
	return it, itemError(db.ForUpdate(ofVendor(tx.NewSelect().Model(&it), vendorID, id), "c").Scan(ctx))
}

// lockItems keeps others from changing items until the transaction ends.
func lockItems(ctx context.Context, tx bun.Tx, ids []int64) error {
	var locked []int64
	return db.ForUpdate(tx.NewSelect().Model((*Item)(nil)).Column("id").Where("c.id IN (?)", bun.List(ids)), "c").Order("c.id").
		Scan(ctx, &locked)
}

func ofVendor(q *bun.SelectQuery, vendorID, id int64) *bun.SelectQuery {
	return q.Where("c.id = ?", id).Where("c.vendor_id = ?", vendorID)
}

// itemError gives absence the contract's words.
func itemError(err error) error {
	if err = db.Error(err, "Collectible"); core.KindOf(err) == core.NotFound {
		return core.Errorf(core.NotFound, "Collectible matching query does not exist.")
	}
	return err
}

// updateQuantity adds units to an item that is where it was, unless there would be fewer than none then, or more than a
// column holds; it returns how many there are, or NotFound if it added none. All changes of quantities are this statement:
// whoever races, the second one adds to what the first one left.
func updateQuantity(ctx context.Context, tx bun.Tx, it Item, delta int64, now time.Time) (after int64, err error) {
	err = tx.NewRaw(`UPDATE collectibles_collectible SET quantity = quantity + ?0, updated_at = ?1
		WHERE id = ?2 AND vendor_id = ?3 AND store_id = ?4 AND CAST(quantity AS bigint) + ?0 BETWEEN 0 AND ?5 RETURNING quantity`,
		delta, now, it.ID, it.VendorID, it.StoreID, math.MaxInt32).Scan(ctx, &after)
	return after, itemError(err)
}
