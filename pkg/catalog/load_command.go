package catalog

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

// NewImportCommand returns the command "reference", a member of "import".
func (s *Service) NewImportCommand() *cobra.Command {
	var table string
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use: "reference FILE...", Short: "Import reference data for everybody", Args: cobra.MinimumNArgs(1),
		Long: `Create and change everybody's eras, sets, products, accessories, graders, axes and values by their slugs. JSON is an
object with a member for each table, an array of objects; CSV and XLSX are one table, whose name is the file's unless
--table is given. Rows name others by slug: a set its era, a product its set, a value its axis. A column that a file does
not have stays as it is; an empty cell empties. What vendors added is left alone, and nothing is deleted.

All files are one transaction: if anything is wrong, nothing is imported, and each mistake is told with its file, row and
field.`,
		Example: `  omnistock import reference sets.csv --dry-run
  omnistock import reference eras.csv sets.csv products.csv
  omnistock import reference june.csv --table products
  omnistock import reference catalogue.json --json`,
		RunE: func(cmd *cobra.Command, files []string) error {
			tables, err := readFiles(files, table)
			if err != nil {
				return fmt.Errorf("nothing was imported: %w", err)
			}
			counts, err := s.Load(cmd.Context(), tables, dryRun)
			if err != nil {
				return fmt.Errorf("nothing was imported: %w", err)
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), counts)
			}
			return WriteCounts(console.Say(cmd), counts, dryRun)
		},
	}
	cmd.Flags().StringVar(&table, "table", "", "which table a file of CSV or XLSX is, instead of its name")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the counts as JSON")
	return cmd
}

func readFiles(files []string, table string) (tables []Table, err error) {
	for _, file := range files {
		content, err := readFile(file)
		if err != nil {
			return nil, err
		}
		read, err := ReadTables(file, content, table)
		if err != nil {
			return nil, err
		}
		tables = append(tables, read...)
	}
	return tables, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	content, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(content) > MaxFile {
		err = core.Errorf(core.TooLarge, "%s has more than %d MiB", path, MaxFile>>20)
	}
	return content, err
}

// WriteCounts tells people what became of the rows.
func WriteCounts(w io.Writer, counts []Count, dryRun bool) error {
	if dryRun {
		fmt.Fprintln(w, "Nothing was changed. This would be done:")
	}
	rows, total := [][]string{{"Table", "Created", "Changed", "Left alone"}}, Count{Table: "all"}
	for _, c := range counts {
		total.Created, total.Changed, total.Same = total.Created+c.Created, total.Changed+c.Changed, total.Same+c.Same
		rows = append(rows, c.cells())
	}
	return console.WriteTable(w, append(rows, total.cells()))
}

func (c Count) cells() []string {
	return []string{c.Table, strconv.Itoa(c.Created), strconv.Itoa(c.Changed), strconv.Itoa(c.Same)}
}
