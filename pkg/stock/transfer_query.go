package stock

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const transferTable = "omnistock_transfer"

func selectTransferBy(ctx context.Context, idb bun.IDB, vendorID int64, column string, value any) (*TransferOrder, error) {
	t := &TransferOrder{}
	err := idb.NewSelect().Model(t).Where("t.vendor_id = ?", vendorID).Where("t.? = ?", bun.Ident(column), value).
		Relation("Lines", inOrder).Scan(ctx)
	return t, db.Error(err, "Transfer")
}

func inOrder(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("tl.id") }

// selectTransfer returns one of the vendor's transfers with its lines, or NotFound.
func selectTransfer(ctx context.Context, idb bun.IDB, vendorID, id int64) (*TransferOrder, error) {
	return selectTransferBy(ctx, idb, vendorID, "id", id)
}

// selectTransferByKey returns the vendor's transfer with the client key, or NotFound.
func selectTransferByKey(ctx context.Context, idb bun.IDB, vendorID int64, key string) (*TransferOrder, error) {
	return selectTransferBy(ctx, idb, vendorID, "client_key", key)
}

// lockTransfer keeps others from receiving or cancelling a transfer until the transaction ends.
func lockTransfer(ctx context.Context, tx bun.Tx, id int64) error {
	var locked int64
	q := tx.NewSelect().Model((*TransferOrder)(nil)).Column("id").Where("t.id = ?", id)
	return db.Error(db.ForUpdate(q, "t").Scan(ctx, &locked), "Transfer")
}

// insertTransfer inserts a transfer without its lines.
func insertTransfer(ctx context.Context, tx bun.Tx, t *TransferOrder) error {
	_, err := tx.NewInsert().Model(t).Exec(ctx)
	return err
}

func insertTransferLines(ctx context.Context, tx bun.Tx, lines []*TransferLine) error {
	_, err := tx.NewInsert().Model(&lines).Exec(ctx)
	return err
}

// updateTransferLines writes what has come of lines, and what went back.
func updateTransferLines(ctx context.Context, tx bun.Tx, lines []*TransferLine) error {
	_, err := tx.NewInsert().Model(&lines).On("CONFLICT (id) DO UPDATE").Set("received = excluded.received").
		Set("returned = excluded.returned").Returning("NULL").Exec(ctx)
	return err
}

// updateTransferState writes how far a transfer is.
func updateTransferState(ctx context.Context, tx bun.Tx, t *TransferOrder) error {
	_, err := tx.NewUpdate().Model(t).Column("state", "closed_at").WherePK().Exec(ctx)
	return err
}

// A TransferFilter narrows a list of transfers; an empty field does not.
type TransferFilter struct {
	StoreID *int64 // it comes from there, or goes there
	State   TransferState
	Stores  []int64 // it comes from one of these, or goes to one, unless it is nil
}

// selectTransfers returns a vendor's transfers with their lines, the newest first, behind an id if that is not 0.
func selectTransfers(
	ctx context.Context, idb bun.IDB, vendorID int64, f TransferFilter, before, limit int64,
) (list []*TransferOrder, err error) {
	q := idb.NewSelect().Model(&list).Where("t.vendor_id = ?", vendorID).OrderExpr("t.id DESC").Limit(limit).Relation("Lines", inOrder)
	if f.StoreID != nil {
		q = q.Where("? IN (t.from_store_id, t.to_store_id)", *f.StoreID)
	}
	if f.State != "" {
		q = q.Where("t.state = ?", f.State)
	}
	if f.Stores != nil {
		q = q.Where("(t.from_store_id IN (?0) OR t.to_store_id IN (?0))", bun.List(f.Stores))
	}
	if before > 0 {
		q = q.Where("t.id < ?", before)
	}
	return list, q.Scan(ctx)
}

// countInStores returns how much binds stores: places where units lie, and transfers that are on their way from or to them.
func countInStores(ctx context.Context, tx bun.Tx, storeIDs []int64) (n int64, err error) {
	err = tx.NewRaw(`SELECT (SELECT count(*) FROM omnistock_stock_level WHERE store_id IN (?0) AND quantity > 0)
		+ (SELECT count(*) FROM omnistock_transfer WHERE closed_at IS NULL AND (from_store_id IN (?0) OR to_store_id IN (?0)))`,
		bun.List(storeIDs)).Scan(ctx, &n)
	return n, err
}
