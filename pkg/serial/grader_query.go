package serial

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
)

// selectGraders returns the graders of that name which a vendor knows: its own, and then those of all.
func selectGraders(ctx context.Context, idb bun.IDB, vendorID int64, slug string) (graders []*catalog.Grader, err error) {
	err = idb.NewSelect().Model(&graders).Where("t.slug = ?", slug).Where("t.vendor_id = ? OR t.vendor_id IS NULL", vendorID).
		OrderExpr("t.vendor_id IS NULL, t.id").Scan(ctx)
	return graders, err
}

// selectGraderSlugs returns the names of the graders which a vendor knows, each once and in order.
func selectGraderSlugs(ctx context.Context, idb bun.IDB, vendorID, limit int64) (slugs []string, err error) {
	err = idb.NewSelect().Model((*catalog.Grader)(nil)).Distinct().Column("slug").Where("t.vendor_id = ? OR t.vendor_id IS NULL", vendorID).
		OrderExpr("t.slug").Limit(limit).Scan(ctx, &slugs)
	return slugs, err
}
