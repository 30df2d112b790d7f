package inventory

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A TableFile is a file with a table.
type TableFile struct {
	io.ReaderAt
	Size int64 // bytes
}

// ImportOptions say how a table is imported. The zero options guess what can be guessed.
type ImportOptions struct {
	Sheet       sheet.Options
	Columns     map[string]string // header to column, or to "" to leave it out; over what is guessed
	Mapping     string            // name of a saved mapping
	SaveMapping string            // name under which to save the mapping that is used
	Store       string            // slug or name of the store of new items whose row names none
	StoreID     *int64            // the same as an id
	FromRow     int               // rows in front of this one are not looked at
	DryRun      bool              // nothing is written, a mapping neither
	Atomic      bool              // all rows or none

	// What is called while the import goes on, if it is not nil. An error ends the import.
	OnPlan  func(ImportPlan) error   // before the first row
	OnRow   func(RowResult) error    // for each good row
	OnBad   func(*BadRow) error      // for each bad row
	OnBatch func(ImportReport) error // when some rows are done
}

// Import makes and changes items by their SKUs as a table says, for the vendor of the actor and with their rights, in
// batches of rows that are each done or not done. A quantity is set, not added, so that to import a table again changes
// nothing. Rows that cannot be taken are reported; the others are taken. When ctx ends, so does the import, after the
// batch that is under way. It fails with core.Invalid where the table as a whole cannot be read; what was done by then
// stays, and the report says what it was.
func (s *Service) Import(ctx context.Context, file TableFile, o ImportOptions) (*ImportReport, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	works, err := s.vendors.List(ctx)
	if err != nil {
		return nil, err
	}
	if len(works) == 0 {
		return nil, errNoStoreAccess
	}
	who := newImporter(works[0])
	who.userID, who.mayWrite = core.ActorFrom(ctx).UserID, a.MayWriteStore
	mayAnywhere := false
	for _, st := range works[0].Stores {
		mayAnywhere = mayAnywhere || a.MayWriteStore(st.ID)
	}
	if !mayAnywhere {
		return nil, errNoStoreAccess
	}
	return s.importTable(ctx, who, file, o)
}

// ImportFor is Import for the operator, who may do everything: the vendor is named by its slug, or is the only one.
func (s *Service) ImportFor(ctx context.Context, vendor string, file TableFile, o ImportOptions) (*ImportReport, error) {
	v, err := s.vendors.Find(ctx, vendor)
	if err != nil {
		return nil, err
	}
	return s.importTable(ctx, newImporter(v), file, o)
}

func newImporter(v *vendors.Vendor) importer {
	return importer{
		vendorID: v.ID, vendorSlug: v.Slug, stores: newStoreNames(v.Stores), mayWrite: func(int64) bool { return true },
	}
}

// An importRun is an import that goes on.
type importRun struct {
	service *Service
	who     importer
	file    TableFile
	o       ImportOptions
	form    *importForm
	columns []*tableColumn // of the table
	storeID int64          // of new items whose row names none; 0 if each row has to
	report  ImportReport
}

func (s *Service) importTable(ctx context.Context, who importer, file TableFile, o ImportOptions) (*ImportReport, error) {
	run := &importRun{service: s, who: who, file: file, o: o}
	table, err := run.prepare(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case o.DryRun:
		err = run.all(ctx, table, run.tryBatch)
	case o.Atomic:
		err = run.atOnce(ctx, table)
	default:
		err = run.all(ctx, table, run.commitBatch)
	}
	return &run.report, err
}

// prepare opens the table and settles what its columns are.
func (run *importRun) prepare(ctx context.Context) (*sheet.Reader, error) {
	table, err := sheet.Open(run.file, run.file.Size, run.o.Sheet)
	if err != nil {
		return nil, err
	}
	if err := checkMappingName(run.o.SaveMapping); err != nil {
		return nil, err
	}
	given, err := run.service.givenMapping(ctx, run.who.vendorID, table.Header(), run.o)
	if err != nil {
		return nil, err
	}
	uses, err := mapHeaders(table.Header(), given)
	if err != nil {
		return nil, err
	}
	if err := run.findStore(); err != nil {
		return nil, err
	}
	run.form = newImportForm(uses, run.who.stores)
	for _, use := range uses {
		if column := findColumn(use.Column); column != nil {
			run.columns = append(run.columns, column)
		}
	}
	if run.o.OnPlan != nil {
		plan := ImportPlan{About: table.About(), Uses: uses, Vendor: run.who.vendorSlug, Store: run.who.stores.slugs[run.storeID]}
		if err := run.o.OnPlan(plan); err != nil {
			return nil, err
		}
	}
	if run.o.SaveMapping == "" || run.o.DryRun {
		return table, nil
	}
	return table, run.service.saveMapping(ctx, run.who.vendorID, run.o.SaveMapping, uses)
}

// findStore settles where new items go whose row does not say it.
func (run *importRun) findStore() error {
	switch stores := run.who.stores; {
	case run.o.StoreID != nil:
		if _, ok := stores.slugs[*run.o.StoreID]; !ok {
			return core.UnknownID(columnStore, *run.o.StoreID)
		}
		run.storeID = *run.o.StoreID
	case run.o.Store != "":
		id, ok := stores.find(run.o.Store)
		if !ok {
			return core.InvalidField(columnStore, fmt.Sprintf("The vendor %s has no store %q.", run.who.vendorSlug, run.o.Store))
		}
		run.storeID = id
	default:
		run.storeID = stores.only
	}
	return nil
}

