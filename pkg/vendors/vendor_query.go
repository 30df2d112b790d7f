package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// The lengths of the slug columns.
const (
	maxVendorSlug = 200
	maxStoreSlug  = 255
)

// selectVendor returns a vendor with its stores by name, or NotFound.
func selectVendor(ctx context.Context, idb bun.IDB, id int64) (*Vendor, error) {
	v := &Vendor{}
	err := idb.NewSelect().Model(v).Where("v.id = ?", id).Relation("Stores", orderStores).Scan(ctx)
	return v, db.Error(err, "Vendor")
}

func orderStores(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("s.name", "s.id") }

// lockVendor returns a vendor that nobody else changes until the transaction ends, or NotFound.
func lockVendor(ctx context.Context, tx bun.Tx, id int64) (*Vendor, error) {
	v := &Vendor{}
	err := db.ForUpdate(tx.NewSelect().Model(v).Where("v.id = ?", id), "v").Scan(ctx)
	return v, db.Error(err, "Vendor")
}

// holdVendor makes a vendor stay, and its members' roles, until the transaction ends: NotFound if it is gone. Any
// number of transactions may hold it.
func holdVendor(ctx context.Context, tx bun.Tx, id int64) error {
	var found int64
	err := db.Hold(tx.NewSelect().Model((*Vendor)(nil)).Column("id").Where("v.id = ?", id), "v").Scan(ctx, &found)
	return db.Error(err, "Vendor")
}

func insertVendor(ctx context.Context, tx bun.Tx, v *Vendor) error {
	_, err := tx.NewInsert().Model(v).Exec(ctx)
	return err
}

func updateVendor(ctx context.Context, tx bun.Tx, v *Vendor, columns ...string) error {
	_, err := tx.NewUpdate().Model(v).Column(columns...).WherePK().Exec(ctx)
	return err
}

// selectVendorSlugs returns the slugs that begin with the stem.
func selectVendorSlugs(ctx context.Context, tx bun.Tx, stem string) (slugs []string, err error) {
	err = tx.NewSelect().Model((*Vendor)(nil)).Column("slug").
		Where("substr(slug, 1, ?) = ?", len(stem), stem).Scan(ctx, &slugs)
	return slugs, err
}

// deleteVendor deletes a vendor and its members, and takes its name off the profiles. Its stores must be gone.
func deleteVendor(ctx context.Context, tx bun.Tx, id int64) error {
	members := tx.NewSelect().Model((*Member)(nil)).Column("id").Where("m.vendor_id = ?", id)
	if _, err := tx.NewDelete().Model((*StoreAccess)(nil)).Where("member_id IN (?)", members).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.NewDelete().Model((*Member)(nil)).Where("vendor_id = ?", id).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewUpdate().Model((*users.Profile)(nil)).
		Set("vendor_id = NULL").Where("vendor_id = ?", id).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewDelete().Model((*Vendor)(nil)).Where("id = ?", id).Exec(ctx)
	return err
}

// selectVendorIDs returns the vendor with the slug, or, for "", up to two of all.
func selectVendorIDs(ctx context.Context, idb bun.IDB, slug string) (ids []int64, err error) {
	q := idb.NewSelect().Model((*Vendor)(nil)).Column("id").Order("v.id").Limit(2)
	if slug != "" {
		q = q.Where("v.slug = ?", slug)
	}
	return ids, q.Scan(ctx, &ids)
}
