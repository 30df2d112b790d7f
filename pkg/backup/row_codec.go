package backup

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// A row is a JSON list of its values: numbers, true, false and null as such; amounts, days and moments (UTC, to the
// microsecond) as text; a document as it is.

var documentType = reflect.TypeFor[core.JSON]()

// documentForm is how a row shows its documents.
type documentForm int

const (
	asStored  documentForm = iota
	canonical              // the same text for the same document, whichever engine keeps it
)

// appendRow appends a row, which is a struct of the table's model, without a line's end.
func (t *table) appendRow(b []byte, row reflect.Value, form documentForm) (_ []byte, err error) {
	b = append(b, '[')
	for i, f := range t.fields {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendValue(b, f.Value(row), form); err != nil {
			return nil, fmt.Errorf("%s.%s of the row %v: %w", t.name, f.Name, t.pk.Value(row).Interface(), err)
		}
	}
	return append(b, ']'), nil
}

func appendValue(b []byte, v reflect.Value, form documentForm) ([]byte, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		v = v.Elem()
	}
	switch value := v.Addr().Interface().(type) {
	case *time.Time:
		return web.AppendText(b, core.Timestamp(*value)), nil
	case *core.JSON:
		return appendDocument(b, *value, form)
	case encoding.TextAppender:
		return web.AppendText(b, value), nil
	}
	switch v.Kind() {
	case reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return nil, fmt.Errorf("it is not valid Unicode: mend it, then make the backup")
		}
		return web.AppendString(b, v.String()), nil
	}
	return nil, fmt.Errorf("no archive holds a %s", v.Type())
}

func appendDocument(b []byte, document core.JSON, form documentForm) ([]byte, error) {
	if form == asStored || len(document) <= len("{}") {
		return web.AppendJSONText(b, document), nil
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("it is no document: %w", err)
	}
	text, err := json.Marshal(withCanonicalNumbers(value)) // which sorts the names
	return append(b, text...), err
}

func withCanonicalNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		return core.CanonicalNumber(v)
	case []any:
		for i := range v {
			v[i] = withCanonicalNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = withCanonicalNumbers(v[name])
		}
	}
	return value
}

// readRow reads a line into a row, which is a zero struct of the table's model.
func (t *table) readRow(line []byte, row reflect.Value) error {
	var values []json.RawMessage
	if err := json.Unmarshal(line, &values); err != nil {
		return fmt.Errorf("%s: a row is a list of values: %w", t.name, err)
	}
	if len(values) != len(t.fields) {
		return fmt.Errorf("%s: a row has %d values, %d are expected", t.name, len(values), len(t.fields))
	}
	for i, f := range t.fields {
		if err := fixtures.Decode(values[i], f.Value(row)); err != nil {
			return fmt.Errorf("%s.%s: %w", t.name, f.Name, err)
		}
	}
	return nil
}
