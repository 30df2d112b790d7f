package console

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// gap separates two columns.
const gap = "  "

// WriteTable writes rows in columns that are as wide as their longest cell. The first row is the head.
func WriteTable(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(Printable(cell)))
		}
	}
	for _, row := range rows {
		if err := WriteRow(w, widths, row...); err != nil {
			return err
		}
	}
	return nil
}

// WriteRow writes one row in columns of the given widths, in characters. A cell that is longer moves the rest of its
// row. Nothing follows the last cell.
func WriteRow(w io.Writer, widths []int, cells ...string) error {
	var line strings.Builder
	for i, cell := range cells {
		text := Printable(cell)
		if i > 0 {
			line.WriteString(gap)
		}
		line.WriteString(text)
		if i < len(widths) {
			line.WriteString(strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text))))
		}
	}
	_, err := io.WriteString(w, strings.TrimRight(line.String(), " ")+"\n")
	return err
}

// Printable is text that a terminal only shows: what could move its cursor or change its colors is a question mark.
// People choose their names themselves.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}

// YesNo is a truth in a table.
func YesNo(truth bool) string {
	if truth {
		return "yes"
	}
	return "no"
}
