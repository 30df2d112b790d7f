package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

func open(t testing.TB, file string, o sheet.Options) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open(strings.NewReader(file), int64(len(file)), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readAll returns all rows; errors of rows stand among them as one cell.
func readAll(t testing.TB, r *sheet.Reader) (table [][]string) {
	t.Helper()
	for {
		row, err := r.Read()
		if rowErr, ok := errors.AsType[*sheet.RowError](err); ok {
			table = append(table, []string{rowErr.Error()})
			continue
		}
		if errors.Is(err, io.EOF) {
			return table
		}
		if err != nil {
			t.Fatal(err)
		}
		table = append(table, append([]string(nil), row.Cells...))
	}
}

func write(t testing.TB, format sheet.Format, columns []sheet.Column, table [][]string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := sheet.NewWriter(&out, format, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range table {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// nasty are texts that files and spreadsheets stumble over.
var nasty = []string{
	"", " ", "'", "''", "'=1", "''=1", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n", "\r\n", "a\rb\r\nc\nd", `"`, `""`, `a"b`, ",", ";", "|",
	"0012", "1e5", "12.50", "TRUE", "'tis", " padded ", "_x0041_", "_x0041_x0042_", "__x0041_", "_x005F_", "\x01\x1f", "\ufffe\uffff", "＝1",
	"Pokémon", "日本語", "🂡", "e\u0301", "\u202eright to left", "<&>]]>", `\.`, "#N/A", "sep=;", "\u0085\u2028", "\ufeffmark",
}

// someText is any text, but for null characters, which are in no text that we keep.
func someText() *rapid.Generator[string] {
	anything := rapid.Map(rapid.String(), func(s string) string { return strings.ReplaceAll(s, "\x00", "") })
	nastiness := rapid.SampledFrom(nasty)
	return rapid.OneOf(nastiness, anything, rapid.Custom(func(t *rapid.T) string { return nastiness.Draw(t, "a") + nastiness.Draw(t, "b") }))
}

// TestRoundTrip_anyTextComesBack holds for each format that what was written is read again, whatever it is.
func TestRoundTrip_anyTextComesBack(t *testing.T) {
	columns := []sheet.Column{{Name: "Name"}, {Name: "=Header, \"quoted\""}, {Name: "Number", Number: true}}
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		t.Run(string(format), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				table := rapid.SliceOfN(rapid.SliceOfN(someText(), len(columns), len(columns)), 0, 5).Draw(rt, "table")
				r := open(t, write(t, format, columns, table), sheet.Options{})
				if diff := cmp.Diff([]string{"Name", "=Header, \"quoted\"", "Number"}, r.Header()); diff != "" {
					rt.Errorf("header (-want +got):\n%s", diff)
				}
				var want [][]string // blank rows are none
				for _, cells := range table {
					if strings.Join(cells, "") != "" {
						want = append(want, cells)
					}
				}
				if diff := cmp.Diff(want, readAll(t, r)); diff != "" {
					rt.Errorf("table (-written +read):\n%s", diff)
				}
			})
		})
	}
}

// TestCSV_noCellIsAFormula looks at the file with a reader that knows nothing of apostrophes.
func TestCSV_noCellIsAFormula(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom([]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝"}).Draw(rt, "sign") + someText().Draw(rt, "text")
		file := write(t, sheet.CSV, []sheet.Column{{Name: "a"}}, [][]string{{text}})
		if cell := strings.TrimPrefix(strings.TrimPrefix(file, "a\n"), `"`); !strings.HasPrefix(cell, "'") {
			rt.Errorf("%q is written as %q", text, cell)
		}
	})
}

func TestCSV_encodingsAndDelimitersAreRecognised(t *testing.T) {
	utf16 := func(mark string, high int) string {
		out := mark
		for _, r := range "Name;Preis\nPokémon;1\n" {
			pair := []byte{byte(r), byte(r >> 8)}
			out += string([]byte{pair[high], pair[1-high]})
		}
		return out
	}
	for name, c := range map[string]struct {
		file, cell string
		o, want    sheet.About
	}{
		"plain":           {file: "Name,Preis\nPokémon,1\n", want: sheet.About{Encoding: sheet.UTF8, Delimiter: ','}},
		"mark":            {file: "\ufeffName,Preis\nPokémon,1\n", want: sheet.About{Encoding: sheet.UTF8, Delimiter: ','}},
		"semicolons":      {file: "Name;Preis\r\nPokémon;1\r\n", want: sheet.About{Encoding: sheet.UTF8, Delimiter: ';'}},
		"tabs":            {file: "Name\tPreis\nPokémon\t1", want: sheet.About{Encoding: sheet.UTF8, Delimiter: '\t'}},
		"bars":            {file: "\n\nName|Preis\nPokémon|1", want: sheet.About{Encoding: sheet.UTF8, Delimiter: '|'}},
		"quoted commas":   {file: "\"Name\",\"Preis;;;\"\nPokémon,1", want: sheet.About{Encoding: sheet.UTF8, Delimiter: ','}},
		"Windows":         {file: "Name;Preis\nPok\xe9mon;1\n", want: sheet.About{Encoding: sheet.Windows1252, Delimiter: ';'}},
		"UTF-16 LE":       {file: utf16("\xff\xfe", 0), want: sheet.About{Encoding: sheet.UTF16LE, Delimiter: ';'}},
		"UTF-16 BE":       {file: utf16("\xfe\xff", 1), want: sheet.About{Encoding: sheet.UTF16BE, Delimiter: ';'}},
		"UTF-16, no mark": {file: utf16("", 0), o: sheet.About{Encoding: sheet.UTF16LE}, want: sheet.About{Encoding: sheet.UTF16LE, Delimiter: ';'}},
		"given delimiter": {file: "Name,Preis;x\nPokémon,;\n", cell: "Pokémon,", o: sheet.About{Delimiter: ';'}, want: sheet.About{Encoding: sheet.UTF8, Delimiter: ';'}},
		"given encoding":  {file: "Name,Preis\nPok\xc3\xa9mon,1\n", cell: "PokÃ©mon", o: sheet.About{Encoding: sheet.Windows1252}, want: sheet.About{Encoding: sheet.Windows1252, Delimiter: ','}},
		"long before umlaut": {
			file: "Name,Preis\n" + strings.Repeat("x", 65530-11) + "Pok\xe9mon,1\n", cell: strings.Repeat("x", 65530-11) + "Pokémon",
			want: sheet.About{Encoding: sheet.Windows1252, Delimiter: ','},
		},
		"a character over the edge": {
			file: "Name,Preis\n" + strings.Repeat("x", 65535-11) + "é,1\n", cell: strings.Repeat("x", 65535-11) + "é",
			want: sheet.About{Encoding: sheet.UTF8, Delimiter: ','},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, c.file, sheet.Options{Encoding: c.o.Encoding, Delimiter: c.o.Delimiter})
			c.want.Format = sheet.CSV
			if diff := cmp.Diff(c.want, r.About()); diff != "" {
				t.Errorf("about (-want +got):\n%s", diff)
			}
			if c.cell == "" {
				c.cell = "Pokémon"
			}
			if got := readAll(t, r); len(got) != 1 || got[0][0] != c.cell {
				t.Errorf("rows = %.200q", got)
			}
		})
	}
}

