package stock

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// insertMovementsOfCreated enters the units of new items: the rows that Transition.movements makes of them, by a statement
// that sends none of them.
func insertMovementsOfCreated(ctx context.Context, tx bun.Tx, itemIDs []int64, userID *int64, now time.Time) error {
	q := tx.NewRaw(`INSERT INTO omnistock_stock_movement (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after,
			unit_cost, reason, reference, user_id, created_at)
		SELECT vendor_id, id, store_id, sku, name, ?0, quantity, quantity, intake_price, '', '', ?1, ?2
		FROM collectibles_collectible AS c WHERE ?3 ORDER BY id`, Receive, userID, now, created(tx, itemIDs))
	_, err := q.Exec(ctx)
	return err
}

// insertEntriesOfCreated does the same in Django's ledger.
func insertEntriesOfCreated(ctx context.Context, tx bun.Tx, itemIDs []int64, userID *int64, now time.Time) error {
	q := tx.NewRaw(`INSERT INTO collectibles_stockledger (collectible_id, delta, reason, metadata, performed_by_id, to_store_id, created_at)
		SELECT id, quantity, ?0, '{}', ?1, store_id, ?2
		FROM collectibles_collectible AS c WHERE ?3 ORDER BY id`, reasonIntake, userID, now, created(tx, itemIDs))
	_, err := q.Exec(ctx)
	return err
}

// created finds those of new items that have units. Their ids are near one another: with bounds, PostgreSQL finds them by
// the index, though it has no statistics of a table that just grows.
func created(tx bun.Tx, ids []int64) any {
	return bun.SafeQuery("c.id BETWEEN ? AND ? AND c.id ? AND c.quantity <> 0", slices.Min(ids), slices.Max(ids), db.Among(tx, ids))
}
