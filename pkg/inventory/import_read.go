package inventory

import (
	"context"
	"errors"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// read sends the batches of a table until one has an error, io.EOF at the end, or ctx ends.
func (run *importRun) read(ctx context.Context, table *sheet.Reader) <-chan *batch {
	batches, seen := make(chan *batch), newSeenSKUs()
	go func() {
		defer close(batches)
		for {
			b := run.readBatch(table, seen)
			if ctx.Err() != nil && errors.Is(b.err, ctx.Err()) {
				return // the table goes on
			}
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
		if b.first == 0 {
			b.first = row.Number
		}
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
