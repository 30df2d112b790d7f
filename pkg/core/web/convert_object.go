package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/omni-stock/omnistock/pkg/core"
)

// convert reads a nested object. Its required fields are required whatever the method.
func (o *object) convert(v value, dst reflect.Value) any {
	if v.kind != dictKind {
		return core.Fields{core.NonField: []string{notADict(v.kind)}}
	}
	sent, err := v.members()
	if err != nil {
		return core.Fields{core.NonField: []string{msgNotJSON}}
	}
	if wrong := o.fill(sent, dst, requireAll); len(wrong) > 0 {
		return wrong
	}
	return nil
}

func notADict(kind valueKind) string {
	return fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.", kind)
}

// maxElements bounds the arrays of a request: each element costs far more memory than the bytes that spell it.
const maxElements = 1000

// elements splits an array; msg says why it cannot.
func (v value) elements() (elements []json.RawMessage, msg string) {
	if v.kind != listKind || json.Unmarshal(v.raw, &elements) != nil {
		return nil, fmt.Sprintf("Expected a list of items but got type \"%s\".", v.kind)
	}
	if len(elements) > maxElements {
		return nil, fmt.Sprintf("Ensure this field has no more than %d elements.", maxElements)
	}
	return elements, ""
}

// convertNumbers reads an array of whole numbers.
func (f *field) convertNumbers(v value, dst reflect.Value) []string {
	elements, msg := v.elements()
	if msg != "" {
		return []string{msg}
	}
	list := reflect.MakeSlice(reflect.SliceOf(f.typ), len(elements), len(elements))
	for i, element := range elements {
		if msgs := f.convertInt(newValue(element), list.Index(i)); len(msgs) > 0 {
			return msgs
		}
	}
	dst.Set(list)
	return nil
}

// convertList reads an array of nested objects.
func (f *field) convertList(v value, dst reflect.Value) any {
	elements, msg := v.elements()
	if msg != "" {
		return core.Fields{core.NonField: []string{msg}}
	}
	list := reflect.MakeSlice(reflect.SliceOf(f.typ), len(elements), len(elements))
	wrong, broken := make([]core.Fields, len(elements)), false
	for i, element := range elements {
		wrong[i] = core.Fields{}
		if fields, ok := f.object.convert(newValue(element), list.Index(i)).(core.Fields); ok {
			wrong[i], broken = fields, true
		}
	}
	if broken {
		return wrong
	}
	dst.Set(list)
	return nil
}

// convertJSON takes a document that both engines can keep.
func convertJSON(v value, dst reflect.Value) []string {
	raw := v.raw
	if raw == nil {
		raw = []byte(v.text)
	}
	if !json.Valid(raw) || !isStorable(raw) {
		return []string{msgNotJSON}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return []string{msgNotJSON}
	}
	dst.SetBytes(compact.Bytes())
	return nil
}
