package inventory

import (
	"io"
	"slices"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// An ErrorFile writes bad rows as a table of the same columns, with three more in front that say what is wrong: mended, it
// can be imported again. It is CSV.
type ErrorFile struct{ table sheet.Writer }

// NewErrorFile starts such a file for a table with the headers.
func NewErrorFile(w io.Writer, headers []string) (*ErrorFile, error) {
	var columns []sheet.Column
	for _, name := range slices.Concat(markColumns, withoutMarks(headers, headers)) {
		columns = append(columns, sheet.Column{Name: name})
	}
	table, err := sheet.NewWriter(w, sheet.CSV, columns)
	return &ErrorFile{table}, err
}

// Write adds a row, which must have the headers that the file was made for.
func (f *ErrorFile) Write(bad *BadRow, headers []string) error {
	names, reasons := bad.columnsAndReasons()
	return f.table.Write(append([]string{strconv.Itoa(bad.Row), names, reasons}, withoutMarks(bad.Cells, headers)...))
}

// Close finishes the file, and leaves the writer below open.
func (f *ErrorFile) Close() error { return f.table.Close() }

// withoutMarks leaves out the cells under the headers of an error file, so that mending one gives no second set.
func withoutMarks(cells, headers []string) (rest []string) {
	for i, cell := range cells {
		if i >= len(headers) || !slices.Contains(markColumns, headers[i]) {
			rest = append(rest, cell)
		}
	}
	return rest
}
