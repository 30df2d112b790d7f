package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// TestXLSX_readByExcelize holds what is written against a reader that knows what Excel does.
func TestXLSX_readByExcelize(t *testing.T) {
	columns := []sheet.Column{{Name: "Name"}, {Name: "Price", Number: true}}
	file := write(t, sheet.XLSX, columns, [][]string{{"=1+1", "12.5"}, {" _x0041_ & <\r\n> 🂡", "not a number"}, {"0012", ""}})
	f, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Name", "Price"}, {"=1+1", "12.5"}, {" _x0041_ & <\r\n> 🂡", "not a number"}, {"0012"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset} {
		if kind, _ := f.GetCellType("Sheet1", cell); kind != want {
			t.Errorf("the type of %s is %v, want %v", cell, kind, want)
		}
	}
	if formula, _ := f.GetCellFormula("Sheet1", "A2"); formula != "" {
		t.Errorf("A2 is the formula %q", formula)
	}
}

// workbook is one as people make them: shared texts, dates, formulas, gaps, a hidden sheet in front.
func workbook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("Stock")
	check(err)
	check(f.SetSheetVisible("Stock", true))
	f.SetActiveSheet(1)
	check(f.SetSheetVisible("Sheet1", false))
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: new(`[$-407]dd\.mm\.yyyy;@`)})
	check(err)
	money, err := f.NewStyle(&excelize.Style{CustomNumFmt: new(`#,##0.00 "days"`)})
	check(err)
	for cell, value := range map[string]any{
		"A2": "Name", "B2": "Day", "C2": "Own format", "D2": "Price", "E2": "Formula", "F2": "Flag", "G2": "Big",
		"A4": "Pokémon", "B4": time.Date(1999, 1, 9, 0, 0, 0, 0, time.UTC), "C4": time.Date(1999, 1, 9, 13, 30, 0, 0, time.UTC), "D4": 12.1 + 0.2,
		"F4": true, "G4": 4006381333931, "A6": "Pokémon", "G6": 1e21,
	} {
		check(f.SetCellValue("Stock", cell, value))
	}
	check(f.SetCellStyle("Stock", "C4", "C4", style))
	check(f.SetCellStyle("Stock", "D4", "D4", money))
	check(f.SetCellFormula("Stock", "E4", "A4"))
	check(f.SetCellRichText("Stock", "A7", []excelize.RichTextRun{{Text: "two "}, {Text: "runs", Font: &excelize.Font{Bold: true}}}))
	var out bytes.Buffer
	check(f.Write(&out))
	return out.String()
}

func TestXLSX_asPeopleMakeIt(t *testing.T) {
	file := workbook(t)
	r := open(t, file, sheet.Options{})
	if about := r.About(); about.Sheet != "Stock" || len(about.Sheets) != 2 {
		t.Errorf("about = %+v", about)
	}
	want := [][]string{
		{"Pokémon", "1999-01-09", "1999-01-09T13:30:00", "12.3", "", "true", "4006381333931"},
		{"Pokémon", "", "", "", "", "", "1000000000000000000000"},
		{"two runs", "", "", "", "", "", ""},
	}
	if diff := cmp.Diff(want, readAll(t, r)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	row, err := open(t, file, sheet.Options{}).Read()
	if err != nil || row.Number != 4 {
		t.Errorf("the first row is %d: %v", row.Number, err)
	}
	_, err = sheet.Open(strings.NewReader(file), int64(len(file)), sheet.Options{Sheet: "Cards"})
	if core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), `["Sheet1" "Stock"]`) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// edited is a workbook of ours in which one part has another content.
func edited(t *testing.T, part string, content io.Reader) string {
	t.Helper()
	file := write(t, sheet.XLSX, []sheet.Column{{Name: "a"}}, [][]string{{"x"}, {"y"}})
	old, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, f := range old.File {
		w, err := archive.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		source := io.Reader(r)
		if f.Name == part {
			source = content
		}
		if _, err := io.Copy(w, source); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// drain reads until the end or the first error.
func drain(file string) (rows int, err error) {
	r, err := sheet.Open(strings.NewReader(file), int64(len(file)), sheet.Options{})
	for err == nil {
		_, err = r.Read()
		rows++
	}
	return rows - 1, err
}

// repeated is a start and a text very often.
func repeated(start, text string, bytes int) io.Reader {
	return io.MultiReader(strings.NewReader(start), io.LimitReader(&loop{text: text}, int64(bytes)))
}

type loop struct {
	text string
	at   int
}

func (l *loop) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = l.text[l.at]
		l.at = (l.at + 1) % len(l.text)
	}
	return len(p), nil
}

