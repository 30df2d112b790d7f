package pricing

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/progress"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

// newImportCommand adds to the command of that name.
func newImportCommand(s *Service) *cobra.Command {
	return console.Group(&cobra.Command{Use: "import", Short: "Import tables"}, newImportPricesCommand(s))
}

const aboutImportCommand = `Note observed prices of items, as a table says: CSV (UTF-8, UTF-16, Windows-1252; comma, semicolon, tabulator or pipe) or
XLSX, with the columns sku, source, amount, currency and observed_at; others are left out. The source is a name of small
letters, digits and hyphens, such as ebay-sold, the currency a code of ISO 4217, such as USD. The prices that the items
themselves name stay as they are.

To import a table again changes nothing, so after a crash the same command goes on where it ended. Ctrl-C ends the import
after the rows that are under way.

Rows that cannot be taken go to a file of the same columns, with the reasons in front, to be mended and imported; the
others are taken. The exit code is 1 if there were such rows. A dry run notes nothing, and writes no file that was not asked
for; prices that a table tells twice, far from each other, it counts twice.`

func newImportPricesCommand(s *Service) *cobra.Command {
	p := &importPrinter{}
	vendor, errorPath, dryRun, asJSON := "", "", false, false
	cmd := &cobra.Command{
		Use: "prices FILE", Short: "Import a table of observed prices", Args: cobra.ExactArgs(1), Long: aboutImportCommand,
		Example: "  omnistock import prices sold.csv --dry-run\n  omnistock import prices sold.csv --vendor ann-cards --errors bad.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			p.path, p.out, p.dryRun = args[0], console.Say(cmd), dryRun
			told := cmd.ErrOrStderr()
			if p.out == io.Discard {
				told = io.Discard
			}
			if asJSON {
				p.out = io.Discard
			}
			report, err := p.run(cmd, s, vendor, errorPath, progress.New(told))
			if report != nil && asJSON {
				err = errors.Join(err, console.WriteJSON(cmd.OutOrStdout(), report))
			}
			return p.verdict(report, err)
		},
	}
	cmd.Flags().StringVar(&vendor, "vendor", "", "slug of the vendor; not needed where there is one")
	cmd.Flags().StringVar(&errorPath, "errors", "", "file for rows that are not taken (default: beside FILE, with .errors.csv for its suffix, or the next free .errors-2.csv)")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be noted, and note nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the report as JSON")
	return cmd
}

// An importPrinter says on a terminal what an import does.
type importPrinter struct {
	path    string
	dryRun  bool
	out     io.Writer
	headers []string
	file    *inventory.BadRowFile
	printed int
}

// maxPrinted is how many rows are printed.
const maxPrinted = 20

func (p *importPrinter) run(cmd *cobra.Command, s *Service, vendor, errorPath string, reporter *progress.Reporter) (*ImportReport, error) {
	file, table, err := inventory.OpenTable(p.path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	if p.file, err = inventory.NewBadRowFile(p.path, errorPath, p.dryRun); err != nil {
		return nil, err
	}
	task := reporter.Start(filepath.Base(p.path), "rows", progress.Unknown)
	done := int64(0)
	report, err := s.ImportFor(cmd.Context(), vendor, table, ImportOptions{
		DryRun:   p.dryRun,
		OnHeader: func(headers []string) error { p.headers = headers; return nil },
		OnBad:    p.bad,
		OnBatch: func(report ImportReport) error {
			task.Add(report.Rows() - done)
			done = report.Rows()
			return nil
		},
	})
	task.Done()
	return report, errors.Join(err, p.file.Close())
}

// bad prints a row that was not taken, and writes it to the file of such rows.
func (p *importPrinter) bad(bad *inventory.BadRow) error {
	switch p.printed++; {
	case p.printed <= maxPrinted:
		fmt.Fprintln(p.out, console.Printable(fmt.Sprintf("row %d: not taken: %s", bad.Row, reasons(bad))))
	case p.printed == maxPrinted+1 && p.file.IsWanted():
		fmt.Fprintln(p.out, "... and more, which the file of such rows has")
	case p.printed == maxPrinted+1:
		fmt.Fprintln(p.out, "... and more, which --errors writes to a file")
	}
	return p.file.Write(bad, p.headers)
}

// verdict says what was done, and is the error that the command ends with. Where nothing is printed, that tells of the rows
// that were not taken.
func (p *importPrinter) verdict(report *ImportReport, err error) error {
	err = p.outcome(report, err)
	if p.out != io.Discard || report == nil || report.Failed == 0 {
		return err
	}
	return p.file.Untold(p.path, report.Failed, err)
}

func (p *importPrinter) outcome(report *ImportReport, err error) error {
	if report != nil {
		noted := "Noted"
		if p.dryRun {
			noted = "Dry run: nothing was noted. Would note"
		}
		fmt.Fprintf(p.out, "%s %d, known before %d; %d not taken.\n", noted, report.Created, report.Unchanged, report.Failed)
		if report.Failed > 0 {
			p.file.Tell(p.out)
		}
	}
	err = inventory.FieldError(err)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", p.path, err)
	case report.Interrupted && p.dryRun:
		return fmt.Errorf("%s: interrupted at row %d: nothing was noted", p.path, report.LastRow)
	case report.Interrupted:
		return fmt.Errorf("%s: interrupted: rows up to %d are done; the same command goes on", p.path, report.LastRow)
	case report.Failed > 0:
		return console.ErrReported
	}
	return nil
}
