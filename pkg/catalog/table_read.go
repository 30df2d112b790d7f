package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// MaxFile is how many bytes a file may have: far more than all that was ever printed.
const MaxFile = 32 << 20

// ReadTables reads a file of reference data: JSON, an object whose members are named as the tables are and hold arrays of
// objects, or CSV and XLSX with one table, whose name is given or else that of the file. It fails with core.Invalid, and
// names the row where that is at fault.
func ReadTables(file string, content []byte, name string) ([]Table, error) {
	extension := filepath.Ext(file)
	if strings.EqualFold(extension, ".json") {
		return readJSON(file, content)
	}
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(file), extension)
	}
	if !slices.Contains(TableNames(), name) {
		return nil, core.Errorf(core.Invalid, "%s: %q is no table; there are %s", file, name, strings.Join(TableNames(), ", "))
	}
	t, err := readSheet(file, content, name)
	return []Table{t}, err
}

func readSheet(file string, content []byte, name string) (Table, error) {
	t := Table{Name: name, File: file}
	rows, err := sheet.Open(bytes.NewReader(content), int64(len(content)), sheet.Options{})
	if err != nil {
		return t, core.Errorf(core.Invalid, "%s: %v", file, err)
	}
	header, wrong := slices.Clone(rows.Header()), problems{}
	if twice := firstTwice(header); twice != "" {
		return t, core.Errorf(core.Invalid, "%s: two columns are called %q", file, twice)
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return t, wrong.err()
		}
		if rowErr, ok := errors.AsType[*sheet.RowError](err); ok {
			wrong.add(file, "", "", rowErr.Error())
			continue
		}
		if err != nil {
			return t, core.Errorf(core.Invalid, "%s: %v", file, err)
		}
		record := Record{Place: fmt.Sprintf("row %d", row.Number), Fields: map[string]string{}}
		for i, column := range header {
			record.Fields[column] = strings.TrimSpace(row.Cells[i])
		}
		t.Records = append(t.Records, record)
	}
}

// firstTwice returns what stands in a list twice, or "".
func firstTwice(list []string) string {
	for i, text := range list {
		if slices.Contains(list[:i], text) {
			return text
		}
	}
	return ""
}

func readJSON(file string, content []byte) (tables []Table, err error) {
	var document map[string][]map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		return nil, core.Errorf(core.Invalid, "%s: expected an object of tables, each an array of objects: %v", file, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, core.Errorf(core.Invalid, "%s: there is more behind the end of the object", file)
	}
	wrong := problems{}
	for name := range document {
		if !slices.Contains(TableNames(), name) {
			wrong.add(file, name, "", "there is no such table; there are "+strings.Join(TableNames(), ", "))
		}
	}
	for _, name := range TableNames() {
		t := Table{Name: name, File: file}
		for i, object := range document[name] {
			t.Records = append(t.Records, newRecord(fmt.Sprintf("%s, object %d", name, i+1), object, file, &wrong))
		}
		if len(t.Records) > 0 {
			tables = append(tables, t)
		}
	}
	slices.Sort(wrong)
	return tables, wrong.err()
}

// newRecord takes an object's members as text: null is empty.
func newRecord(place string, object map[string]any, file string, wrong *problems) Record {
	record := Record{Place: place, Fields: map[string]string{}}
	for name, value := range object {
		switch value.(type) {
		case string, json.Number, bool:
			record.Fields[name] = strings.TrimSpace(fmt.Sprint(value))
		case nil:
			record.Fields[name] = ""
		default:
			wrong.add(file, place, name, "a text, a number, true, false or null is expected")
		}
	}
	return record
}