func TestXLSX_bombsAreRefused(t *testing.T) {
	const sheet1, start = "xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>a`
	wide := `<worksheet><sheetData><row r="1"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>`
	for name, c := range map[string]struct {
		part    string
		content io.Reader
		want    string
	}{
		"one endless cell":        {sheet1, repeated(start, "x", 10<<20), "a cell of more than"},
		"nothing but white space": {sheet1, repeated(`<worksheet>`, " ", 10<<20), "a cell of more than"},
		"an endless row":          {sheet1, repeated(start+`</t></is></c>`, `<c t="str"><v>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</v></c>`, 10<<20), "more than 1000 columns"},
		"far to the right":        {sheet1, strings.NewReader(wide), "more than 1000 columns"},
		"large small part":        {"xl/styles.xml", repeated(`<styleSheet>`, " ", 10<<20), "unpacks to"},
		"nothing but rows":        {sheet1, repeated(`<worksheet><sheetData>`, "<row/>", 10<<20), "more than 1048576 rows"},
		"a row far below":         {sheet1, strings.NewReader(`<worksheet><sheetData><row r="1048577"/>`), "more than 1048576 rows"},
		"a row beyond numbers":    {sheet1, strings.NewReader(`<worksheet><sheetData><row r="99999999999999999999"/>`), "more than 1048576 rows"},
		"deep elements":           {sheet1, repeated(`<worksheet>`, "<a>", 1<<20), "more than 64 deep"},
		"entities":                {sheet1, strings.NewReader(`<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c>`), "damaged"},
	} {
		if _, err := drain(edited(t, c.part, c.content)); core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want one with %q", name, err, c.want)
		}
	}
}

// TestOpen_stops: reading ends soon after it is to, also where a file has nothing but blank rows, and not as damage.
func TestOpen_stops(t *testing.T) {
	blank, err := io.ReadAll(repeated("a\n", ",\n", 2<<20))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"csv":  string(blank),
		"xlsx": edited(t, "xl/worksheets/sheet1.xml", repeated(`<worksheet><sheetData><row><c t="str"><v>a</v></c></row>`, "<b></b>", 16<<20)),
	} {
		errEnough, after := errors.New("enough"), 1<<20
		o := sheet.Options{Stop: func() error {
			if after--; after < 0 {
				return errEnough
			}
			return nil
		}}
		r := open(t, file, o)
		after = 1
		if _, err := r.Read(); !errors.Is(err, errEnough) || core.KindOf(err) == core.Invalid {
			t.Errorf("%s: rows: %v", name, err)
		}
		after = 1
		if _, err := sheet.Open(strings.NewReader(file), int64(len(file)), o); !errors.Is(err, errEnough) {
			t.Errorf("%s: header: %v", name, err)
		}
	}
}

// TestXLSX_damageIsNoEnd: a table never ends early without an error, wherever the file is damaged.
func TestXLSX_damageIsNoEnd(t *testing.T) {
	var table [][]string
	for i := range 2000 {
		table = append(table, []string{fmt.Sprint("row ", i)})
	}
	file := write(t, sheet.XLSX, []sheet.Column{{Name: "a"}}, table)
	if rows, err := drain(file); rows != len(table) || !errors.Is(err, io.EOF) {
		t.Fatalf("%d rows: %v", rows, err)
	}
	for at := 0; at < len(file)-100; at += 53 {
		damaged := []byte(file)
		damaged[at] ^= 0xa5
		if rows, err := drain(string(damaged)); errors.Is(err, io.EOF) && rows != len(table) {
			t.Fatalf("damaged at %d: %d rows and no error", at, rows)
		}
	}
	short := edited(t, "xl/worksheets/sheet1.xml", strings.NewReader(`<worksheet><sheetData><row r="1"><c t="str"><v>a</v></c></row><row>`))
	if _, err := drain(short); core.KindOf(err) != core.Invalid {
		t.Errorf("a sheet without its end: %v", err)
	}
}

func TestXLSX_tooManyRowsToWrite(t *testing.T) {
	w, err := sheet.NewWriter(io.Discard, sheet.XLSX, []sheet.Column{{Name: "a"}})
	for i := 0; i < 1<<20 && err == nil; i++ {
		err = w.Write([]string{"x"})
	}
	if core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), "CSV") {
		t.Errorf("error = %v", err)
	}
}
