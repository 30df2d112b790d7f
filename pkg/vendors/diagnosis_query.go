package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func selectVendorsWithoutOwner(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewSelect().Model((*Vendor)(nil)).
		ColumnExpr("'vendor ' || v.id || ' (' || v.name || ')' AS name, count(*) OVER () AS count").
		Where("v.is_active").
		Where(`NOT EXISTS (SELECT 1 FROM collectibles_vendormember AS m JOIN users_user AS u ON u.id = m.user_id
			WHERE m.vendor_id = v.id AND m.is_active AND m.role = ? AND u.is_active)`, RoleOwner).
		Order("v.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}

func selectStorelessVendors(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewSelect().Model((*Vendor)(nil)).
		ColumnExpr("'vendor ' || v.id || ' (' || v.name || ')' AS name, count(*) OVER () AS count").
		Where("NOT EXISTS (SELECT 1 FROM collectibles_store AS s WHERE s.vendor_id = v.id)").
		Order("v.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}

func selectMembersWithoutProfile(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewSelect().Model((*Member)(nil)).
		ColumnExpr("'user ' || m.user_id || ' at vendor ' || m.vendor_id AS name, count(*) OVER () AS count").
		Where("m.is_active").
		Where("NOT EXISTS (SELECT 1 FROM collectibles_userprofile AS p WHERE p.user_id = m.user_id)").
		Order("m.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}
