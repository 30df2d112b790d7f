package serial

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const table = "omnistock_serial_unit"

// selectUnit returns one of the vendor's units, or NotFound.
func selectUnit(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Unit, error) {
	u := &Unit{}
	err := idb.NewSelect().Model(u).Where("u.id = ?", id).Where("u.vendor_id = ?", vendorID).Scan(ctx)
	return u, db.Error(err, "Unit")
}

// lockUnits returns those of the vendor's units that are there, in the order of their ids, and keeps others from changing
// them until the transaction ends.
func lockUnits(ctx context.Context, tx bun.Tx, vendorID int64, ids []int64) (units []*Unit, err error) {
	q := tx.NewSelect().Model(&units).Where("u.id IN (?)", bun.List(ids)).Where("u.vendor_id = ?", vendorID).OrderExpr("u.id")
	return units, db.ForUpdate(q, "u").Scan(ctx)
}

// lockByCertificate returns the vendor's unit with the certificate, or NotFound.
func lockByCertificate(ctx context.Context, tx bun.Tx, vendorID int64, grader, certificate string) (*Unit, error) {
	u := &Unit{}
	q := tx.NewSelect().Model(u).Where("u.vendor_id = ?", vendorID).Where("u.grader = ?", grader).Where("u.certificate = ?", certificate)
	return u, db.Error(db.ForUpdate(q, "u").Scan(ctx), "Unit")
}

func insertUnit(ctx context.Context, tx bun.Tx, u *Unit) error {
	_, err := tx.NewInsert().Model(u).Exec(ctx)
	return err
}

func updateUnit(ctx context.Context, tx bun.Tx, u *Unit) error {
	_, err := tx.NewUpdate().Model(u).ExcludeColumn("vendor_id", "created_at").WherePK().Exec(ctx)
	return err
}

