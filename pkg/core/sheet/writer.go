package sheet

import (
	"encoding/csv"
	"io"
)

// A Column is one of a table that is written.
type Column struct {
	Name   string
	Number bool // its cells are numbers, and XLSX says so
}

// A Writer writes a table.
type Writer interface {
	// Write writes a row; a blank one is left out. It keeps nothing of cells.
	Write(cells []string) error
	// Close finishes the file. It does not close the writer below.
	Close() error
}

// NewWriter writes a table's header and returns what writes its rows: CSV in UTF-8 with commas, or XLSX.
func NewWriter(w io.Writer, format Format, columns []Column) (Writer, error) {
	if format == XLSX {
		return newXLSXWriter(w, columns)
	}
	t := &csvWriter{csv: csv.NewWriter(w)}
	header := make([]string, len(columns))
	for i, column := range columns {
		header[i] = column.Name
	}
	return t, t.Write(header)
}

type csvWriter struct {
	csv    *csv.Writer
	record []string
}

func (t *csvWriter) Write(cells []string) error {
	if isBlank(cells) {
		return nil
	}
	t.record = t.record[:0]
	for _, cell := range cells {
		t.record = append(t.record, escapeFormula(cell))
	}
	return t.csv.Write(t.record)
}

func (t *csvWriter) Close() error {
	t.csv.Flush()
	return t.csv.Error()
}
