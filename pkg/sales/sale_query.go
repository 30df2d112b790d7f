package sales

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const saleTable = "omnistock_sale"

// withParts adds a sale's lines, with the pieces that they moved, and tenders, in order.
func withParts(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Relation("Lines", func(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("l.position") }).
		Relation("Lines.Serials", func(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("ls.unit_id") }).
		Relation("Tenders", func(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("t.id") })
}

// selectSale returns one of the vendor's sales with its lines and tenders, or NotFound.
func selectSale(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Sale, error) {
	sa := &Sale{}
	err := withParts(idb.NewSelect().Model(sa)).Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Scan(ctx)
	return sa, db.Error(err, "Sale")
}

// selectByKey returns the vendor's sale with the client key, with its lines and tenders, or NotFound.
func selectByKey(ctx context.Context, idb bun.IDB, vendorID int64, key string) (*Sale, error) {
	sa := &Sale{}
	err := withParts(idb.NewSelect().Model(sa)).Where("s.vendor_id = ?", vendorID).Where("s.client_key = ?", key).Scan(ctx)
	return sa, db.Error(err, "Sale")
}

// selectHead returns one of the vendor's sales without its lines and tenders, or NotFound.
func selectHead(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Sale, error) {
	sa := &Sale{}
	err := idb.NewSelect().Model(sa).Where("s.id = ?", id).Where("s.vendor_id = ?", vendorID).Scan(ctx)
	return sa, db.Error(err, "Sale")
}

// lockSale keeps others from making something of a sale until the transaction ends.
func lockSale(ctx context.Context, tx bun.Tx, id int64) error {
	var locked int64
	return db.ForUpdate(tx.NewSelect().Model((*Sale)(nil)).Column("id").Where("s.id = ?", id), "s").Scan(ctx, &locked)
}

// selectOutcome reads what became of a sale: its void, if there is one, and how many units of its lines came back.
func selectOutcome(ctx context.Context, idb bun.IDB, sa *Sale) error {
	var rows []struct {
		Kind   Kind
		SaleID int64
		LineID int64
		Units  int32
	}
	err := idb.NewRaw(`SELECT s.kind, s.id AS sale_id, l.original_line_id AS line_id, l.units FROM omnistock_sale AS s
		JOIN omnistock_sale_line AS l ON l.sale_id = s.id WHERE s.original_id = ?`, sa.ID).Scan(ctx, &rows)
	returned := map[int64]int32{}
	for _, row := range rows {
		if row.Kind == Void {
			sa.VoidID = &row.SaleID
		}
		returned[row.LineID] -= row.Units
	}
	for _, l := range sa.Lines {
		l.Returned = returned[l.ID]
	}
	return err
}

// nextNumber takes the next receipt number of a store. Others wait for it until the transaction ends.
const nextNumber = `INSERT INTO omnistock_receipt_counter AS c (store_id, last)
	VALUES (?0, (SELECT coalesce(max(receipt_number), 0) + 1 FROM omnistock_sale WHERE store_id = ?0))
	ON CONFLICT (store_id) DO UPDATE SET last = c.last + 1 RETURNING last`

// insertSale gives a sale its receipt number and inserts it with its tenders. On PostgreSQL that is one statement, so that
// others wait for the number as short as can be; on SQLite, which has no such statement, they wait for the transaction as a
// whole anyway.
func insertSale(ctx context.Context, tx bun.Tx, sa *Sale) error {
	number := tx.NewRaw(nextNumber, sa.StoreID)
	if db.IsPostgres(tx) {
		q := tx.NewInsert().With("n", number)
		if len(sa.Tenders) > 0 {
			q = q.With("t", tx.NewInsert().Model(&sa.Tenders).Returning("NULL"))
		}
		return q.Model(sa).Value("receipt_number", "(SELECT last FROM n)").Returning("receipt_number").Scan(ctx)
	}
	if err := insertTenders(ctx, tx, sa.Tenders); err != nil {
		return err
	}
	if err := number.Scan(ctx, &sa.ReceiptNumber); err != nil {
		return err
	}
	_, err := tx.NewInsert().Model(sa).Returning("NULL").Exec(ctx)
	return err
}

func insertLines(ctx context.Context, tx bun.Tx, lines []*Line) error {
	_, err := tx.NewInsert().Model(&lines).Exec(ctx)
	return err
}

func insertTenders(ctx context.Context, tx bun.Tx, tenders []*Tender) error {
	if len(tenders) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&tenders).Exec(ctx)
	return err
}

// A Filter narrows a list of sales; an empty field does not.
type Filter struct {
	StoreID    *int64
	Kind       Kind
	ItemID     *int64 // one of a line
	Receipt    *int64
	OriginalID *int64 // what became of that sale
	Since      *time.Time
	Until      *time.Time // before that moment
	Stores     []int64    // only these, unless it is nil
}

// selectSales returns a vendor's sales without their lines, the newest first, that come after one if that is not nil.
func selectSales(ctx context.Context, idb bun.IDB, vendorID int64, f Filter, after *Sale, limit int64) (list []*Sale, err error) {
	q := f.narrow(idb.NewSelect().Model(&list).Where("s.vendor_id = ?", vendorID)).OrderExpr("s.created_at DESC, s.id DESC").Limit(limit)
	if after != nil {
		q = q.Where("(s.created_at, s.id) < (?, ?)", after.CreatedAt, after.ID)
	}
	return list, q.Scan(ctx)
}

// narrow narrows a query on sales s.
func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if f.StoreID != nil {
		q = q.Where("s.store_id = ?", *f.StoreID)
	}
	if f.Kind != "" {
		q = q.Where("s.kind = ?", f.Kind)
	}
	if f.ItemID != nil {
		q = q.Where("s.id IN (SELECT sale_id FROM omnistock_sale_line WHERE item_id = ?)", *f.ItemID)
	}
	if f.Receipt != nil {
		q = q.Where("s.receipt_number = ?", *f.Receipt)
	}
	if f.OriginalID != nil {
		q = q.Where("s.original_id = ?", *f.OriginalID)
	}
	if f.Since != nil {
		q = q.Where("s.created_at >= ?", *f.Since)
	}
	if f.Until != nil {
		q = q.Where("s.created_at < ?", *f.Until)
	}
	if f.Stores != nil {
		q = q.Where("s.store_id IN (?)", bun.List(f.Stores))
	}
	return q
}

// A letterhead is what a receipt begins with.
type letterhead struct {
	Vendor  string
	Store   string
	Address string
}

// selectLetterhead returns that of a store, which may be gone: it is empty then.
func selectLetterhead(ctx context.Context, idb bun.IDB, vendorID, storeID int64) (heads []letterhead, err error) {
	err = idb.NewRaw(`SELECT v.name AS vendor, st.name AS store, coalesce(st.address, '') AS address FROM collectibles_store AS st
		JOIN collectibles_vendor AS v ON v.id = st.vendor_id WHERE st.id = ? AND v.id = ?`, storeID, vendorID).Scan(ctx, &heads)
	return heads, err
}
