package stock

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Table is where movements are.
const Table = "omnistock_stock_movement"

// insertBatch is how many rows one statement inserts.
const insertBatch = 500

// insertPosted inserts movements, and what Django's ledger has of each. On PostgreSQL that is one statement for both.
func insertPosted(ctx context.Context, tx bun.Tx, ms []*Movement, entries []*LedgerEntry) error {
	if len(ms) == 0 || len(ms) > insertBatch || !db.IsPostgres(tx) {
		if err := insertMovements(ctx, tx, ms); err != nil {
			return err
		}
		return insertEntries(ctx, tx, entries)
	}
	_, err := tx.NewInsert().With("e", tx.NewInsert().Model(&entries).Returning("NULL")).Model(&ms).Exec(ctx)
	return movementError(err)
}

// movementError is Conflict if a movement undoes what is undone already.
func movementError(err error) error {
	if db.IsUniqueViolation(err, Table, "undoes_id") {
		return errUndone
	}
	return err
}

// insertMovements is Conflict if one undoes what is undone already.
func insertMovements(ctx context.Context, tx bun.Tx, ms []*Movement) error {
	for batch := range slices.Chunk(ms, insertBatch) {
		if _, err := tx.NewInsert().Model(&batch).Exec(ctx); err != nil {
			return movementError(err)
		}
	}
	return nil
}

func insertEntries(ctx context.Context, tx bun.Tx, entries []*LedgerEntry) error {
	for batch := range slices.Chunk(entries, insertBatch) {
		if _, err := tx.NewInsert().Model(&batch).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// loadMovements is insertMovements in bulk.
func loadMovements(ctx context.Context, tx db.LoadTx, ms []*Movement) error {
	return tx.Load(ctx, ms, "id")
}

// loadEntries is insertEntries in bulk.
func loadEntries(ctx context.Context, tx db.LoadTx, entries []*LedgerEntry) error {
	return tx.Load(ctx, entries, "id")
}

// selectByKey returns the vendor's movement with the client key, or NotFound.
func selectByKey(ctx context.Context, idb bun.IDB, vendorID int64, key string) (*Movement, error) {
	m := &Movement{}
	err := idb.NewSelect().Model(m).Where("m.vendor_id = ?", vendorID).Where("m.client_key = ?", key).Scan(ctx)
	return m, db.Error(err, "Movement")
}

// selectMovement returns one of the vendor's movements, or NotFound.
func selectMovement(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Movement, error) {
	m := &Movement{}
	err := idb.NewSelect().Model(m).Where("m.id = ?", id).Where("m.vendor_id = ?", vendorID).Scan(ctx)
	return m, db.Error(err, "Movement")
}

// hasMovements reports whether an item, which may be gone, was the vendor's.
func hasMovements(ctx context.Context, idb bun.IDB, vendorID, itemID int64) (bool, error) {
	return idb.NewSelect().Model((*Movement)(nil)).Where("m.item_id = ?", itemID).Where("m.vendor_id = ?", vendorID).Exists(ctx)
}

// selectMovementsOf returns a document's movements of items, in their order.
func selectMovementsOf(ctx context.Context, idb bun.IDB, d Document, itemIDs []int64) (ms []*Movement, err error) {
	err = idb.NewSelect().Model(&ms).Where("m.item_id IN (?)", bun.List(itemIDs)).Where("m.document = ?", d.Kind).
		Where("m.document_id = ?", d.ID).OrderExpr("m.id").Scan(ctx)
	return ms, err
}

// isUndone reports whether a movement undoes the one of that id.
func isUndone(ctx context.Context, idb bun.IDB, id int64) (bool, error) {
	return idb.NewSelect().Model((*Movement)(nil)).Where("m.undoes_id = ?", id).Exists(ctx)
}

// A Filter narrows a list of movements; an empty field does not.
type Filter struct {
	ItemID  *int64
	StoreID *int64
	Kind    Kind
	Since   *time.Time // at that moment or later
	Until   *time.Time // before that moment
	Stores  []int64    // only these, unless it is nil
}

// selectMovements returns a vendor's movements, the newest first, that come after one if that is not nil.
func selectMovements(
	ctx context.Context, idb bun.IDB, vendorID int64, f Filter, after *Movement, limit int64,
) (ms []*Movement, err error) {
	q := idb.NewSelect().Model(&ms).Where("m.vendor_id = ?", vendorID).
		OrderExpr("m.created_at DESC, m.id DESC").Limit(limit)
	if f.ItemID != nil {
		q = q.Where("m.item_id = ?", *f.ItemID)
	}
	if f.StoreID != nil {
		q = q.Where("m.store_id = ?", *f.StoreID)
	}
	if f.Kind != "" {
		q = q.Where("m.kind = ?", f.Kind)
	}
	if f.Since != nil {
		q = q.Where("m.created_at >= ?", *f.Since)
	}
	if f.Until != nil {
		q = q.Where("m.created_at < ?", *f.Until)
	}
	if f.Stores != nil {
		q = q.Where("m.store_id IN (?)", bun.List(f.Stores))
	}
	if after != nil {
		q = q.Where("(m.created_at, m.id) < (?, ?)", after.CreatedAt, after.ID)
	}
	return ms, q.Scan(ctx)
}

// clearPerformer takes a user's name off Django's ledger, as Django does when they go.
func clearPerformer(ctx context.Context, tx bun.Tx, userID int64) error {
	_, err := tx.NewUpdate().Model((*LedgerEntry)(nil)).Set("performed_by_id = NULL").
		Where("performed_by_id = ?", userID).Exec(ctx)
	return err
}

// clearEntryStores takes stores out of Django's ledger, as Django does when they go.
func clearEntryStores(ctx context.Context, tx bun.Tx, storeIDs []int64) error {
	if len(storeIDs) == 0 {
		return nil
	}
	for _, column := range []bun.Ident{"from_store_id", "to_store_id"} {
		_, err := tx.NewUpdate().Model((*LedgerEntry)(nil)).Set("? = NULL", column).
			Where("? IN (?)", column, bun.List(storeIDs)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// selectSold returns how many units of an item are sold and did not come back, as far as the ledger knows.
func selectSold(ctx context.Context, tx bun.Tx, itemID int64) (units int64, err error) {
	return units, tx.NewSelect().Model((*Movement)(nil)).ColumnExpr("-coalesce(sum(m.delta), 0)").
		Where("m.item_id = ?", itemID).Where("m.kind IN (?, ?)", Sale, Return).Scan(ctx, &units)
}
