package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// selectMapping returns a vendor's mapping with the name, or NotFound.
func selectMapping(ctx context.Context, idb bun.IDB, vendorID int64, name string) (*ImportMapping, error) {
	m := &ImportMapping{}
	err := idb.NewSelect().Model(m).Where("vendor_id = ?", vendorID).Where("name = ?", name).Scan(ctx)
	return m, db.Error(err, "ImportMapping")
}

// selectMappingNames lists a vendor's mappings.
func selectMappingNames(ctx context.Context, idb bun.IDB, vendorID int64) (names []string, err error) {
	err = idb.NewSelect().Model((*ImportMapping)(nil)).Column("name").Where("vendor_id = ?", vendorID).Order("name").
		Limit(100).Scan(ctx, &names)
	return names, err
}

// upsertMapping keeps a mapping under its name, in the place of one that is there.
func upsertMapping(ctx context.Context, idb bun.IDB, m *ImportMapping) error {
	_, err := idb.NewInsert().Model(m).On("CONFLICT (vendor_id, name) DO UPDATE").
		Set("columns = EXCLUDED.columns").Set("updated_at = EXCLUDED.updated_at").Returning("NULL").Exec(ctx)
	return err
}

// deleteMappings deletes all mappings of a vendor.
func deleteMappings(ctx context.Context, tx bun.Tx, vendorID int64) error {
	_, err := tx.NewDelete().Model((*ImportMapping)(nil)).Where("vendor_id = ?", vendorID).Exec(ctx)
	return err
}
