package costing

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const repackTable = "omnistock_repack"

func selectRepackBy(ctx context.Context, idb bun.IDB, vendorID int64, column string, value any) (*Repack, error) {
	rp := &Repack{}
	err := idb.NewSelect().Model(rp).Where("rp.vendor_id = ?", vendorID).Where("rp.? = ?", bun.Ident(column), value).
		Relation("Lines", repackInOrder).Scan(ctx)
	return rp, db.Error(err, "Repack")
}

func repackInOrder(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("rpl.id") }

// insertRepack inserts a repack with its lines.
func insertRepack(ctx context.Context, tx bun.Tx, rp *Repack) error {
	if _, err := tx.NewInsert().Model(rp).Returning("NULL").Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewInsert().Model(&rp.Lines).Exec(ctx)
	return err
}

// selectRepacks returns a vendor's repacks with their lines, the newest first, behind an id if that is not 0; only of some
// stores unless that is nil.
func selectRepacks(ctx context.Context, idb bun.IDB, vendorID int64, stores []int64, before, limit int64) (list []*Repack, err error) {
	q := idb.NewSelect().Model(&list).Where("rp.vendor_id = ?", vendorID).OrderExpr("rp.id DESC").Limit(limit).Relation("Lines", repackInOrder)
	if stores != nil {
		q = q.Where("rp.store_id IN (?)", bun.List(stores))
	}
	if before > 0 {
		q = q.Where("rp.id < ?", before)
	}
	return list, q.Scan(ctx)
}
