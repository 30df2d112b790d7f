package vendors

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

func insertStore(ctx context.Context, idb bun.IDB, st *Store) error {
	_, err := idb.NewInsert().Model(st).Exec(ctx)
	return err
}

// selectStore returns a vendor's store, or NotFound if it is another vendor's.
func selectStore(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Store, error) {
	st := &Store{}
	err := idb.NewSelect().Model(st).Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Scan(ctx)
	return st, db.Error(err, "Store")
}

// selectAnyStore returns a store of whatever vendor, or NotFound.
func selectAnyStore(ctx context.Context, idb bun.IDB, id int64) (*Store, error) {
	st := &Store{}
	err := idb.NewSelect().Model(st).Where("s.id = ?", id).Scan(ctx)
	return st, db.Error(err, "Store")
}

// lockStore returns a vendor's store that nobody else changes until the transaction ends, or NotFound.
func lockStore(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Store, error) {
	st := &Store{}
	err := db.ForUpdate(tx.NewSelect().Model(st), "s").Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Scan(ctx)
	return st, db.Error(err, "Store")
}

// selectStores returns a vendor's stores by name.
func selectStores(ctx context.Context, idb bun.IDB, vendorID int64) (stores []*Store, err error) {
	err = orderStores(idb.NewSelect().Model(&stores).Where("s.vendor_id = ?", vendorID)).Scan(ctx)
	return stores, err
}

// selectStoreSlugs returns the slugs of a vendor's stores that begin with base.
func selectStoreSlugs(ctx context.Context, tx bun.Tx, vendorID int64, base string) (slugs []string, err error) {
	err = tx.NewSelect().Model((*Store)(nil)).Column("slug").Where("s.vendor_id = ?", vendorID).
		Where("substr(slug, 1, ?) = ?", len(base), base).Scan(ctx, &slugs)
	return slugs, err
}

func updateStore(ctx context.Context, tx bun.Tx, st *Store, columns ...string) error {
	_, err := tx.NewUpdate().Model(st).Column(columns...).WherePK().Exec(ctx)
	return err
}

// selectFirstStore returns the vendor's preferred store, if that is its own, else its oldest one; nil if it has none.
func selectFirstStore(ctx context.Context, idb bun.IDB, vendorID int64, preferred *int64) (*Store, error) {
	st := &Store{}
	err := idb.NewSelect().Model(st).Where("s.vendor_id = ?", vendorID).
		OrderExpr("CASE WHEN s.id = ? THEN 0 ELSE 1 END, s.id", preferred).Limit(1).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return st, err
}

// selectStoreIDs returns the stores of a vendor.
func selectStoreIDs(ctx context.Context, tx bun.Tx, vendorID int64) (ids []int64, err error) {
	err = tx.NewSelect().Model((*Store)(nil)).Column("id").Where("s.vendor_id = ?", vendorID).Order("id").Scan(ctx, &ids)
	return ids, err
}

// deleteStores deletes stores and the access to them; members who worked there lose their active store.
func deleteStores(ctx context.Context, tx bun.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.NewDelete().Model((*StoreAccess)(nil)).Where("store_id IN (?)", bun.List(ids)).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewUpdate().Model((*Member)(nil)).Set("active_store_id = NULL").
		Where("active_store_id IN (?)", bun.List(ids)).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewDelete().Model((*Store)(nil)).Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// existsStore reports whether the store is the vendor's.
func existsStore(ctx context.Context, idb bun.IDB, vendorID, id int64) (bool, error) {
	return idb.NewSelect().Model((*Store)(nil)).Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Exists(ctx)
}
