package web

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/omni-stock/omnistock/pkg/core"
)

// place is the part of a request that a field comes from.
type place uint8

const (
	inBody place = iota
	inPath
	inQuery
)

// An object is what the decoder and the document know of a struct.
type object struct {
	name   string // component name in the document
	typ    reflect.Type
	list   bool         // a bare array of such objects
	input  bool         // of a request
	body   reflect.Type // the embedded struct that holds the body's fields; typ where there is none
	fields []*field
}

// A field is one member of an object.
type field struct {
	name   string // on the wire
	place  place
	index  []int        // for reflect.Value.FieldByIndex
	typ    reflect.Type // of the value, without Optional, pointer and slice
	opt    bool         // wrapped in core.Optional
	null   bool         // may be null
	list   bool         // a slice of typ
	omit   bool         // left out of a response where it is empty
	object *object      // for nested objects
	rules  rules
	help   string
}

var (
	chooserType   = reflect.TypeFor[core.Chooser]()
	moneyType     = reflect.TypeFor[core.Money]()
	gradeType     = reflect.TypeFor[core.Grade]()
	percentType   = reflect.TypeFor[core.Percent]()
	dateType      = reflect.TypeFor[core.Date]()
	timeType      = reflect.TypeFor[time.Time]()
	timestampType = reflect.TypeFor[core.Timestamp]()
	jsonType      = reflect.TypeFor[core.JSON]()
	uploadType    = reflect.TypeFor[Upload]()
)

// newObject reflects a struct, or a slice of structs. It panics on a type that no request or response may have: that
// is a mistake of the programmer, found by any test that builds the handler.
func newObject(t reflect.Type) *object {
	if t.Kind() == reflect.Slice {
		o := newObject(t.Elem())
		o.list = true
		return o
	}
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("web: %s is neither a struct nor a slice of structs", t))
	}
	o := &object{typ: t, body: bodyOf(t)}
	o.name = componentName(o.body)
	o.addFields(t, nil)
	return o
}

// bodyOf is the embedded struct that holds all the body's fields, t itself where there is no such one: what is
// embedded beside an id of the path keeps its name in the document.
func bodyOf(t reflect.Type) reflect.Type {
	body := t
	for i := range t.NumField() {
		sf := t.Field(i)
		switch isEmbedded := sf.Anonymous && sf.Type.Kind() == reflect.Struct; {
		case sf.Tag.Get("json") != "", isEmbedded && hasBody(sf.Type) && body != t:
			return t
		case isEmbedded && hasBody(sf.Type):
			body = sf.Type
		}
	}
	return body
}

func (o *object) addFields(t reflect.Type, index []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(append([]int(nil), index...), i)
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			o.addFields(sf.Type, at)
			continue
		}
		if f := newField(sf, at); f != nil {
			o.fields = append(o.fields, f)
		}
	}
}

// newInput reflects a request.
func newInput(t reflect.Type) *object {
	o := newObject(t)
	o.markInput()
	return o
}

func (o *object) markInput() {
	o.input = true
	for _, f := range o.fields {
		if !f.isReadable() {
			panic(fmt.Sprintf("web: field %s of %s: no reader for %s", f.name, o.typ, f.typ))
		}
		if f.object != nil {
			f.object.markInput()
		}
	}
}

// isReadable reports whether there is a reader for such a field of a request.
func (f *field) isReadable() bool {
	kind := f.typ.Kind()
	switch {
	case f.object != nil:
		return f.place == inBody
	case f.list:
		return false
	case f.place == inPath:
		return kind == reflect.String || kind == reflect.Int64
	}
	return slices.Contains([]reflect.Kind{reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.String}, kind) ||
		slices.Contains([]reflect.Type{dateType, timeType, jsonType, uploadType}, f.typ)
}

func hasBody(t reflect.Type) bool {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("json") != "" {
			return true
		}
	}
	return false
}

func newField(sf reflect.StructField, index []int) *field {
	f := &field{index: index, typ: sf.Type, rules: parseRules(sf), help: sf.Tag.Get("help")}
	for tag, where := range map[string]place{"json": inBody, "path": inPath, "query": inQuery} {
		if name, options, _ := strings.Cut(sf.Tag.Get(tag), ","); name != "" {
			f.name, f.place, f.omit = name, where, strings.HasPrefix(options, "omit")
		}
	}
	if f.name == "" || f.name == "-" {
		return nil
	}
	f.unwrap()
	if f.typ.Kind() == reflect.Struct && !isScalar(f.typ) {
		f.object = newObject(f.typ)
	}
	return f
}

// unwrap takes Optional, pointer and slice off the field's type.
func (f *field) unwrap() {
	if f.typ.Kind() == reflect.Struct && strings.HasPrefix(f.typ.Name(), "Optional[") {
		f.opt = true
		f.typ = f.typ.Field(2).Type
	}
	f.null = f.rules.null
	if f.typ.Kind() == reflect.Pointer {
		f.null = true
		f.typ = f.typ.Elem()
	}
	if f.typ.Kind() == reflect.Slice && f.typ != jsonType {
		f.list = true
		f.typ = f.typ.Elem()
	}
	if f.typ.Implements(chooserType) {
		f.rules.choices = reflect.Zero(f.typ).Interface().(core.Chooser).Choices()
	}
}

func isScalar(t reflect.Type) bool {
	return t == dateType || t == timeType || t == timestampType || t == uploadType
}

// componentName is the type's name in the document: vendorResponse is Vendor, vendorRequest is VendorRequest.
func componentName(t reflect.Type) string {
	name := strings.TrimSuffix(t.Name(), "Response")
	if name == "" {
		return ""
	}
	return string(unicode.ToUpper(rune(name[0]))) + name[1:]
}
