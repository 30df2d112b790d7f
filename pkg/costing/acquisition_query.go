package costing

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const acquisitionTable = "omnistock_acquisition"

func selectAcquisitionBy(ctx context.Context, idb bun.IDB, vendorID int64, column string, value any) (*Acquisition, error) {
	a := &Acquisition{}
	err := idb.NewSelect().Model(a).Where("acq.vendor_id = ?", vendorID).Where("acq.? = ?", bun.Ident(column), value).
		Relation("Lines", inOrder).Scan(ctx)
	return a, db.Error(err, "Acquisition")
}

func inOrder(q *bun.SelectQuery) *bun.SelectQuery { return q.OrderExpr("acql.id") }

// insertAcquisition inserts an acquisition without its lines.
func insertAcquisition(ctx context.Context, tx bun.Tx, a *Acquisition) error {
	_, err := tx.NewInsert().Model(a).Exec(ctx)
	return err
}

func insertAcquisitionLines(ctx context.Context, tx bun.Tx, lines []*AcquisitionLine) error {
	_, err := tx.NewInsert().Model(&lines).Exec(ctx)
	return err
}

// updateUndone notes when an acquisition or a repack was undone.
func updateUndone(ctx context.Context, tx bun.Tx, model any) error {
	_, err := tx.NewUpdate().Model(model).Column("undone_at").WherePK().Exec(ctx)
	return err
}

// selectAcquisitions returns a vendor's acquisitions with their lines, the newest first, behind an id if that is not 0; only
// of some stores unless that is nil.
func selectAcquisitions(ctx context.Context, idb bun.IDB, vendorID int64, stores []int64, before, limit int64) (list []*Acquisition, err error) {
	q := idb.NewSelect().Model(&list).Where("acq.vendor_id = ?", vendorID).OrderExpr("acq.id DESC").Limit(limit).Relation("Lines", inOrder)
	if stores != nil {
		q = q.Where("acq.store_id IN (?)", bun.List(stores))
	}
	if before > 0 {
		q = q.Where("acq.id < ?", before)
	}
	return list, q.Scan(ctx)
}
