package inventory

import (
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"
)

// importBatch is how many rows are imported at once, in one transaction: enough for SQLite to bring its index of words up
// to date in one go, and little enough for others that write to wait for.
const importBatch = 3000

// An importer is for whom an import works.
type importer struct {
	vendorID   int64
	vendorSlug string
	userID     int64 // 0 for the operator
	stores     storeNames
	mayWrite   func(storeID int64) bool
}

// A batch is some rows of a table, on their way.
type batch struct {
	rows  []*importRow
	bad   []*BadRow
	first int   // number of the first row that was read; 0 for none
	last  int   // number of the last one
	err   error // why there are no more; nil if there may be
}

// An outcome is what becomes of a row.
type outcome struct {
	row     *importRow
	before  *Collectible // nil for a new item
	after   *Collectible
	changed []*tableColumn
}

// decide says what becomes of a batch's rows, given the items that have their SKUs; those of other vendors are nil. Rows
// that come to nothing go to the bad ones.
func (run *importRun) decide(b *batch, items map[string]*Collectible, now time.Time) (outcomes []outcome, bad []*BadRow) {
	bad = slices.Clone(b.bad)
	for _, row := range b.rows {
		before, isKnown := items[row.sku()]
		var problem *BadRow
		var o outcome
		switch {
		case isKnown && before == nil:
			problem = run.form.bad(row, columnSKU, msgSKUTaken)
		case isKnown:
			o, problem = run.change(row, before, now)
		default:
			o, problem = run.create(row, now)
		}
		if problem != nil {
			bad = append(bad, problem)
			continue
		}
		outcomes = append(outcomes, o)
	}
	slices.SortStableFunc(bad, func(a, b *BadRow) int { return a.Row - b.Row })
	return outcomes, bad
}

func (run *importRun) create(row *importRow, now time.Time) (outcome, *BadRow) {
	if len(run.form.lacking) > 0 {
		problems := run.form.problems(run.form.lacking, run.form.inItem)
		return outcome{}, &BadRow{Row: row.number, SKU: row.sku(), Problems: problems, Cells: row.cells}
	}
	c := &Collectible{VendorID: &run.who.vendorID, UserID: orNil(run.who.userID), StoreID: run.storeID, CreatedAt: now, UpdatedAt: now}
	row.change.apply(c)
	switch {
	case c.StoreID == 0:
		return outcome{}, run.form.bad(row, columnStore, "In which store? Name one in the row, or one for all such rows.")
	case !run.who.mayWrite(c.StoreID):
		return outcome{}, run.form.bad(row, columnStore, errNoStoreAccess.Msg)
	}
	c.Card = cardAfter(nil, row.change.Card.Value, now)
	return outcome{row: row, after: c}, nil
}

func (run *importRun) change(row *importRow, before *Collectible, now time.Time) (outcome, *BadRow) {
	if !run.who.mayWrite(before.StoreID) {
		return outcome{}, run.form.bad(row, columnSKU, errNoStoreAccess.Msg)
	}
	after := *before
	row.change.apply(&after)
	if after.StoreID != before.StoreID && !run.who.mayWrite(after.StoreID) {
		return outcome{}, run.form.bad(row, columnStore, errNoStoreAccess.Msg)
	}
	if row.change.Card.Sent {
		after.Card = cardAfter(before.Card, row.change.Card.Value, now)
	}
	o := outcome{row: row, before: before, after: &after}
	for _, column := range run.columns {
		// As a table shows them, null is empty, and space around a text is no part of it.
		if strings.TrimSpace(run.who.stores.textOf(column, before)) != run.who.stores.textOf(column, &after) {
			o.changed = append(o.changed, column)
		}
	}
	if len(o.changed) > 0 {
		after.UpdatedAt = now
	}
	return o, nil
}

// cardAfter is a copy of card details with the change; nil where there were none and the change brings nothing.
func cardAfter(before *CardDetails, change CardChange, now time.Time) *CardDetails {
	after := CardDetails{}
	if before != nil {
		after = *before
	}
	change.apply(&after)
	if before == nil {
		if after == (CardDetails{}) {
			return nil
		}
		after.CreatedAt = now
	}
	after.UpdatedAt = now
	return &after
}

// inTable is the column's name in its table in the database.
func (c *tableColumn) inTable() string {
	if c.name == columnStore {
		return "store_id"
	}
	return c.inRequest()
}

// action says what the outcome is.
func (o *outcome) action() ImportAction {
	switch {
	case o.before == nil:
		return ActionCreate
	case len(o.changed) > 0:
		return ActionChange
	}
	return ActionNone
}

// result is the outcome as it is reported.
func (run *importRun) result(o *outcome) RowResult {
	r := RowResult{Row: o.row.number, SKU: o.row.sku(), Action: o.action()}
	for _, column := range o.changed {
		stores := run.who.stores
		r.Changes = append(r.Changes, ValueChange{column.name, stores.textOf(column, o.before), stores.textOf(column, o.after)})
	}
	return r
}

// skusOf lists the SKUs of rows.
func skusOf(rows []*importRow) []string {
	skus := make([]string, len(rows))
	for i, row := range rows {
		skus[i] = row.sku()
	}
	return skus
}

// seenSKUs remembers in which row a SKU stood, by its hash: some twenty bytes a row, however long the SKUs are.
type seenSKUs struct {
	seed maphash.Seed
	rows map[uint64]uint32
}

func newSeenSKUs() *seenSKUs { return &seenSKUs{maphash.MakeSeed(), map[uint64]uint32{}} }

// note returns the row in which the SKU stood before, 0 for none.
func (s *seenSKUs) note(sku string, row int) (before int) {
	hash := maphash.String(s.seed, sku)
	if first, ok := s.rows[hash]; ok {
		return int(first)
	}
	s.rows[hash] = uint32(row) //nolint:gosec // a table of four thousand million rows is not read
	return 0
}

// setColumns are the columns in the database that outcomes change, of card details or of the items themselves.
func setColumns(outcomes []outcome, ofCard bool) []string {
	set := map[string]bool{"updated_at": true}
	for i := range outcomes {
		for _, column := range outcomes[i].changed {
			if column.ofCard == ofCard {
				set[column.inTable()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// orNil is a user's id, nil for that of nobody.
func orNil(userID int64) *int64 {
	if userID == 0 {
		return nil
	}
	return &userID
}