// takeUnits says of units by which movement they went.
func takeUnits(ctx context.Context, tx bun.Tx, ids []int64, state State, movementID int64, now time.Time) error {
	_, err := tx.NewUpdate().Model((*Unit)(nil)).Set("state = ?", state).Set("went_by_id = ?", movementID).Set("updated_at = ?", now).
		Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// returnUnits says of units by which movement they came back, and where.
func returnUnits(ctx context.Context, tx bun.Tx, ids []int64, m *stock.Movement, now time.Time) error {
	_, err := tx.NewUpdate().Model((*Unit)(nil)).Set("state = ?", InStock).Set("store_id = ?", m.StoreID).Set("came_by_id = ?", m.ID).
		Set("went_by_id = NULL").Set("updated_at = ?", now).Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// retireUnits says of units that they are written off, by no movement.
func retireUnits(ctx context.Context, tx bun.Tx, ids []int64, now time.Time) error {
	_, err := tx.NewUpdate().Model((*Unit)(nil)).Set("state = ?", WrittenOff).Set("went_by_id = NULL").Set("updated_at = ?", now).
		Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// countPresent returns how many pieces of an item are in a store, but for one.
func countPresent(ctx context.Context, tx bun.Tx, p stock.Place, but int64) (int64, error) {
	return tx.NewSelect().Model((*Unit)(nil)).Where("u.item_id = ?", p.ItemID).Where("u.store_id = ?", p.StoreID).
		Where("u.state IN (?)", bun.List(present())).Where("u.id <> ?", but).Count(ctx)
}

// countPresentOf returns how many pieces of items are in a store, by their items.
func countPresentOf(ctx context.Context, tx bun.Tx, storeID int64, itemIDs []int64) (map[int64]int64, error) {
	var rows []struct{ ItemID, Pieces int64 }
	err := tx.NewSelect().Model((*Unit)(nil)).ColumnExpr("u.item_id, count(*) AS pieces").Where("u.item_id IN (?)", bun.List(itemIDs)).
		Where("u.store_id = ?", storeID).Where("u.state IN (?)", bun.List(present())).GroupExpr("u.item_id").Scan(ctx, &rows)
	pieces := map[int64]int64{}
	for _, row := range rows {
		pieces[row.ItemID] = row.Pieces
	}
	return pieces, err
}

// countMovedBy returns how many pieces came by a movement, or went by it, but for one.
func countMovedBy(ctx context.Context, tx bun.Tx, movementID, but int64) (int64, error) {
	return tx.NewSelect().Model((*Unit)(nil)).Where("u.came_by_id = ?0 OR u.went_by_id = ?0", movementID).Where("u.id <> ?", but).Count(ctx)
}

// selectMovement returns one of the vendor's movements, or NotFound.
func selectMovement(ctx context.Context, idb bun.IDB, vendorID, id int64) (*stock.Movement, error) {
	m := &stock.Movement{}
	err := idb.NewSelect().Model(m).Where("m.id = ?", id).Where("m.vendor_id = ?", vendorID).Scan(ctx)
	return m, db.Error(err, "Movement")
}

// hasItem reports whether the vendor has an item, or had pieces of it.
func hasItem(ctx context.Context, idb bun.IDB, vendorID, itemID int64) (bool, error) {
	there, err := idb.NewSelect().Model((*stock.Item)(nil)).Where("c.id = ?", itemID).Where("c.vendor_id = ?", vendorID).Exists(ctx)
	if there || err != nil {
		return there, err
	}
	return idb.NewSelect().Model((*Unit)(nil)).Where("u.item_id = ?", itemID).Where("u.vendor_id = ?", vendorID).Exists(ctx)
}

// A Filter narrows a list of units; an empty field does not.
type Filter struct {
	ItemID      *int64
	StoreID     *int64
	State       State
	Grader      string
	Certificate string
	Stores      []int64 // only these, unless it is nil
}

// selectUnits returns a vendor's units, the newest first, behind an id if that is not 0.
func selectUnits(ctx context.Context, idb bun.IDB, vendorID int64, f Filter, before, limit int64) (list []*Unit, err error) {
	q := idb.NewSelect().Model(&list).Where("u.vendor_id = ?", vendorID).OrderExpr("u.id DESC").Limit(limit)
	if f.ItemID != nil {
		q = q.Where("u.item_id = ?", *f.ItemID)
	}
	if f.StoreID != nil {
		q = q.Where("u.store_id = ?", *f.StoreID)
	}
	for column, text := range map[bun.Ident]string{"u.state": string(f.State), "u.grader": f.Grader, "u.certificate": f.Certificate} {
		if text != "" {
			q = q.Where("? = ?", column, text)
		}
	}
	if f.Stores != nil {
		q = q.Where("u.store_id IN (?)", bun.List(f.Stores))
	}
	if before > 0 {
		q = q.Where("u.id < ?", before)
	}
	return list, q.Scan(ctx)
}

// selectSurplus returns the places in which there are more pieces than units.
func selectSurplus(ctx context.Context, idb bun.IDB) (cases []check.Case, err error) {
	err = idb.NewRaw(`SELECT d.pieces || ' pieces of item ' || d.item_id || ' in store ' || d.store_id || ', ' || d.units || ' units' AS name,
			count(*) OVER () AS count
		FROM (SELECT p.item_id, p.store_id, p.pieces, coalesce(c.quantity, 0) + coalesce(l.quantity, 0) AS units
			FROM (SELECT item_id, store_id, count(*) AS pieces FROM omnistock_serial_unit WHERE state IN (?) GROUP BY item_id, store_id) AS p
			LEFT JOIN collectibles_collectible AS c ON c.id = p.item_id AND c.store_id = p.store_id
			LEFT JOIN omnistock_stock_level AS l ON l.item_id = p.item_id AND l.store_id = p.store_id) AS d
		WHERE d.pieces > d.units ORDER BY d.item_id, d.store_id LIMIT ?`, bun.List(present()), check.MaxCases).Scan(ctx, &cases)
	return cases, err
}
