package web

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bunrouter"

	"github.com/omni-stock/omnistock/pkg/core"
)

// demand says whether required fields must be there.
type demand uint8

const (
	requireAll demand = iota
	requireNone
)

// A Validator is an input with rules that one field's tag can't express. Validate is called also where single fields
// are wrong; those count as not sent.
type Validator interface{ Validate() core.Fields }

// A Sifter is an input of which some parameters count in certain company only: Sift deletes the others from the query.
type Sifter interface{ Sift(query url.Values) }

// decode reads path, query and body of a request into dst, a struct of o's type.
func (o *object) decode(r bunrouter.Request, op *Operation, dst reflect.Value) error {
	if err := o.fillPath(r.Param, dst); err != nil {
		return err
	}
	query, err := parseForm(r.URL.RawQuery)
	if err != nil {
		return err
	}
	if sifter, ok := dst.Addr().Interface().(Sifter); ok {
		sifter.Sift(query)
	}
	wrong := o.fillQuery(query, dst)
	if o.hasBody() {
		sent, err := o.readBody(r.Request, op.accepts())
		if err != nil {
			return err
		}
		maps.Copy(wrong, o.fill(sent, dst, demandOf(r.Method)))
	}
	validate(dst, wrong)
	return core.InvalidFields(wrong)
}

func demandOf(method string) demand {
	if method == http.MethodPatch {
		return requireNone
	}
	return requireAll
}

// validate adds what a Validator says of fields that are not wrong already.
func validate(dst reflect.Value, wrong core.Fields) {
	validator, ok := dst.Addr().Interface().(Validator)
	if !ok {
		return
	}
	for name, msgs := range validator.Validate() {
		if wrong[name] == nil {
			wrong[name] = msgs
		}
	}
}

// fill converts the members that o knows into dst and says what is wrong with them; others are ignored.
func (o *object) fill(sent members, dst reflect.Value, need demand) core.Fields {
	wrong := core.Fields{}
	for _, f := range o.fields {
		if f.place != inBody {
			continue
		}
		v, ok := sent(f.name)
		switch {
		case !ok && f.rules.required && need == requireAll:
			wrong.Add(f.name, f.missing())
		case ok && !f.isLeftEmpty(v):
			if problem := f.set(v, dst.FieldByIndex(f.index)); problem != nil {
				wrong[f.name] = problem
			}
		}
	}
	return wrong
}

// set writes v to a struct's field: an Optional, or the value itself. A field that is wrong stays unsent.
func (f *field) set(v value, dst reflect.Value) any {
	target := dst
	if f.opt {
		target = dst.Field(2)
	}
	if v.kind == nullKind || f.readsAsNull(v) {
		if !f.null {
			return []string{msgNull}
		}
		f.mark(dst, true)
		return nil
	}
	if problem := f.convert(v, target); problem != nil {
		return problem
	}
	f.mark(dst, false)
	return nil
}

// isLeftEmpty reports whether v is an input of a form that was not filled in, where the field may be absent.
func (f *field) isLeftEmpty(v value) bool {
	return v.raw == nil && v.text == "" && !f.rules.required && !f.null && !f.rules.blank
}

// readsAsNull reports whether v is a text that Django REST framework takes for the null of such a field.
func (f *field) readsAsNull(v value) bool {
	switch {
	case v.kind != textKind:
		return false
	case f.rules.pk:
		return v.text == ""
	case f.typ.Kind() == reflect.Bool:
		return f.null && slices.Contains([]string{"", "null", "Null", "NULL"}, v.text)
	case isDecimal(f.typ):
		return f.null && trim(v.text) == ""
	}
	return v.raw == nil && v.text == "" && f.null && !f.rules.blank
}

func (f *field) mark(dst reflect.Value, null bool) {
	if f.opt {
		dst.Field(0).SetBool(true)
		dst.Field(1).SetBool(null)
	}
}

func (o *object) hasBody() bool {
	for _, f := range o.fields {
		if f.place == inBody {
			return true
		}
	}
	return false
}

// fillPath reads ids and names. An id that is no number names nothing.
func (o *object) fillPath(param func(string) string, dst reflect.Value) error {
	for _, f := range o.fields {
		if f.place != inPath {
			continue
		}
		target, text := dst.FieldByIndex(f.index), param(f.name)
		switch isText := f.typ.Kind() == reflect.String; {
		case isText && utf8.ValidString(text) && !strings.ContainsRune(text, 0):
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