func TestCSV_rowsAreCountedAsSpreadsheetsDo(t *testing.T) {
	r := open(t, "\nname,n\n\"two\nlines\",1\n\n,\nx,2\ny,3,4\nz\n\"a\"b,1\nlast,5\n", sheet.Options{})
	var got []any
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		got = append(got, row.Number)
		if err != nil {
			got = append(got, err.Error())
		}
	}
	want := []any{
		3, 6, 7, "row 7: it has 3 cells, the header has 2", 8, "row 8: it has 1 cells, the header has 2",
		9, "row 9: line 10: a quote in it is not closed, or not doubled", 10,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// endless is a file whose one line goes on for 2 GB.
type endless struct{ start string }

const endlessBytes = 2 << 30

func (e endless) ReadAt(p []byte, offset int64) (int, error) {
	for i := range p {
		p[i] = 'x'
		if at := offset + int64(i); at < int64(len(e.start)) {
			p[i] = e.start[at]
		}
	}
	return len(p), nil
}

func TestCSV_endlessLineIsRefused(t *testing.T) {
	for _, start := range []string{"a,b\n1,", "a,b\n1,\""} {
		file := endless{start}
		r, err := sheet.Open(file, endlessBytes, sheet.Options{Encoding: sheet.Windows1252})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(); core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), "row 2 is longer") {
			t.Errorf("after %q: %v", start, err)
		}
	}
}

func TestOpen_whatIsNoTable(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"empty":          {"", "the file is empty"},
		"blank":          {"\n\n,,\n", "the file is empty"},
		"old Excel":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"},
		"gzip":           {"\x1f\x8b\x08", "gzip"},
		"null bytes":     {"a\x00,b\n", "null bytes"},
		"damaged UTF-8":  {"Pokémon,x\nPok\xe9mon,x\n", "line 2 is not UTF-8"},
		"broken header":  {"a\"b,c\n", "the header, row 1"},
		"an empty ZIP":   {"PK\x05\x06" + strings.Repeat("\x00", 18), "no sheet"},
		"a torn ZIP":     {"PK\x03\x04 and nothing more", "its end is missing"},
		"a huge ZIP":     {"PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "more parts than any workbook"},
		"hidden entries": {"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x09\x00\x00\x00\x00\x00", "not where it should be"},
	} {
		_, err := sheet.Open(strings.NewReader(c.file), int64(len(c.file)), sheet.Options{})
		if core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want one with %q", name, err, c.want)
		}
	}
	const windows = "Pok\xe9mon\n"
	if _, err := sheet.Open(strings.NewReader(windows), int64(len(windows)), sheet.Options{Encoding: sheet.UTF8}); core.KindOf(err) != core.Invalid {
		t.Errorf("not the encoding that was given: error = %v", err)
	}
}

// FuzzOpen sees to it that no file makes a reader panic, or go on for ever.
func FuzzOpen(f *testing.F) {
	columns := []sheet.Column{{Name: "a"}, {Name: "b", Number: true}}
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		f.Add([]byte(write(f, format, columns, [][]string{{"x", "1"}, {"=y", "2.5"}})))
	}
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"))
	f.Add([]byte("a\tb\n\"x\r\n\"\t\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := sheet.Open(bytes.NewReader(file), int64(len(file)), sheet.Options{})
		if err != nil {
			return
		}
		last := 0
		for {
			row, err := r.Read()
			if _, ok := errors.AsType[*sheet.RowError](err); err != nil && !ok {
				return
			}
			if row.Number <= last {
				t.Fatalf("row %d comes after row %d", row.Number, last)
			}
			last = row.Number
		}
	})
}
