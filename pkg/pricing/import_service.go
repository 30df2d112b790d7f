package pricing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

// importBatch is how many rows are noted at once, in one transaction.
const importBatch = 3000

// ImportOptions say how prices are imported, and whom that tells of what it does. Nil functions are not called; an error ends
// the import.
type ImportOptions struct {
	DryRun   bool // compares each batch with what is noted, and notes nothing
	OnHeader func(headers []string) error
	OnBad    func(*inventory.BadRow) error // for each row that is not taken
	OnBatch  func(ImportReport) error      // when some rows are done
}

// An ImportReport says what an import of prices did.
type ImportReport struct {
	Created     int64 `json:"created"`
	Unchanged   int64 `json:"unchanged"` // noted before
	Failed      int64 `json:"failed"`
	LastRow     int   `json:"last_row"` // what comes up to it is done
	DryRun      bool  `json:"dry_run"`
	Interrupted bool  `json:"interrupted"`
}

// Rows is how many rows were looked at.
func (r *ImportReport) Rows() int64 { return r.Created + r.Unchanged + r.Failed }

// ImportFor notes the prices of a table, for the operator, who may do everything: the vendor is named by its slug, or is the
// only one. It goes in batches that are each done or not done; rows that cannot be taken are reported, the others are
// taken. To import a table again changes nothing. When ctx ends, so does the import, after the batch that is under way.
func (s *Service) ImportFor(ctx context.Context, vendor string, file inventory.TableFile, o ImportOptions) (*ImportReport, error) {
	v, err := s.vendors.Find(ctx, vendor)
	if err != nil {
		return nil, err
	}
	table, err := sheet.Open(file, file.Size, sheet.Options{Stop: ctx.Err})
	if err != nil {
		return nil, err
	}
	form, err := newTableForm(slices.Clone(table.Header()))
	if err != nil {
		return nil, err
	}
	if o.OnHeader != nil {
		if err := o.OnHeader(form.headers); err != nil {
			return nil, err
		}
	}
	run := &importRun{service: s, vendorID: v.ID, form: form, o: o, report: ImportReport{DryRun: o.DryRun}}
	return &run.report, run.all(ctx, table)
}

// An importRun is an import that goes on.
type importRun struct {
	service  *Service
	vendorID int64
	form     *tableForm
	o        ImportOptions
	report   ImportReport
}

// A batch is some rows of a table.
type batch struct {
	prices  []Price
	numbers []int // of the rows, by the place of the price
	cells   [][]string
	bad     []*inventory.BadRow
	first   int
	last    int
}

func (run *importRun) all(ctx context.Context, table *sheet.Reader) error {
	for ctx.Err() == nil {
		b, end := run.read(table)
		if err := run.save(context.WithoutCancel(ctx), b); err != nil {
			return fmt.Errorf("rows %d to %d were left out: %w", b.first, b.last, err)
		}
		if err := run.note(b); err != nil || errors.Is(end, io.EOF) {
			return err
		}
		if end != nil && !errors.Is(end, ctx.Err()) {
			return end
		}
	}
	run.report.Interrupted = true
	return nil
}

// read reads a batch, and why it is the last one, io.EOF at the end of the table.
func (run *importRun) read(table *sheet.Reader) (*batch, error) {
	b := &batch{}
	for len(b.prices)+len(b.bad) < importBatch {
		row, err := table.Read()
		broken, isBroken := errors.AsType[*sheet.RowError](err)
		if err != nil && !isBroken {
			return b, err
		}
		if b.last = row.Number; b.first == 0 {
			b.first = row.Number
		}
		if isBroken {
			cells := append(slices.Clone(row.Cells), make([]string, max(0, len(run.form.headers)-len(row.Cells)))...)
			b.bad = append(b.bad, &inventory.BadRow{
				Row: row.Number, Problems: []inventory.CellProblem{{Reason: broken.Reason}}, Cells: cells,
			})
			continue
		}
		p, bad := run.form.read(row)
		if bad != nil {
			b.bad = append(b.bad, bad)
			continue
		}
		b.prices, b.numbers = append(b.prices, p), append(b.numbers, row.Number)
		b.cells = append(b.cells, slices.Clone(row.Cells))
	}
	return b, nil
}

// save notes the prices of a batch that are good; the others go to the bad rows.
func (run *importRun) save(ctx context.Context, b *batch) error {
	n := notes{vendorID: run.vendorID, mayWrite: func(int64) bool { return true }, prices: b.prices, now: run.service.now()}
	created := 0
	err := run.service.inTx(ctx, func(ctx context.Context, tx db.LoadTx) error {
		if err := n.settle(ctx, tx.Tx); err != nil {
			return err
		}
		news := n.news()
		created = len(news)
		if run.o.DryRun {
			return nil
		}
		return loadObservations(ctx, tx, news)
	})
	if err != nil {
		return err
	}
	run.report.Created += int64(created)
	run.report.Unchanged += int64(len(b.prices) - n.failed - created)
	for i, wrong := range n.wrong {
		if len(wrong) > 0 {
			b.bad = append(b.bad, run.form.bad(b.numbers[i], b.cells[i], wrong))
		}
	}
	slices.SortStableFunc(b.bad, func(a, b *inventory.BadRow) int { return a.Row - b.Row })
	return nil
}

// note reports what became of a batch.
func (run *importRun) note(b *batch) error {
	run.report.Failed += int64(len(b.bad))
	run.report.LastRow = max(run.report.LastRow, b.last)
	for _, bad := range b.bad {
		if run.o.OnBad != nil {
			if err := run.o.OnBad(bad); err != nil {
				return err
			}
		}
	}
	if run.o.OnBatch != nil {
		return run.o.OnBatch(run.report)
	}
	return nil
}
