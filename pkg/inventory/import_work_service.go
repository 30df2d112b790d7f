package inventory

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// A doing brings a batch to its end: it returns what became of its rows.
type doing func(ctx context.Context, b *batch) ([]outcome, []*BadRow, error)

// A result is what became of a batch.
type result struct {
	*batch
	outcomes []outcome
	bad      []*BadRow
	err      error // why the batch was not done
}

// all imports the batches of a table by do, several at once, and reports them in their order.
func (run *importRun) all(ctx context.Context, table *sheet.Reader, workers int, do doing) error {
	reading, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	ended := false
	for r := range work(reading, run.read(reading, table), workers, do) {
		err := r.err
		if err == nil {
			err = run.note(&r, failed == nil)
		}
		if err == nil && errors.Is(r.batch.err, io.EOF) {
			ended = true
		} else if err == nil {
			err = r.batch.err
		}
		if failed == nil && err != nil {
			failed = err
			cancel() // what is under way comes to its end
		}
	}
	run.report.Interrupted = failed == nil && !ended
	return failed
}

// work does batches, so many at once, and sends what became of each in the order of the batches. Those that are begun are
// brought to their end, also when ctx ends.
func work(ctx context.Context, batches <-chan *batch, workers int, do doing) <-chan result {
	pending, results := make(chan chan result, workers-1), make(chan result)
	go func() {
		defer close(pending)
		for b := range batches {
			if ctx.Err() != nil {
				continue // until the reader has ended
			}
			one := make(chan result, 1)
			pending <- one
			go func() {
				r := result{batch: b}
				r.outcomes, r.bad, r.err = do(context.WithoutCancel(ctx), b)
				one <- r
			}()
		}
	}()
	go func() {
		defer close(results)
		for one := range pending {
			results <- <-one
		}
	}()
	return results
}

// tryBatch says what would become of a batch, and writes nothing.
func (run *importRun) tryBatch(ctx context.Context, b *batch) ([]outcome, []*BadRow, error) {
	return run.settle(ctx, run.service.db, b)
}

// importTries is how often a batch is begun when somebody else takes one of its SKUs at the same time.
const importTries = 3

// commitBatch imports a batch.
func (run *importRun) commitBatch(ctx context.Context, b *batch) (outcomes []outcome, bad []*BadRow, err error) {
	for range importTries {
		err = db.InLoadTx(ctx, run.service.db, func(ctx context.Context, tx db.LoadTx) error {
			outcomes, bad, err = run.saveBatch(ctx, tx, b)
			return err
		})
		if !db.IsUniqueViolation(err, "collectibles_collectible", "sku") {
			break
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("rows %d to %d were left out: %w", b.first, b.last, importError(err))
	}
	return outcomes, bad, nil
}

// atOnce imports all rows in one transaction, after a look at all of them: if one is bad, none is taken.
func (run *importRun) atOnce(ctx context.Context, table *sheet.Reader) error {
	err := run.all(ctx, table, 1, run.tryBatch)
	looked := run.report
	run.report = ImportReport{Failed: looked.Failed, Interrupted: looked.Interrupted}
	if err != nil || looked.Failed > 0 || looked.Interrupted {
		return err
	}
	run.report = looked
	err = importError(db.InLoadTx(ctx, run.service.db, func(ctx context.Context, tx db.LoadTx) error {
		table, err := sheet.Open(run.file, run.file.Size, run.o.Sheet)
		if err != nil {
			return err
		}
		again := *run
		again.report = ImportReport{}
		again.o.OnRow, again.o.OnBad, again.o.OnBatch = nil, nil, nil
		err = again.all(ctx, table, 1, func(_ context.Context, b *batch) ([]outcome, []*BadRow, error) {
			outcomes, bad, err := again.saveBatch(ctx, tx, b)
			if err == nil && len(bad) > 0 {
				_, reasons := bad[0].columnsAndReasons()
				err = core.Errorf(core.Conflict, "nothing was imported: row %d, since it was looked at: %s", bad[0].Row, reasons)
			}
			return outcomes, bad, err
		})
		if again.report.Interrupted {
			err = ctx.Err()
		}
		return err
	}))
	if err == nil {
		return nil
	}
	isEnd := ctx.Err() != nil && errors.Is(err, ctx.Err())
	run.report = ImportReport{Interrupted: isEnd} // none of it was done
	if isEnd {
		return nil
	}
	return err
}

// importError says what a failure of the database means here.
func importError(err error) error {
	if db.IsForeignKeyViolation(err) {
		return core.Errorf(core.Conflict, "the vendor or a store was deleted just now: %w", err)
	}
	return err
}

// note counts and reports what became of a batch. All batches before it are done if inOrder.
func (run *importRun) note(r *result, inOrder bool) error {
	run.report.Failed += int64(len(r.bad))
	for i := range r.outcomes {
		switch r.outcomes[i].action() {
		case ActionCreate:
			run.report.Created++
		case ActionChange:
			run.report.Changed++
		case ActionNone:
			run.report.Unchanged++
		}
		if run.o.OnRow != nil {
			if err := run.o.OnRow(run.result(&r.outcomes[i])); err != nil {
				return err
			}
		}
	}
	for _, row := range r.bad {
		if run.o.OnBad != nil {
			if err := run.o.OnBad(row); err != nil {
				return err
			}
		}
	}
	if inOrder {
		run.report.LastRow = max(run.report.LastRow, r.last)
	}
	if run.o.OnBatch != nil {
		return run.o.OnBatch(run.report)
	}
	return nil
}
