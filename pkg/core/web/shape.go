package web

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
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
	for sf := range t.Fields() {
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

func hasBody(t reflect.Type) bool {
	for sf := range t.Fields() {
		if sf.Tag.Get("json") != "" {
			return true
		}
	}
	return false
}

// componentName is the type's name in the document: vendorResponse is Vendor, vendorRequest is VendorRequest.
func componentName(t reflect.Type) string {
	name := strings.TrimSuffix(t.Name(), "Response")
	if name == "" {
		return ""
	}
	return string(unicode.ToUpper(rune(name[0]))) + name[1:]
}
