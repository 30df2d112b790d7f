package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// ofVendor narrows a query on store access to a vendor's stores, and joins the members' accounts.
func ofVendor(q *bun.SelectQuery, vendorID int64) *bun.SelectQuery {
	return q.Relation("Member").Relation("Member.User").Relation("Store").Where("store.vendor_id = ?", vendorID)
}

// selectAccesses returns all store access of a vendor.
func selectAccesses(ctx context.Context, idb bun.IDB, vendorID int64) (accesses []*StoreAccess, err error) {
	err = ofVendor(idb.NewSelect().Model(&accesses), vendorID).Order("sa.store_id", "sa.member_id").Scan(ctx)
	return accesses, err
}

// lockAccess returns a store access of a vendor that nobody else changes until the transaction ends, or NotFound.
func lockAccess(ctx context.Context, tx bun.Tx, vendorID, id int64) (*StoreAccess, error) {
	sa := &StoreAccess{}
	err := db.ForUpdate(ofVendor(tx.NewSelect().Model(sa), vendorID), "sa").Where("sa.id = ?", id).Scan(ctx)
	return sa, db.Error(err, "StoreAccess")
}

// selectAccess returns a store access of a vendor, or NotFound.
func selectAccess(ctx context.Context, idb bun.IDB, vendorID, id int64) (*StoreAccess, error) {
	sa := &StoreAccess{}
	err := ofVendor(idb.NewSelect().Model(sa), vendorID).Where("sa.id = ?", id).Scan(ctx)
	return sa, db.Error(err, "StoreAccess")
}

// insertAccess is Invalid if the member has access to the store already.
func insertAccess(ctx context.Context, idb bun.IDB, sa *StoreAccess) error {
	_, err := idb.NewInsert().Model(sa).Exec(ctx)
	if _, taken := db.UniqueViolation(err); taken {
		return core.InvalidField(core.NonField, "The fields store, member must make a unique set.")
	}
	return err
}

func updateAccess(ctx context.Context, tx bun.Tx, sa *StoreAccess, columns ...string) error {
	_, err := tx.NewUpdate().Model(sa).Column(columns...).WherePK().Exec(ctx)
	return err
}

func deleteAccess(ctx context.Context, tx bun.Tx, id int64) error {
	_, err := tx.NewDelete().Model((*StoreAccess)(nil)).Where("id = ?", id).Exec(ctx)
	return err
}
