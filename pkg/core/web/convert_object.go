package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// convert reads a nested object. Its required fields are required whatever the method.
func (o *object) convert(v value, dst reflect.Value) any {
	if v.kind != dictKind {
		return core.Fields{core.NonField: []string{notADict(v.kind)}}
	}
	members, err := v.members()
	if err != nil {
		return core.Fields{core.NonField: []string{msgNotJSON}}
	}
	if wrong := o.fill(members, dst, requireAll); len(wrong) > 0 {
		return wrong
	}
	return nil
}

func notADict(kind valueKind) string {
	return fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.", kind)
}

// convertList reads an array of nested objects.
func (f *field) convertList(v value, dst reflect.Value) any {
	elements, err := v.elements()
	if v.kind != listKind || err != nil {
		msg := fmt.Sprintf("Expected a list of items but got type \"%s\".", v.kind)
		return core.Fields{core.NonField: []string{msg}}
	}
	list := reflect.MakeSlice(reflect.SliceOf(f.typ), len(elements), len(elements))
	wrong, broken := make([]core.Fields, len(elements)), false
	for i, element := range elements {
		wrong[i] = core.Fields{}
		if fields, ok := f.object.convert(element, list.Index(i)).(core.Fields); ok {
			wrong[i], broken = fields, true
		}
	}
	if broken {
		return wrong
	}
	dst.Set(list)
	return nil
}

// convertJSON takes a document that both engines can keep: no NUL and no half of a surrogate pair in its texts, no
// number beyond a float's range.
func convertJSON(v value, dst reflect.Value) []string {
	raw := v.raw
	if raw == nil {
		raw = []byte(v.text)
	}
	if !json.Valid(raw) || loneSurrogate(raw) != 0 || hasUnstorable(raw) {
		return []string{msgNotJSON}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return []string{msgNotJSON}
	}
	dst.SetBytes(compact.Bytes())
	return nil
}

func hasUnstorable(raw []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if err != nil {
			return false // the end: the document is valid
		}
		switch t := token.(type) {
		case string:
			if strings.ContainsRune(t, 0) {
				return true
			}
		case json.Number:
			if _, err := strconv.ParseFloat(t.String(), 64); err != nil {
				return true
			}
		}
	}
}
