package vendors

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// selectVendorID finds a vendor by its slug or, where none has that, by its id.
func selectVendorID(ctx context.Context, idb bun.IDB, slugOrID string) (id int64, err error) {
	number, _ := strconv.ParseInt(slugOrID, 10, 64) // 0, which is nobody's, for what is no number
	err = idb.NewSelect().Model((*Vendor)(nil)).Column("id").Where("v.slug = ? OR v.id = ?", slugOrID, number).
		OrderExpr("CASE WHEN v.slug = ? THEN 0 ELSE 1 END", slugOrID).Limit(1).Scan(ctx, &id)
	return id, db.Error(err, "Vendor")
}

// selectStaffIDs returns the users who are active members of a vendor.
func selectStaffIDs(ctx context.Context, idb bun.IDB, vendorID int64) (ids []int64, err error) {
	err = idb.NewSelect().Model((*Member)(nil)).Column("user_id").Where("m.vendor_id = ?", vendorID).Where("m.is_active").
		OrderBy("user_id", bun.OrderAsc).Scan(ctx, &ids)
	return ids, err
}

// selectJobs returns a user's places at vendors, former ones and invites too.
func selectJobs(ctx context.Context, idb bun.IDB, userID int64) (jobs []users.Job, err error) {
	err = idb.NewSelect().Model((*Member)(nil)).Join("JOIN collectibles_vendor AS v ON v.id = m.vendor_id").
		ColumnExpr("v.slug AS vendor, m.role, m.is_active AS active, m.invite_status AS state").
		Where("m.user_id = ?", userID).OrderBy("vendor_id", bun.OrderAsc).Scan(ctx, &jobs)
	return jobs, err
}
