package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A knownSKU is one that an item has.
type knownSKU struct {
	ID       int64  `bun:"id"`
	SKU      string `bun:"sku"`
	VendorID *int64 `bun:"vendor_id"`
}

// selectKnown returns those of the SKUs that are taken, by whomever.
func selectKnown(ctx context.Context, idb bun.IDB, skus []string) (known []knownSKU, err error) {
	if len(skus) == 0 {
		return nil, nil
	}
	err = idb.NewSelect().Model((*Collectible)(nil)).Column("id", "sku", "vendor_id").Where("c.sku ?", db.Among(idb, skus)).
		Scan(ctx, &known)
	return known, err
}

// selectForImport returns a vendor's items with their card details. In a transaction, nobody else changes them until its
// end; they are locked in the order of their ids, so that two imports of the same items wait for each other.
func selectForImport(ctx context.Context, idb bun.IDB, vendorID int64, ids []int64) (items []*Collectible, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := idb.NewSelect().Model(&items).Relation("Card").Where("c.id ?", db.Among(idb, ids)).Where("c.vendor_id = ?", vendorID).Order("c.id")
	if _, inTx := idb.(bun.Tx); inTx {
		q = db.ForUpdate(q, "c")
	}
	return items, q.Scan(ctx)
}

// upsertCollectibles writes columns of items that are there: one statement, where as many UPDATEs would be needed.
func upsertCollectibles(ctx context.Context, tx bun.Tx, items []*Collectible, columns []string) error {
	if len(items) == 0 {
		return nil
	}
	return upsert(ctx, tx.NewInsert().Model(&items), columns)
}

// upsertCards is upsertCollectibles for card details.
func upsertCards(ctx context.Context, tx bun.Tx, cards []*CardDetails, columns []string) error {
	if len(cards) == 0 {
		return nil
	}
	return upsert(ctx, tx.NewInsert().Model(&cards), columns)
}

func upsert(ctx context.Context, q *bun.InsertQuery, columns []string) error {
	q = q.On("CONFLICT (id) DO UPDATE")
	for _, column := range columns {
		q = q.Set("? = EXCLUDED.?", bun.Ident(column), bun.Ident(column))
	}
	_, err := q.Returning("NULL").Exec(ctx)
	return err
}

// loadCollectibles inserts items and sets their ids.
func loadCollectibles(ctx context.Context, tx db.LoadTx, items []*Collectible) error {
	ids, err := tx.NextIDs(ctx, "collectibles_collectible", len(items))
	if err != nil {
		return err
	}
	for i, c := range items {
		c.ID = ids[i]
	}
	if err := mergeSearchAfter(ctx, tx.Tx, loadedSegments); err != nil {
		return err
	}
	if err := tx.Load(ctx, items); err != nil {
		return collectibleError(err)
	}
	if err := mergeSearchAfter(ctx, tx.Tx, usualSegments); err != nil {
		return err
	}
	return tx.Count(ctx, "collectibles_collectible")
}

// loadCards inserts card details, and leaves their ids to the database.
func loadCards(ctx context.Context, tx db.LoadTx, cards []*CardDetails) error {
	return tx.Load(ctx, cards, "id")
}

// selectImagesOf returns the images of items.
func selectImagesOf(ctx context.Context, tx bun.Tx, ids []int64) (images []*Image, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = tx.NewSelect().Model(&images).Where("im.item_id IN (?)", bun.List(ids)).Scan(ctx)
	return images, err
}
