package inventory

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/progress"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

func newImportCommand(s *Service) *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "import", Short: "Import tables", Example: "  omnistock import collectibles stock.csv --dry-run",
	}, newImportCollectiblesCommand(s))
}

// importFlags are those of the command, as they are typed.
type importFlags struct {
	vendor, encoding, delimiter, errors string
	columns                             []string
	json                                bool
	o                                   ImportOptions
}

const aboutImportCommand = `Make and change items by their SKU, as a table says: CSV (UTF-8, UTF-16, Windows-1252; comma, semicolon, tabulator or
pipe) or XLSX. What a file is, is told by its content.

Columns are recognised by their headers, and it is shown how before anything is done; --map says it otherwise, and
--save-mapping keeps it for the next time. A quantity is set, not added: to import a table again changes nothing, so
after a crash the same command goes on where it ended. Ctrl-C ends the import after the rows that are under way.

Rows that cannot be taken go to a file of the same columns, with the reasons in front, to be mended and imported; the
others are taken, unless --atomic is given. The exit code is 1 if there were such rows.`

func newImportCollectiblesCommand(s *Service) *cobra.Command {
	f := &importFlags{}
	cmd := &cobra.Command{
		Use: "collectibles FILE", Short: "Import a table of collectibles", Args: cobra.ExactArgs(1), Long: aboutImportCommand,
		Example: `  omnistock import collectibles stock.csv --dry-run
  omnistock import collectibles stock.xlsx --vendor ann-cards --store main
  omnistock import collectibles list.csv --map "Art. No.=sku" --map "Remark=" --save-mapping supplier
  omnistock import collectibles next.csv --mapping supplier`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, s, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.vendor, "vendor", "", "slug of the vendor; not needed where there is one")
	flags.StringVar(&f.o.Store, "store", "", "slug or name of the store of new items whose row names none; not needed where there is one")
	flags.StringArrayVar(&f.columns, "map", nil, "\"Header=column\", or \"Header=\" to leave one out; may be repeated")
	flags.StringVar(&f.o.Mapping, "mapping", "", "name of a saved mapping of headers to columns")
	flags.StringVar(&f.o.SaveMapping, "save-mapping", "", "save the mapping that is used under this name")
	flags.BoolVar(&f.o.DryRun, "dry-run", false, "say what would be made and changed, and do nothing")
	flags.BoolVar(&f.o.Atomic, "atomic", false, "take all rows or none")
	flags.IntVar(&f.o.FromRow, "from-row", 0, "leave out the rows in front of this one; the header is row 1")
	flags.StringVar(&f.errors, "errors", "", "file for rows that are not taken (default: beside FILE, with .errors.csv for its suffix, or the next free .errors-2.csv)")
	flags.StringVar(&f.encoding, "encoding", "", "encoding of CSV: utf-8, utf-16le, utf-16be or windows-1252")
	flags.StringVar(&f.delimiter, "delimiter", "", "delimiter of CSV: comma, semicolon, tab, pipe, or the character itself")
	flags.StringVar(&f.o.Sheet.Sheet, "sheet", "", "sheet of XLSX (default: the first one)")
	flags.BoolVar(&f.json, "json", false, "write the report as JSON")
	return cmd
}

func (f *importFlags) run(cmd *cobra.Command, s *Service, path string) error {
	if err := f.parse(); err != nil {
		return console.Usage(err)
	}
	file, table, err := OpenTable(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	bad, err := NewBadRowFile(path, f.errors, f.o.DryRun)
	if err != nil {
		return err
	}
	// Batches come and go: collecting them twice as often takes little time, and a fourth off the memory.
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	out := console.Say(cmd)
	p := &importPrinter{out: out, path: path, o: &f.o, all: isVerbose(cmd), bad: bad}
	if f.json {
		p.out = io.Discard
	}
	task := progress.New(reports(cmd, out)).Start(filepath.Base(path), "rows", progress.Unknown)
	report, err := s.ImportFor(cmd.Context(), f.vendor, table, p.watch(task))
	task.Done()
	if closeErr := bad.Close(); err == nil {
		err = closeErr
	}
	if report != nil {
		if f.json {
			err = errors.Join(err, p.writeJSON(cmd.OutOrStdout(), report))
		}
		p.sum(report)
	}
	if report == nil {
		err = plainError(cmd.Context(), err)
	}
	return p.verdict(report, err)
}

// parse reads what flags say in words.
func (f *importFlags) parse() error {
	f.o.Columns = map[string]string{}
	for _, text := range f.columns {
		i := strings.LastIndex(text, "=")
		if i < 0 {
			return fmt.Errorf("--map %q: expected \"Header=column\"", text)
		}
		f.o.Columns[text[:i]] = strings.TrimSpace(text[i+1:])
	}
	if f.o.Sheet.Encoding = sheet.Encoding(strings.ToLower(f.encoding)); f.encoding != "" && !core.IsChoice(f.o.Sheet.Encoding, string(f.o.Sheet.Encoding)) {
		return fmt.Errorf("--encoding %s: expected utf-8, utf-16le, utf-16be or windows-1252", f.encoding)
	}
	r, n := utf8.DecodeRuneInString(f.delimiter)
	named, isName := delimiters[delimiter(f.delimiter)]
	switch {
	case isName:
		f.o.Sheet.Delimiter = named
	case f.delimiter == "":
	case n != len(f.delimiter) || strings.ContainsRune("\"\r\n\ufffd", r):
		return fmt.Errorf("--delimiter %q: expected comma, semicolon, tab, pipe or one character", f.delimiter)
	default:
		f.o.Sheet.Delimiter = r
	}
	if f.o.FromRow < 0 {
		return fmt.Errorf("--from-row %d: rows count from 1", f.o.FromRow)
	}
	return nil
}

// reports is where a command tells how far it is: nowhere if it is to say nothing.
func reports(cmd *cobra.Command, out io.Writer) io.Writer {
	if out == io.Discard {
		return io.Discard
	}
	return cmd.ErrOrStderr()
}

// isVerbose reports whether more is to be said than usual.
func isVerbose(cmd *cobra.Command) bool {
	verbosity := cmd.Flag("verbosity")
	return verbosity != nil && verbosity.Value.String() > "1"
}
