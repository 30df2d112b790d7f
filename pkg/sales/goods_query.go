package sales

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// findGoods returns the ids of the vendor's items that lines name, one for each line: Invalid if one is unknown.
func findGoods(ctx context.Context, tx bun.Tx, vendorID int64, lines []LineRequest) ([]int64, error) {
	ids, skus := []int64{}, []string{}
	for _, l := range lines {
		if l.SKU != "" {
			skus = append(skus, l.SKU)
		} else {
			ids = append(ids, l.ItemID)
		}
	}
	var found []stock.Item
	err := tx.NewSelect().Model(&found).Column("id", "sku").Where("c.vendor_id = ?", vendorID).
		WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
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
	isThere, bySKU := map[int64]bool{}, map[string]int64{}
	for _, it := range found {
		isThere[it.ID], bySKU[it.SKU] = true, it.ID
	}
	goods, wrong := make([]int64, len(lines)), core.Fields{}
	setElements(wrong, "lines", lines, func(l LineRequest) core.Fields {
		wrong := core.Fields{}
		if l.SKU != "" && bySKU[l.SKU] == 0 {
			wrong.Add("sku", fmt.Sprintf("Object with sku=%s does not exist.", l.SKU))
		}
		if l.SKU == "" && !isThere[l.ItemID] {
			wrong.Add("item", core.UnknownIDMessage(l.ItemID))
		}
		return wrong
	})
	for i, l := range lines {
		goods[i] = l.ItemID
		if l.SKU != "" {
			goods[i] = bySKU[l.SKU]
		}
	}
	return goods, core.InvalidFields(wrong)
}
