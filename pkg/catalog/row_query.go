package catalog

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

const (
	eraTable  = "omnistock_era"
	setTable  = "omnistock_set"
	axisTable = "omnistock_axis"
)

// visible narrows a query to everybody's rows and a vendor's own.
func visible(q *bun.SelectQuery, vendorID int64) *bun.SelectQuery {
	return q.Where("t.vendor_id IS NULL OR t.vendor_id = ?", vendorID)
}

// related adds the values of an axis.
func (a *Axis) related(q *bun.SelectQuery, vendorID int64) *bun.SelectQuery {
	return q.Relation("Values", func(q *bun.SelectQuery) *bun.SelectQuery {
		return visible(q, vendorID).Order("t.position", "t.id")
	})
}

// selectRow returns a row that the vendor sees, or NotFound.
func selectRow[R any, P model[R]](ctx context.Context, idb bun.IDB, noun string, vendorID, id int64) (P, error) {
	r := P(new(R))
	err := r.related(visible(idb.NewSelect().Model(r), vendorID), vendorID).Where("t.id = ?", id).Scan(ctx)
	return r, db.Error(err, noun)
}

// lockRow is selectRow for a transaction that changes the row: nobody else does until the end.
func lockRow[R any, P model[R]](ctx context.Context, tx bun.Tx, noun string, vendorID, id int64) (P, error) {
	r := P(new(R))
	q := db.ForUpdate(visible(tx.NewSelect().Model(r), vendorID), "t")
	err := r.related(q, vendorID).Where("t.id = ?", id).Scan(ctx)
	return r, db.Error(err, noun)
}

// holdRow returns a row that the vendor sees, which stays until the transaction ends, or NotFound.
func holdRow[R any](ctx context.Context, tx bun.Tx, noun string, vendorID, id int64) (*R, error) {
	r := new(R)
	err := db.Hold(visible(tx.NewSelect().Model(r), vendorID), "t").Where("t.id = ?", id).Scan(ctx)
	return r, db.Error(err, noun)
}

// selectPage returns rows that the vendor sees, by name: those behind a position, all where it is nil.
func selectPage[R any, P model[R]](
	ctx context.Context, idb bun.IDB, vendorID int64, f Filter, after *position, limit int64,
) (rows []*R, err error) {
	var none P = new(R)
	q := none.related(visible(idb.NewSelect().Model(&rows), vendorID), vendorID).Order("t.name", "t.id").Limit(limit)
	if after != nil {
		q = q.Where("(t.name, t.id) > (?, ?)", after.name, after.id)
	}
	err = f.narrow(q, none.searched()).Scan(ctx)
	return rows, err
}

func (f Filter) narrow(q *bun.SelectQuery, searched []bun.Ident) *bun.SelectQuery {
	if f.Game != "" {
		q = q.Where("t.game = ?", f.Game)
	}
	if f.Kind != "" {
		q = q.Where("t.kind = ?", f.Kind)
	}
	if f.AxisID != nil {
		q = q.Where("t.axis_id = ?", *f.AxisID)
	}
	if f.SetID != nil {
		q = q.Where("t.set_id = ?", *f.SetID)
	}
	if f.EraID != nil {
		q = q.Where("t.era_id = ?", *f.EraID)
	}
	if f.EraOfSetID != nil {
		q = q.Where("t.set_id IN (SELECT id FROM ? WHERE era_id = ?)", bun.Ident(setTable), *f.EraOfSetID)
	}
	if f.Search == "" {
		return q
	}
	pattern := db.Upper("%" + likeEscapes.Replace(f.Search) + "%")
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		for _, column := range searched {
			q = q.WhereOr("? LIKE ? ESCAPE '~'", db.Upper(column), pattern)
		}
		return q
	})
}

// likeEscapes makes the characters that mean something in a LIKE pattern mean themselves.
var likeEscapes = strings.NewReplacer("~", "~~", "%", "~%", "_", "~_")

// holdParent reports whether the vendor sees a row of a table, which then stays until the transaction ends.
func holdParent(ctx context.Context, tx bun.Tx, table string, vendorID, id int64) (bool, error) {
	var found int64
	q := visible(tx.NewSelect().TableExpr("? AS t", bun.Ident(table)).Column("t.id"), vendorID).Where("t.id = ?", id)
	err := db.Error(db.Hold(q, "t").Scan(ctx, &found), table)
	if core.KindOf(err) == core.NotFound {
		return false, nil
	}
	return err == nil, err
}

// isTaken reports whether another row that the vendor sees has the slug.
func isTaken[R any, P model[R]](ctx context.Context, tx bun.Tx, vendorID int64, r P) (bool, error) {
	q := visible(tx.NewSelect().Model((*R)(nil)), vendorID).Where("t.slug = ?", r.row().Slug).Where("t.id <> ?", r.row().ID)
	if v, ok := any(r).(*Value); ok {
		q = q.Where("t.axis_id = ?", v.AxisID)
	}
	return q.Exists(ctx)
}

func insertRows(ctx context.Context, tx bun.Tx, rows any) error {
	_, err := tx.NewInsert().Model(rows).Exec(ctx)
	return err
}

func updateRow(ctx context.Context, tx bun.Tx, r any, columns ...string) error {
	_, err := tx.NewUpdate().Model(r).Column(columns...).WherePK().Exec(ctx)
	return err
}

func deleteRow(ctx context.Context, tx bun.Tx, r any) error {
	_, err := tx.NewDelete().Model(r).WherePK().Exec(ctx)
	return err
}

// selectShared returns everybody's rows.
func selectShared[R any](ctx context.Context, tx bun.Tx) (rows []*R, err error) {
	err = tx.NewSelect().Model(&rows).Where("t.vendor_id IS NULL").Order("t.id").Scan(ctx)
	return rows, err
}

// lockShared keeps others from adding and changing rows until the transaction ends.
func lockShared(ctx context.Context, tx bun.Tx) error {
	return db.LockTables(ctx, tx, []string{
		eraTable, setTable, "omnistock_product", "omnistock_accessory", "omnistock_grader", axisTable, "omnistock_axis_value",
	})
}
