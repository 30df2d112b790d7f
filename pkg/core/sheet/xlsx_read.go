package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxCell bounds the XML between two elements: what a cell may hold, or what a file may hide between cells. Excel
// itself allows 32,767 characters.
const maxCell = 4 << 20

// maxXLSXRow bounds the texts of one row, in bytes.
const maxXLSXRow = 16 << 20

// maxDepth bounds elements within elements: a rich text in a cell has a depth of 8.
const maxDepth = 64

// xlsxRows reads the XML of one sheet.
type xlsxRows struct {
	part     io.ReadCloser
	limiter  *limiter
	xml      *xml.Decoder
	strings  *sharedStrings
	isDate   []bool // by style
	date1904 bool

	number int // of the last row
	cells  []string
	cell   cell
	bytes  int // of the row's cells
	depth  int // of elements
	ended  bool
}

// A cell is one while it is read.
type cell struct {
	column   int    // from 0
	kind     string // attribute t
	style    int    // attribute s
	text     []byte
	inText   bool
	phonetic bool
}

func openXLSX(r io.ReaderAt, size int64, o Options, about *About) (rows, error) {
	w, err := openWorkbook(r, size)
	if err != nil {
		return nil, err
	}
	p, err := w.plan(o.Sheet, about)
	if err != nil {
		return nil, err
	}
	x := &xlsxRows{date1904: p.date1904, cell: cell{column: -1}}
	if x.strings, err = w.sharedStrings(p.strings); err != nil {
		return nil, err
	}
	if x.isDate, err = w.dateStyles(p.styles); err != nil {
		return nil, err
	}
	if x.part, err = w.open(p.sheet, maxSheet); err != nil {
		return nil, err
	}
	if x.part == nil {
		return nil, core.Errorf(core.Invalid, "the file lacks its sheet %q", about.Sheet)
	}
	x.limiter = &limiter{r: x.part, max: maxCell}
	x.xml = xml.NewDecoder(x.limiter)
	return x, nil
}

func (x *xlsxRows) next() (Row, error) {
	for !x.ended {
		x.limiter.done = x.xml.InputOffset()
		token, err := x.xml.RawToken()
		if errors.Is(err, io.EOF) {
			return Row{}, damaged(io.ErrUnexpectedEOF)
		}
		if err != nil {
			return Row{}, xmlError(err)
		}
		row, err := x.take(token)
		if row != nil || err != nil {
			return Row{Number: x.number, Cells: x.cells}, err
		}
	}
	return Row{}, x.end()
}

// end sees to it that the sheet is whole: at its end archive/zip compares the checksum.
func (x *xlsxRows) end() error {
	x.limiter.max = maxSheet
	if _, err := io.Copy(io.Discard, x.limiter); err != nil {
		return damaged(err)
	}
	_ = x.part.Close() // all of it was read
	return io.EOF
}

// take goes on by one token. It returns the row's cells when a row that is not blank ends.
func (x *xlsxRows) take(token xml.Token) (row []string, err error) {
	switch t := token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, core.Errorf(core.Invalid, "the sheet has elements more than %d deep: it is not read", maxDepth)
		}
		return nil, x.begin(t)
	case xml.EndElement:
		x.depth--
		return x.finish(t.Name.Local)
	case xml.CharData:
		if x.cell.inText {
			x.cell.text = append(x.cell.text, t...)
		}
	}
	return nil, nil
}

func (x *xlsxRows) begin(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		x.cells, x.bytes, x.cell = x.cells[:0], 0, cell{column: -1}
		return x.count(attribute(t, "r"))
	case "c":
		x.cell = cell{column: x.cell.column + 1, kind: attribute(t, "t"), text: x.cell.text[:0]}
		x.cell.style, _ = strconv.Atoi(attribute(t, "s")) // without one it is 0
		if column, ok := columnOf(attribute(t, "r")); ok {
			x.cell.column = column
		}
	case "v", "t":
		x.cell.inText = !x.cell.phonetic
	case "rPh":
		x.cell.phonetic = true
	}
	return nil
}

// count goes on to the next row, which may say its number itself.
func (x *xlsxRows) count(said string) error {
	x.number++
	if n, err := strconv.Atoi(said); err == nil || errors.Is(err, strconv.ErrRange) {
		if n < x.number {
			return damaged(&RowError{n, "it comes too late"})
		}
		x.number = n
	}
	if x.number > maxXLSXRows {
		return core.Errorf(core.Invalid, "the sheet has more than %d rows, which is what Excel has: it is not read further", maxXLSXRows)
	}
	return nil
}

func (x *xlsxRows) finish(name string) ([]string, error) {
	switch name {
	case "v", "t":
		x.cell.inText = false
	case "rPh":
		x.cell.phonetic = false
	case "c":
		return nil, x.keep()
	case "row":
		if !isBlank(x.cells) {
			return x.cells, nil
		}
	case "sheetData":
		x.ended = true
	}
	return nil, nil
}

// keep puts the cell into its place. Empty ones, of which a file may have any number, take none.
func (x *xlsxRows) keep() error {
	if x.cell.column < 0 {
		return damaged(&RowError{x.number, "a cell ends that did not begin"})
	}
	text, err := x.value()
	if err != nil || text == "" {
		return err
	}
	if x.bytes += len(text); x.bytes > maxXLSXRow || x.cell.column >= maxColumns {
		return core.Errorf(core.Invalid, "row %d has more than %d columns, or is longer than %d bytes", x.number, maxColumns, maxXLSXRow)
	}
	for len(x.cells) <= x.cell.column {
		x.cells = append(x.cells, "")
	}
	x.cells[x.cell.column] = text
	return nil
}

// value is what the cell shows: of a formula its last result.
func (x *xlsxRows) value() (string, error) {
	text := string(x.cell.text)
	switch x.cell.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		shared, ok := x.strings.at(i)
		if err != nil || !ok {
			return "", damaged(&RowError{x.number, "it refers to a text that is not there"})
		}
		return shared, nil
	case "inlineStr", "str":
		return unescapeText(text), nil
	case "b":
		return map[string]string{"0": "false", "1": "true"}[text], nil
	case "", "n":
		return x.numeric(strings.TrimSpace(text)), nil
	}
	return text, nil // an error such as #N/A, or a date as ISO 8601
}

func (x *xlsxRows) numeric(text string) string {
	if x.cell.style >= 0 && x.cell.style < len(x.isDate) && x.isDate[x.cell.style] {
		if serial, err := strconv.ParseFloat(text, 64); err == nil {
			if date, ok := dateText(serial, x.date1904); ok {
				return date
			}
		}
	}
	return numberText(text)
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnOf is the column, from 0, of a cell's name such as AB12.
func columnOf(name string) (int, bool) {
	n := 0
	for i, b := range []byte(name) {
		switch {
		case b >= 'A' && b <= 'Z' && i < 4:
			n = n*26 + int(b-'A') + 1
		default:
			return n - 1, i > 0
		}
	}
	return 0, false
}
