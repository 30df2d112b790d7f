package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func selectNegativeQuantities(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewSelect().Model((*Collectible)(nil)).
		ColumnExpr("c.quantity || ' of collectible ' || c.id || ' (' || c.sku || ')' AS name, count(*) OVER () AS count").
		Where("c.quantity < 0").Order("c.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}

func selectMisplaced(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewSelect().Model((*Collectible)(nil)).
		ColumnExpr("'collectible ' || c.id || ' (' || c.sku || ')' AS name, count(*) OVER () AS count").
		Join("JOIN collectibles_store AS s ON s.id = c.store_id AND s.vendor_id <> c.vendor_id").
		Order("c.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}
