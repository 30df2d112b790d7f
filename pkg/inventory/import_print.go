package inventory

import (
	"fmt"
	"io"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// An importPrinter says on a terminal what an import does.
type importPrinter struct {
	out     io.Writer
	path    string
	o       *ImportOptions
	all     bool // rows, not only the first ones
	bad     *BadRowFile
	record  *importRecord
	printed int
	rows    int64 // that progress knows of
}

// maxPrinted is how many rows are printed, unless all are to be.
const maxPrinted = 20

// watch has the printer, the record and the task called by an import.
func (p *importPrinter) watch(task *progress.Task) ImportOptions {
	o := *p.o
	p.record = newImportRecord(&o)
	o.OnPlan = func(plan ImportPlan) error {
		if err := p.record.plan(plan); err != nil {
			return err
		}
		return p.plan(plan)
	}
	if o.DryRun {
		o.OnRow = func(row RowResult) error {
			p.row(row)
			return p.record.row(row)
		}
	}
	o.OnBad = func(bad *BadRow) error {
		p.badRow(bad)
		if err := p.record.bad(bad); err != nil {
			return err
		}
		return p.bad.Write(bad, p.record.headers)
	}
	o.OnBatch = func(report ImportReport) error {
		task.Add(report.Rows() - p.rows)
		p.rows = report.Rows()
		return nil
	}
	return o
}

func (p *importPrinter) plan(plan ImportPlan) error {
	about := plan.About
	kind := strings.ToUpper(string(about.Format))
	if about.Sheet != "" {
		kind = fmt.Sprintf("%s, sheet %q of %d", kind, about.Sheet, len(about.Sheets))
	} else {
		kind = fmt.Sprintf("%s, %s, delimiter %q", kind, about.Encoding, about.Delimiter)
	}
	fmt.Fprintf(p.out, "%s: %s\n", p.path, console.Printable(kind))
	rows := [][]string{{"HEADER", "COLUMN"}}
	for _, use := range plan.Uses {
		column := use.Column
		if column == "" {
			column = "- left out: " + use.Why
		}
		rows = append(rows, []string{use.Header, column})
	}
	if err := console.WriteTable(p.out, rows); err != nil {
		return err
	}
	store := ""
	if plan.Store != "" {
		store = ", new items in the store " + plan.Store
	}
	fmt.Fprintf(p.out, "Vendor %s%s\n", plan.Vendor, store)
	return nil
}

// print prints a line on a row, unless enough were printed.
func (p *importPrinter) print(format string, args ...any) {
	p.printed++
	switch {
	case p.all || p.printed <= maxPrinted:
		fmt.Fprintln(p.out, console.Printable(fmt.Sprintf(format, args...)))
	case p.printed == maxPrinted+1:
		fmt.Fprintln(p.out, "... and more; -v 2 shows all")
	}
}

func (p *importPrinter) row(row RowResult) {
	if row.Action == ActionNone {
		return
	}
	var changes []string
	for _, c := range row.Changes {
		changes = append(changes, fmt.Sprintf("%s %q -> %q", c.Column, c.Before, c.After))
	}
	p.print("row %d: %s %s  %s", row.Row, row.Action, row.SKU, strings.Join(changes, ", "))
}

func (p *importPrinter) badRow(bad *BadRow) {
	_, reasons := bad.columnsAndReasons()
	p.print("row %d: not taken: %s", bad.Row, reasons)
}

// sum says what was done.
func (p *importPrinter) sum(report *ImportReport) {
	verb := "Created"
	if p.o.DryRun {
		verb = "Nothing was done. Would have created"
	}
	fmt.Fprintf(p.out, "%s %d, changed %d, left alone %d; %d not taken.\n", verb, report.Created, report.Changed, report.Unchanged, report.Failed)
	if report.Failed > 0 {
		p.bad.Tell(p.out)
	}
}

// verdict is the error that the command ends with. Where the sum is not printed, it tells of the rows that were not taken.
func (p *importPrinter) verdict(report *ImportReport, err error) error {
	err = p.outcome(report, err)
	if p.out != io.Discard || report == nil || report.Failed == 0 {
		return err
	}
	return p.bad.Untold(p.path, report.Failed, err)
}

// outcome is the error for what an import came to.
func (p *importPrinter) outcome(report *ImportReport, err error) error {
	err = FieldError(err)
	switch {
	case report == nil && err != nil:
		return fmt.Errorf("%s: %w", p.path, err)
	case err != nil && report.LastRow > 0:
		return fmt.Errorf("%s: %w\nrows up to %d are done: once this is mended, %s", p.path, err, report.LastRow, p.goOn(report))
	case err != nil:
		return fmt.Errorf("%s: %w", p.path, err)
	case report.Interrupted && report.LastRow > 0 && !p.o.DryRun:
		return fmt.Errorf("%s: interrupted: rows up to %d are done; %s", p.path, report.LastRow, p.goOn(report))
	case report.Interrupted:
		return fmt.Errorf("%s: interrupted", p.path)
	case report.Failed > 0 && p.o.Atomic && !p.o.DryRun:
		return fmt.Errorf("%s: nothing was imported: %d rows are wrong", p.path, report.Failed)
	case report.Failed > 0:
		return console.ErrReported
	}
	return nil
}

// goOn says how an import goes on that has ended early. A file for rows that are not taken is made anew by each run: for
// it to have all of them, all rows have to be looked at again.
func (p *importPrinter) goOn(report *ImportReport) string {
	if p.bad.isMade() {
		return "run it again: it leaves alone what is done"
	}
	return fmt.Sprintf("--from-row %d goes on", report.LastRow+1)
}

func (p *importPrinter) writeJSON(w io.Writer, report *ImportReport) error {
	res, err := p.record.finish(report)
	if err != nil {
		return err
	}
	return console.WriteJSON(w, res)
}