// all imports the batches of a table by do, one after the other. It reads ahead while one is under way.
func (run *importRun) all(ctx context.Context, table *sheet.Reader, do func(ctx context.Context, b *batch) error) error {
	reading, cancel := context.WithCancel(ctx)
	batches := run.read(reading, table)
	defer func() {
		cancel()
		for range batches { // until the reader has ended
		}
	}()
	for b := range batches {
		if ctx.Err() != nil {
			break
		}
		if err := do(context.WithoutCancel(ctx), b); err != nil {
			return err
		}
		run.report.LastRow = max(run.report.LastRow, b.last)
		if run.o.OnBatch != nil {
			if err := run.o.OnBatch(run.report); err != nil {
				return err
			}
		}
		if errors.Is(b.err, io.EOF) {
			return nil
		}
		if b.err != nil {
			return b.err
		}
	}
	run.report.Interrupted = true
	return nil
}

// read sends the batches of a table until one has an error, io.EOF at the end, or ctx ends.
func (run *importRun) read(ctx context.Context, table *sheet.Reader) <-chan *batch {
	batches, seen := make(chan *batch, 1), newSeenSKUs()
	go func() {
		defer close(batches)
		for {
			b := run.readBatch(table, seen)
			select {
			case batches <- b:
			case <-ctx.Done():
				return
			}
			if b.err != nil {
				return
			}
		}
	}()
	return batches
}

func (run *importRun) readBatch(table *sheet.Reader, seen *seenSKUs) *batch {
	b := &batch{}
	for len(b.rows)+len(b.bad) < importBatch {
		row, err := table.Read()
		broken, isBroken := errors.AsType[*sheet.RowError](err)
		if err != nil && !isBroken {
			b.err = err
			return b
		}
		b.last = row.Number
		switch {
		case row.Number < run.o.FromRow:
		case isBroken:
			b.bad = append(b.bad, &BadRow{
				Row: row.Number, SKU: run.form.skuOf(row.Cells), Problems: []CellProblem{{"", broken.Reason}}, Cells: append([]string(nil), row.Cells...),
			})
		default:
			run.take(b, row, seen)
		}
	}
	return b
}

// take reads a row into the batch.
func (run *importRun) take(b *batch, row sheet.Row, seen *seenSKUs) {
	good, bad := run.form.read(row)
	if bad == nil {
		if before := seen.note(good.sku(), row.Number); before != 0 {
			bad = run.form.bad(good, columnSKU, fmt.Sprintf("This SKU stands in row %d already.", before))
		}
	}
	if bad != nil {
		b.bad = append(b.bad, bad)
		return
	}
	b.rows = append(b.rows, good)
}

// tryBatch says what would become of a batch, and writes nothing.
func (run *importRun) tryBatch(ctx context.Context, b *batch) error {
	outcomes, bad, err := run.settle(ctx, run.service.db, b)
	if err != nil {
		return err
	}
	return run.note(outcomes, bad)
}

// importTries is how often a batch is begun when somebody else takes one of its SKUs at the same time.
const importTries = 3

// commitBatch imports a batch.
func (run *importRun) commitBatch(ctx context.Context, b *batch) (err error) {
	var outcomes []outcome
	var bad []*BadRow
	for range importTries {
		err = db.InTx(ctx, run.service.db, func(ctx context.Context, tx bun.Tx) error {
			outcomes, bad, err = run.saveBatch(ctx, tx, b)
			return err
		})
		if !db.IsUniqueViolation(err, "collectibles_collectible", "sku") {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("rows up to %d were left out: %w", b.last, importError(err))
	}
	return run.note(outcomes, bad)
}

// atOnce imports all rows in one transaction, after a look at all of them: if one is bad, none is taken.
func (run *importRun) atOnce(ctx context.Context, table *sheet.Reader) error {
	if err := run.all(ctx, table, run.tryBatch); err != nil || run.report.Failed > 0 || run.report.Interrupted {
		return err
	}
	return importError(db.InTx(ctx, run.service.db, func(ctx context.Context, tx bun.Tx) error {
		table, err := sheet.Open(run.file, run.file.Size, run.o.Sheet)
		if err != nil {
			return err
		}
		again := *run
		again.o.OnBatch = nil
		return again.all(ctx, table, func(_ context.Context, b *batch) error {
			_, bad, err := run.saveBatch(ctx, tx, b)
			if err == nil && len(bad) > 0 {
				_, reasons := bad[0].columnsAndReasons()
				err = core.Errorf(core.Conflict, "nothing was imported: row %d, since it was looked at: %s", bad[0].Row, reasons)
			}
			return err
		})
	}))
}

// importError says what a failure of the database means here.
func importError(err error) error {
	if db.IsForeignKeyViolation(err) {
		return core.Errorf(core.Conflict, "the vendor or a store was deleted just now: %w", err)
	}
	return err
}

// note counts and reports what became of a batch.
func (run *importRun) note(outcomes []outcome, bad []*BadRow) error {
	run.report.Failed += int64(len(bad))
	for i := range outcomes {
		switch outcomes[i].action() {
		case ActionCreate:
			run.report.Created++
		case ActionChange:
			run.report.Changed++
		case ActionNone:
			run.report.Unchanged++
		}
		if run.o.OnRow != nil {
			if err := run.o.OnRow(run.result(&outcomes[i])); err != nil {
				return err
			}
		}
	}
	for _, row := range bad {
		if run.o.OnBad != nil {
			if err := run.o.OnBad(row); err != nil {
				return err
			}
		}
	}
	return nil
}
