package sales

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A good is what a basket has to know of an item.
type good struct {
	bun.BaseModel `bun:"table:collectibles_collectible,alias:c"`

	ID    int64      `bun:"id,pk"`
	SKU   string     `bun:"sku"`
	Price core.Money `bun:"price"` // what the vendor asks for one
}

// findGoods returns the vendor's items that lines name, one for each line: Invalid if one is unknown.
func findGoods(ctx context.Context, tx bun.Tx, vendorID int64, lines []LineRequest) ([]good, error) {
	ids, skus := []int64{}, []string{}
	for _, l := range lines {
		if l.SKU != "" {
			skus = append(skus, l.SKU)
		} else {
			ids = append(ids, l.ItemID)
		}
	}
	var found []good
	err := tx.NewSelect().Model(&found).Where("c.vendor_id = ?", vendorID).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(ids) > 0 {
			q = q.Where("c.id IN (?)", bun.List(ids))
		}
		if len(skus) > 0 {
			q = q.WhereOr("c.sku IN (?)", bun.List(skus))
		}
		return q
	}).Scan(ctx)
	if err != nil {
		return nil, err
	}
	byID, bySKU := map[int64]good{}, map[string]good{}
	for _, g := range found {
		byID[g.ID], bySKU[g.SKU] = g, g
	}
	goods, wrong := make([]good, len(lines)), core.Fields{}
	setElements(wrong, "lines", lines, func(l LineRequest) core.Fields {
		wrong := core.Fields{}
		if _, known := bySKU[l.SKU]; l.SKU != "" && !known {
			wrong.Add("sku", fmt.Sprintf("Object with sku=%s does not exist.", l.SKU))
		}
		if _, known := byID[l.ItemID]; l.SKU == "" && !known {
			wrong.Add("item", core.UnknownIDMessage(l.ItemID))
		}
		return wrong
	})
	for i, l := range lines {
		goods[i] = byID[l.ItemID]
		if l.SKU != "" {
			goods[i] = bySKU[l.SKU]
		}
	}
	return goods, core.InvalidFields(wrong)
}
