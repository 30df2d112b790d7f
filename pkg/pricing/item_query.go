package pricing

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// An item is what has to be known of one whose prices are observed.
type item struct {
	bun.BaseModel `bun:"table:collectibles_collectible,alias:c"`

	ID       int64  `bun:"id"`
	SKU      string `bun:"sku"`
	VendorID int64  `bun:"vendor_id"`
	StoreID  int64  `bun:"store_id"`
}

// selectItem returns one of the vendor's items, or errNoItem.
func selectItem(ctx context.Context, idb bun.IDB, vendorID, id int64) (it item, err error) {
	err = db.Error(idb.NewSelect().Model(&it).Where("c.id = ?", id).Where("c.vendor_id = ?", vendorID).Scan(ctx), "Collectible")
	if core.KindOf(err) == core.NotFound {
		err = errNoItem
	}
	return it, err
}

// holdItems returns those of the vendor's items that the ids or the SKUs name. Until the transaction ends, nobody deletes
// them.
func holdItems(ctx context.Context, tx bun.Tx, vendorID int64, ids []int64, skus []string) (items []item, err error) {
	named := func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(ids) > 0 {
			q = q.WhereOr("c.id IN (?)", bun.List(ids))
		}
		if len(skus) > 0 {
			q = q.WhereOr("c.sku IN (?)", bun.List(skus))
		}
		return q
	}
	if len(ids)+len(skus) == 0 {
		return nil, nil
	}
	q := tx.NewSelect().Model(&items).Where("c.vendor_id = ?", vendorID).WhereGroup(" AND ", named).OrderExpr("c.id")
	return items, db.Hold(q, "c").Scan(ctx)
}
