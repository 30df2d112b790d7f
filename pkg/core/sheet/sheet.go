package sheet

import (
	"errors"
	"fmt"
	"io"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Format is a kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Choices lists the formats.
func (Format) Choices() []core.Choice {
	return []core.Choice{{Value: string(CSV), Label: "CSV"}, {Value: string(XLSX), Label: "Excel workbook"}}
}

// Options say how a file is to be read. What is empty is recognised.
type Options struct {
	Encoding  Encoding // of CSV
	Delimiter rune     // of CSV
	Sheet     string   // of XLSX; the first one that is not hidden

	// Stop is asked often while a file is read, if it is not nil, and its error ends the reading: ctx.Err, for example.
	Stop func() error
}

// About is what a file turned out to be.
type About struct {
	Format    Format
	Encoding  Encoding // of CSV
	Delimiter rune     // of CSV
	Sheet     string   // of XLSX
	Sheets    []string // of XLSX: all that the file has
}

// A Row is one row of a table.
type Row struct {
	Number int      // as a spreadsheet counts: from 1, with the header and blank rows
	Cells  []string // as many as the header has; they stay valid, the slice only until the next Read
}

// A RowError is a row that cannot be read. Those after it can.
type RowError struct {
	Row    int
	Reason string
}

func (e *RowError) Error() string { return fmt.Sprintf("row %d: %s", e.Row, e.Reason) }

// Limits on what one file may take. They are far beyond what is sold, and keep memory bounded.
const (
	maxRecord  = 1 << 20 // bytes of a row in CSV
	maxColumns = 1000
)

// rows is a format's way to read. It returns io.EOF after the last row, and leaves blank rows out.
type rows interface {
	next() (Row, error)
}

// A Reader reads a table.
type Reader struct {
	rows   rows
	about  About
	header Row
}

// Open reads the header of a table: its first row that is not blank. It fails with core.Invalid where the file is empty,
// damaged, or neither CSV nor XLSX, and with the error of o.Stop. The Reader needs no closing.
func Open(r io.ReaderAt, size int64, o Options) (*Reader, error) {
	if o.Stop != nil {
		r = stoppable{r, o.Stop}
	}
	format, err := recognise(r, size)
	if err != nil {
		return nil, err
	}
	t := &Reader{about: About{Format: format}}
	if format == XLSX {
		t.rows, err = openXLSX(r, size, o, &t.about)
	} else {
		t.rows, err = openCSV(r, size, o, &t.about)
	}
	if err != nil {
		return nil, err
	}
	t.header, err = t.rows.next()
	if errors.Is(err, io.EOF) {
		return nil, core.Errorf(core.Invalid, "the file is empty")
	}
	if rowErr, ok := errors.AsType[*RowError](err); ok {
		return nil, core.Errorf(core.Invalid, "the header, %v", rowErr)
	}
	t.header.Cells = append([]string(nil), t.header.Cells...)
	return t, err
}

// About tells what the file turned out to be.
func (t *Reader) About() About { return t.about }

// Header is the first row.
func (t *Reader) Header() []string { return t.header.Cells }

// Read returns the next row, with empty cells at its end where a row of XLSX has fewer than the header. With a *RowError
// comes the row as far as it could be read. After io.EOF, or any other error, there is nothing more to read.
func (t *Reader) Read() (Row, error) {
	row, err := t.rows.next()
	if err != nil {
		return row, err
	}
	have, want := len(row.Cells), len(t.header.Cells)
	switch {
	case have > want:
		return row, &RowError{row.Number, fmt.Sprintf("it has %d cells, the header has %d", have, want)}
	case have < want && t.about.Format == CSV:
		return row, &RowError{row.Number, fmt.Sprintf("it has %d cells, the header has %d", have, want)}
	}
	for len(row.Cells) < want {
		row.Cells = append(row.Cells, "")
	}
	return row, nil
}

func isBlank(cells []string) bool {
	for _, cell := range cells {
		if cell != "" {
			return false
		}
	}
	return true
}
