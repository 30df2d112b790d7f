package sheet

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"io"
	"regexp"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// xlsxParts are what a workbook needs beside its sheet: in it the first style is plain, the second the header's, the third
// that of texts, so that what is typed into such a cell stays one.
var xlsxParts = []struct{ name, content string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	sheetStart = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`
	sheetEnd   = `</sheetData></worksheet>`

	headerStyle, textStyle = "1", "2"

	maxXLSXRows = 1 << 20
)

// xlsxWriter writes a workbook with one sheet.
type xlsxWriter struct {
	archive *zip.Writer
	sheet   *bufio.Writer
	columns []Column
	names   []string // of the columns: A, B, …, AA
	row     int
	line    []byte
}

func newXLSXWriter(w io.Writer, columns []Column) (Writer, error) {
	t := &xlsxWriter{archive: zip.NewWriter(w), columns: columns}
	t.archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, part := range xlsxParts {
		if err := t.addPart(part.name, part.content); err != nil {
			return nil, err
		}
	}
	sheet, err := t.archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	t.sheet = bufio.NewWriterSize(sheet, 64<<10)
	line := append([]byte(xmlHead), sheetStart...)
	header := make([]string, len(columns))
	for i, column := range columns {
		header[i] = column.Name
		t.names = append(t.names, columnName(i))
		n := strconv.Itoa(i + 1)
		line = append(line, `<col min="`+n+`" max="`+n+`" width="16" customWidth="1"`...)
		if !column.Number {
			line = append(line, ` style="`+textStyle+`"`...)
		}
		line = append(line, "/>"...)
	}
	if _, err := t.sheet.Write(append(line, "</cols><sheetData>"...)); err != nil {
		return nil, err
	}
	return t, t.write(header, true)
}

func (t *xlsxWriter) addPart(name, content string) error {
	part, err := t.archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(part, xmlHead+content)
	return err
}

func (t *xlsxWriter) Write(cells []string) error {
	if isBlank(cells) {
		return nil
	}
	return t.write(cells, false)
}

// plainNumber is one that a spreadsheet, which counts with 15 digits, shows as it is.
var plainNumber = regexp.MustCompile(`^-?\d{1,13}(\.\d{1,2})?$`)

func (t *xlsxWriter) write(cells []string, isHeader bool) error {
	if t.row++; t.row > maxXLSXRows {
		return core.Errorf(core.Invalid, "a sheet of XLSX holds %d rows: take CSV", maxXLSXRows)
	}
	number := strconv.Itoa(t.row)
	b := t.line[:0]
	b = append(b, `<row r="`+number+`">`...)
	for i, text := range cells {
		if text == "" {
			continue
		}
		b = append(append(append(b, `<c r="`...), t.names[i]...), number...)
		switch {
		case isHeader:
			b = appendInline(b, headerStyle, text)
		case t.columns[i].Number && plainNumber.MatchString(text):
			b = append(append(append(b, `"><v>`...), text...), "</v></c>"...)
		default:
			b = appendInline(b, textStyle, text)
		}
	}
	b = append(b, "</row>"...)
	t.line = b
	_, err := t.sheet.Write(b)
	return err
}

func appendInline(b []byte, style, text string) []byte {
	b = append(b, `" s="`+style+`" t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendXML(b, text), "</t></is></c>"...)
}

func (t *xlsxWriter) Close() error {
	if _, err := t.sheet.WriteString(sheetEnd); err != nil {
		return err
	}
	if err := t.sheet.Flush(); err != nil {
		return err
	}
	return t.archive.Close()
}

// columnName is the name of a column, from 0: A, Z, AA.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
