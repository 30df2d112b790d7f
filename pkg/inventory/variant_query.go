package inventory

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
)

// selectVariant returns what is known of an item's variant.
func selectVariant(ctx context.Context, idb bun.IDB, itemID int64) (*Variant, error) {
	v := &Variant{ItemID: itemID}
	err := idb.NewSelect().Model(&v.Attributes).Relation("Axis").Relation("Value").Where("at.item_id = ?", itemID).
		Order("axis.position", "axis.id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	err = idb.NewSelect().Model(&v.Reference).Relation("Product").Relation("Set").Where("re.item_id = ?", itemID).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		v.Reference, err = Reference{}, nil
	}
	return v, err
}

// replaceAttributes deletes an item's attributes and inserts others.
func replaceAttributes(ctx context.Context, tx bun.Tx, itemID int64, attributes []*Attribute) error {
	if _, err := tx.NewDelete().Model((*Attribute)(nil)).Where("item_id = ?", itemID).Exec(ctx); err != nil {
		return err
	}
	if len(attributes) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&attributes).Exec(ctx)
	return err
}

// upsertReference keeps one reference for each item.
func upsertReference(ctx context.Context, tx bun.Tx, r *Reference) error {
	_, err := tx.NewInsert().Model(r).On("CONFLICT (item_id) DO UPDATE").
		Set("product_id = EXCLUDED.product_id").Set("set_id = EXCLUDED.set_id").Returning("NULL").Exec(ctx)
	return err
}

func deleteReference(ctx context.Context, tx bun.Tx, itemID int64) error {
	_, err := tx.NewDelete().Model((*Reference)(nil)).Where("item_id = ?", itemID).Exec(ctx)
	return err
}
