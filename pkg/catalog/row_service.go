package catalog

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

const errTaken = "There is one with this slug already."

// A shelf is what can be done with one kind of row.
type shelf[R any, P model[R]] struct {
	*Service
	noun string // such as Era
}

// page returns rows that the actor sees, by name: at most limit of them, and the cursor of the next page, "" on the last.
func (sh shelf[R, P]) page(ctx context.Context, f Filter, cursor string, limit int64) (rows []*R, next string, err error) {
	after, err := readCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	a, err := sh.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil {
		return nil, "", err
	}
	rows, err = selectPage[R, P](ctx, sh.db, a.VendorID, f, after, limit+1)
	if err != nil || int64(len(rows)) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	last := P(rows[limit-1]).row()
	return rows, position{last.Name, last.ID}.String(), nil
}

// get returns a row, or NotFound if it is another vendor's.
func (sh shelf[R, P]) get(ctx context.Context, id int64) (*R, error) {
	a, err := sh.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	return selectRow[R, P](ctx, sh.db, sh.noun, a.VendorID, id)
}

// create makes a row of the vendor's for which the actor works: Forbidden unless they may add some.
func (sh shelf[R, P]) create(ctx context.Context, c change[R]) (*R, error) {
	r, now := P(new(R)), sh.now()
	c.apply(r)
	err := sh.inVendor(ctx, func(ctx context.Context, tx bun.Tx, vendorID int64) error {
		base := r.row()
		base.ID, base.VendorID, base.CreatedAt, base.UpdatedAt = 0, &vendorID, now, now
		if err := sh.checkRow(ctx, tx, r, vendorID); err != nil {
			return err
		}
		return insertRows(ctx, tx, r)
	})
	return r, err
}

// change sets fields of a row of the vendor's for which the actor works. It fails as get and create do, and is Forbidden
// for everybody's rows.
func (sh shelf[R, P]) change(ctx context.Context, id int64, c change[R], guard core.Guard[*R]) (r P, err error) {
	err = sh.inVendor(ctx, func(ctx context.Context, tx bun.Tx, vendorID int64) error {
		if r, err = sh.lock(ctx, tx, vendorID, id, guard); err != nil {
			return err
		}
		set := c.apply(r)
		if err := sh.checkRow(ctx, tx, r, vendorID); err != nil {
			return err
		}
		r.row().UpdatedAt = sh.now()
		return updateRow(ctx, tx, r, append(set, "updated_at")...)
	})
	return r, err
}

// remove deletes a row; it fails as change does, and is a Conflict where another row, or an item, names it.
func (sh shelf[R, P]) remove(ctx context.Context, id int64, guard core.Guard[*R]) error {
	return sh.inVendor(ctx, func(ctx context.Context, tx bun.Tx, vendorID int64) error {
		r, err := sh.lock(ctx, tx, vendorID, id, guard)
		if err != nil {
			return err
		}
		return deleteRow(ctx, tx, r)
	})
}

// inVendor runs fn in a transaction if the actor may add rows for their vendor, which stays until the end.
func (sh shelf[R, P]) inVendor(ctx context.Context, fn func(ctx context.Context, tx bun.Tx, vendorID int64) error) error {
	a, err := sh.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
	if err == nil {
		err = mayAdd(a)
	}
	if err != nil {
		return err
	}
	err = db.InTx(ctx, sh.db, func(ctx context.Context, tx bun.Tx) error {
		if err := sh.vendors.Hold(ctx, tx, a.VendorID); err != nil {
			return err
		}
		return fn(ctx, tx, a.VendorID)
	})
	switch _, isTaken := db.UniqueViolation(err); {
	case isTaken: // just now
		return core.InvalidField("slug", errTaken)
	case db.IsForeignKeyViolation(err):
		return errInUse
	}
	return err
}

// lock returns a row of the vendor's own, in the state that the guard lets be changed.
func (sh shelf[R, P]) lock(ctx context.Context, tx bun.Tx, vendorID, id int64, guard core.Guard[*R]) (P, error) {
	r, err := lockRow[R, P](ctx, tx, sh.noun, vendorID, id)
	if err != nil {
		return nil, err
	}
	if err := mayChange(r.row()); err != nil {
		return nil, err
	}
	return r, guard.Check(r)
}

// checkRow says what is wrong with a row that is to be written: its fields, what it names, a slug that is taken.
func (sh shelf[R, P]) checkRow(ctx context.Context, tx bun.Tx, r P, vendorID int64) error {
	wrong := r.check()
	for _, p := range r.parents() {
		ok, err := holdParent(ctx, tx, p.table, vendorID, p.id)
		if err != nil {
			return err
		}
		if !ok {
			wrong.Add(p.field, core.UnknownIDMessage(p.id))
		}
	}
	taken, err := isTaken[R](ctx, tx, vendorID, r)
	if err != nil {
		return err
	}
	if taken {
		wrong.Add("slug", errTaken)
	}
	return core.InvalidFields(wrong)
}
