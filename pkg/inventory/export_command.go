package inventory

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/progress"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

func newExportCommand(s *Service) *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "export", Short: "Export tables", Example: "  omnistock export collectibles stock.xlsx",
	}, newExportCollectiblesCommand(s))
}

func newExportCollectiblesCommand(s *Service) *cobra.Command {
	var vendor, format string
	var o ExportOptions
	cmd := &cobra.Command{
		Use: "collectibles [FILE]", Short: "Export the collectibles of a vendor", Args: cobra.MaximumNArgs(1),
		Long: `Write a vendor's items as a table, by their ids, with card details and without images: to FILE, as its suffix says, or to
the standard output as CSV. What is exported can be imported, which changes nothing.

In CSV, an apostrophe stands in front of what a spreadsheet would run as a formula; import takes it off again.`,
		Example: `  omnistock export collectibles stock.xlsx --vendor ann-cards
  omnistock export collectibles --columns sku,name,quantity --store main > stock.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			path := strings.Join(args, "")
			if format == "" {
				format = formatOf(path)
			}
			if o.Format = sheet.Format(format); !core.IsChoice(o.Format, format) {
				return console.Usage(fmt.Errorf("there are two formats, csv and xlsx: no format %q", format))
			}
			return FieldError(exportTo(cmd, s, vendor, path, o))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&vendor, "vendor", "", "slug of the vendor; not needed where there is one")
	flags.StringVar(&o.Store, "store", "", "slug or name of a store: only what lies there")
	flags.StringSliceVar(&o.Columns, "columns", nil, "columns, separated by commas (default: all)")
	flags.StringVar(&format, "format", "", "csv or xlsx (default: as the suffix of FILE says, else csv)")
	return cmd
}

func formatOf(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return string(sheet.XLSX)
	}
	return string(sheet.CSV)
}

func exportTo(cmd *cobra.Command, s *Service, vendor, path string, o ExportOptions) error {
	out := console.Say(cmd)
	if path == "" || path == "-" {
		export, err := s.NewExportFor(cmd.Context(), vendor, o)
		if err != nil {
			return plainError(cmd.Context(), err)
		}
		w := bufio.NewWriterSize(cmd.OutOrStdout(), 64<<10)
		_, err = export.Write(cmd.Context(), w)
		return errors.Join(plainError(cmd.Context(), err), w.Flush())
	}
	task := progress.New(reports(cmd, out)).Start(filepath.Base(path), "rows", progress.Unknown)
	o.OnPage = func(rows int) error {
		task.Add(int64(rows))
		return nil
	}
	export, err := s.NewExportFor(cmd.Context(), vendor, o)
	if err != nil {
		return plainError(cmd.Context(), err)
	}
	rows, err := exportFile(cmd.Context(), export, path)
	task.Done()
	if err != nil {
		return fmt.Errorf("%s was not written: %w", path, plainError(cmd.Context(), err))
	}
	fmt.Fprintf(out, "Exported %d rows to %s.\n", rows, path)
	return nil
}

// plainError says that ctx ended where that is why there is an error.
func plainError(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return err
}

// exportFile replaces a file in one step: there is never half of it.
func exportFile(ctx context.Context, export *Export, path string) (rows int64, err error) {
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return 0, err
	}
	rows, err = writeDraft(ctx, export, draft)
	if err = errors.Join(err, draft.Close()); err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return 0, errors.Join(err, os.Remove(draft.Name()))
	}
	return rows, nil
}

func writeDraft(ctx context.Context, export *Export, draft io.Writer) (int64, error) {
	w := bufio.NewWriterSize(draft, 64<<10)
	rows, err := export.Write(ctx, w)
	return rows, errors.Join(err, w.Flush())
}

// FieldError is an error on fields in words, for who typed no form.
func FieldError(err error) error {
	invalid, ok := errors.AsType[*core.Error](err)
	if !ok || len(invalid.Fields) == 0 {
		return err
	}
	var lines []string
	for _, field := range slices.Sorted(maps.Keys(invalid.Fields)) {
		msgs, _ := invalid.Fields[field].([]string)
		lines = append(lines, strings.Join(msgs, " "))
	}
	return errors.New(strings.Join(lines, "\n"))
}
