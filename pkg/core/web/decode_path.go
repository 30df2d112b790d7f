package web

import (
	"net/url"
	"reflect"
	"regexp"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// fillPath reads ids and names. An id that is no number names nothing.
func (o *object) fillPath(param func(string) string, dst reflect.Value) error {
	for _, f := range o.fields {
		if f.place != inPath {
			continue
		}
		target, text := dst.FieldByIndex(f.index), param(f.name)
		switch isText := f.typ.Kind() == reflect.String; {
		case isText && utf8.ValidString(text):
			target.SetString(text)
		case !isText && pathID.MatchString(text):
			target.SetInt(saturate(text))
		default:
			return errNotFound()
		}
	}
	return nil
}

// pathID is a number as a path spells it.
var pathID = regexp.MustCompile(`^[-+]?\d+$`)

// fillQuery reads the query, of each name the last value; empty and undeclared parameters are ignored.
func (o *object) fillQuery(query url.Values, dst reflect.Value) core.Fields {
	wrong := core.Fields{}
	for _, f := range o.fields {
		values := query[f.name]
		if f.place != inQuery || len(values) == 0 || values[len(values)-1] == "" {
			continue
		}
		if problem := f.set(formValue(values[len(values)-1]), dst.FieldByIndex(f.index)); problem != nil {
			wrong[f.name] = problem
		}
	}
	return wrong
}
