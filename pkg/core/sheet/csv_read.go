package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// csvRows reads CSV as RFC 4180 has it.
type csvRows struct {
	csv     *csv.Reader
	limiter *limiter
	number  int // of the last row
	line    int // that follows the last row
}

func openCSV(r io.ReaderAt, size int64, o Options, about *About) (rows, error) {
	text, encoding, err := openText(r, size, o.Encoding)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(text, 64<<10)
	about.Encoding, about.Delimiter = encoding, o.Delimiter
	if o.Delimiter == 0 {
		sample, err := buffered.Peek(64 << 10)
		if err != nil && err != io.EOF {
			return nil, err
		}
		about.Delimiter = guessDelimiter(string(sample))
	}
	limited := &limiter{r: &returnKeeper{r: buffered}, max: maxRecord}
	c := csv.NewReader(bufio.NewReaderSize(limited, 64<<10))
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = about.Delimiter, -1, true
	return &csvRows{csv: c, limiter: limited, line: 1}, nil
}

// delimiters are those that are recognised; the first one wins where the header decides nothing.
const delimiters = ",;\t|"

// guessDelimiter takes the one that stands most often in the first line that is not blank, outside of quotes.
func guessDelimiter(text string) rune {
	text = strings.TrimLeft(text, "\r\n")
	counts, quoted := map[rune]int{}, false
	for _, r := range text {
		if r == '\n' && !quoted {
			break
		}
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ','
	for _, r := range delimiters {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

func (c *csvRows) next() (Row, error) {
	for {
		c.limiter.done = c.csv.InputOffset()
		record, err := c.csv.Read()
		if err == io.EOF {
			return Row{}, err
		}
		row := Row{Number: c.number + 1, Cells: record}
		if parseErr, ok := errors.AsType[*csv.ParseError](err); ok {
			row.Number += parseErr.StartLine - c.line
			c.number, c.line = row.Number, parseErr.Line+1
			return Row{Number: row.Number}, &RowError{row.Number, fmt.Sprintf("line %d: a quote in it is not closed, or not doubled", parseErr.Line)}
		}
		if errors.Is(err, errTooLong) {
			return Row{}, core.Errorf(core.Invalid, "row %d is longer than %d bytes: is a quote left open?", row.Number, maxRecord)
		}
		if err != nil {
			return Row{}, err
		}
		if err := c.finish(&row); err != nil {
			return row, err
		}
		if !isBlank(record) {
			return row, nil
		}
	}
}

// finish counts the row and its lines, and gives its cells back what was changed on the way.
func (c *csvRows) finish(row *Row) error {
	start, _ := c.csv.FieldPos(0)
	row.Number += start - c.line // the decoder leaves out empty lines
	c.number, c.line = row.Number, start+1
	if len(row.Cells) > maxColumns {
		return core.Errorf(core.Invalid, "row %d has more than %d columns", row.Number, maxColumns)
	}
	for i, cell := range row.Cells {
		c.line += strings.Count(cell, "\n")
		if strings.IndexByte(cell, keptReturn) >= 0 {
			cell = strings.ReplaceAll(cell, string([]byte{keptReturn}), "\r")
		}
		row.Cells[i] = unescapeFormula(cell)
	}
	return nil
}

// keptReturn stands for a carriage return in quotes: a byte that is in no UTF-8.
const keptReturn = 0xff

// returnKeeper puts keptReturn into the place of carriage returns in quotes, which encoding/csv would drop in front of a
// line feed.
type returnKeeper struct {
	r      io.Reader
	quoted bool
}

func (k *returnKeeper) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	for i, b := range p[:n] {
		switch {
		case b == '"':
			k.quoted = !k.quoted
		case b == '\r' && k.quoted:
			p[i] = keptReturn
		}
	}
	return n, err
}
