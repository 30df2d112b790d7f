package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// insertDefaultStore does nothing where another request has made it.
func insertDefaultStore(ctx context.Context, tx bun.Tx, st *Store) error {
	_, err := tx.NewInsert().Model(st).On("CONFLICT (vendor_id, slug) DO NOTHING").Returning("NULL").Exec(ctx)
	return err
}

func insertStore(ctx context.Context, tx bun.Tx, st *Store) error {
	_, err := tx.NewInsert().Model(st).Exec(ctx)
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

// selectStoreSlugs returns the slugs of a vendor's stores that begin with the stem.
func selectStoreSlugs(ctx context.Context, tx bun.Tx, vendorID int64, stem string) (slugs []string, err error) {
	err = tx.NewSelect().Model((*Store)(nil)).Column("slug").Where("s.vendor_id = ?", vendorID).
		Where("substr(slug, 1, ?) = ?", len(stem), stem).Scan(ctx, &slugs)
	return slugs, err
}

func updateStore(ctx context.Context, tx bun.Tx, st *Store, columns ...string) error {
	_, err := tx.NewUpdate().Model(st).Column(columns...).WherePK().Exec(ctx)
	return err
}

// holdOldestStore returns the vendor's oldest store, which stays until the transaction ends, or NotFound if it has
// none.
func holdOldestStore(ctx context.Context, tx bun.Tx, vendorID int64) (*Store, error) {
	st := &Store{}
	err := db.Hold(tx.NewSelect().Model(st), "s").Where("s.vendor_id = ?", vendorID).Order("s.id").Limit(1).Scan(ctx)
	return st, db.Error(err, "Store")
}

// lockStores returns the stores of a vendor, which nobody else changes until the transaction ends.
func lockStores(ctx context.Context, tx bun.Tx, vendorID int64) (ids []int64, err error) {
	q := tx.NewSelect().Model((*Store)(nil)).Column("id").Where("s.vendor_id = ?", vendorID).Order("s.id")
	err = db.ForUpdate(q, "s").Scan(ctx, &ids)
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

// holdStore returns a vendor's store, which stays until the transaction ends: NotFound if it is gone, or another vendor's.
func holdStore(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Store, error) {
	st := &Store{}
	err := db.Hold(tx.NewSelect().Model(st), "s").Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Scan(ctx)
	return st, db.Error(err, "Store")
}
