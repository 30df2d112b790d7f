package inventory

import (
	"context"

	"github.com/uptrace/bun"
)

// countInStores returns how many collectibles lie in the stores.
func countInStores(ctx context.Context, tx bun.Tx, storeIDs []int64) (int64, error) {
	return tx.NewSelect().Model((*Collectible)(nil)).Where("c.store_id IN (?)", bun.List(storeIDs)).Count(ctx)
}

// clearLedgerStores takes stores out of the ledger, as Django does when they go.
func clearLedgerStores(ctx context.Context, tx bun.Tx, storeIDs []int64) error {
	for _, column := range []bun.Ident{"from_store_id", "to_store_id"} {
		_, err := tx.NewUpdate().Model((*LedgerEntry)(nil)).Set("? = NULL", column).
			Where("? IN (?)", column, bun.List(storeIDs)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// clearVendor takes a vendor off collectibles, as Django does when it goes.
func clearVendor(ctx context.Context, tx bun.Tx, vendorID int64) error {
	_, err := tx.NewUpdate().Model((*Collectible)(nil)).Set("vendor_id = NULL").Where("vendor_id = ?", vendorID).Exec(ctx)
	return err
}

// clearPerformer takes a user's name off the ledger, as Django does when they go.
func clearPerformer(ctx context.Context, tx bun.Tx, userID int64) error {
	_, err := tx.NewUpdate().Model((*LedgerEntry)(nil)).Set("performed_by_id = NULL").
		Where("performed_by_id = ?", userID).Exec(ctx)
	return err
}
