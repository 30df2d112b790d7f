package web

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

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
	totalType     = reflect.TypeFor[core.Total]()
	gradeType     = reflect.TypeFor[core.Grade]()
	percentType   = reflect.TypeFor[core.Percent]()
	dateType      = reflect.TypeFor[core.Date]()
	timeType      = reflect.TypeFor[time.Time]()
	timestampType = reflect.TypeFor[core.Timestamp]()
	jsonType      = reflect.TypeFor[core.JSON]()
	uploadType    = reflect.TypeFor[core.Upload]()
	largeType     = reflect.TypeFor[core.LargeUpload]()
)

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
	return t == dateType || t == timeType || t == timestampType || t == uploadType || t == largeType
}

// isReadable reports whether there is a reader for such a field of a request.
func (f *field) isReadable() bool {
	kind := f.typ.Kind()
	switch {
	case f.object != nil:
		return f.place == inBody
	case f.list:
		return f.place == inBody && kind == reflect.Int64
	case f.place == inPath:
		return kind == reflect.String || kind == reflect.Int64
	}
	return slices.Contains([]reflect.Kind{reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.String}, kind) ||
		slices.Contains([]reflect.Type{dateType, timeType, jsonType, uploadType, largeType}, f.typ)
}
