package inventory

import (
	"context"
	"fmt"
	"io"

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
	who.userID = core.ActorFrom(ctx).UserID
	who.mayWrite = func(storeID int64) bool { return mayImport(a, storeID) }
	mayAnywhere := false
	for _, st := range works[0].Stores {
		mayAnywhere = mayAnywhere || mayImport(a, st.ID)
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
	o.Sheet.Stop = ctx.Err
	run := &importRun{service: s, who: who, file: file, o: o}
	table, err := run.prepare(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case o.DryRun:
		err = run.all(ctx, table, 1, run.tryBatch)
	case o.Atomic:
		err = run.atOnce(ctx, table)
	default:
		err = run.all(ctx, table, s.importWorkers(), run.commitBatch)
	}
	return &run.report, err
}

// importWorkers is how many batches are under way at once: SQLite does one transaction at a time, and PostgreSQL each
// one on a processor of its own.
func (s *Service) importWorkers() int {
	if db.IsPostgres(s.db) {
		return 2
	}
	return 1
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
