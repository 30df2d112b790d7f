package web

import (
	"net/http"
	"net/url"
	"reflect"

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

// decode reads path, query and body of a request into dst, a struct of o's type.
func (o *object) decode(r bunrouter.Request, op *Operation, dst reflect.Value) error {
	if err := o.fillPath(r.Param, dst); err != nil {
		return err
	}
	if wrong := o.fillQuery(r.URL.Query(), dst); len(wrong) > 0 || !o.hasBody() {
		return core.InvalidFields(wrong)
	}
	members, err := readBody(r.Request, op.accepts())
	if err != nil {
		return err
	}
	need := requireAll
	if r.Method == http.MethodPatch {
		need = requireNone
	}
	wrong := o.fill(members, dst, need)
	if validator, ok := dst.Addr().Interface().(Validator); ok {
		for name, msgs := range validator.Validate() {
			if wrong[name] == nil {
				wrong[name] = msgs
			}
		}
	}
	return core.InvalidFields(wrong)
}

// fill converts the members that o knows into dst and says what is wrong with them; others are ignored.
func (o *object) fill(members map[string]value, dst reflect.Value, need demand) core.Fields {
	wrong := core.Fields{}
	for _, f := range o.fields {
		if f.place != inBody {
			continue
		}
		v, sent := members[f.name]
		switch {
		case !sent && f.rules.required && need == requireAll:
			wrong.Add(f.name, msgRequired)
		case sent:
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
	if v.kind == nullKind || f.isFormNull(v) {
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

// isFormNull reports whether v is the empty text by which a form spells the null of a field that is not a text.
func (f *field) isFormNull(v value) bool {
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
		text := param(f.name)
		if f.typ.Kind() == reflect.String {
			dst.FieldByIndex(f.index).SetString(text)
			continue
		}
		if match := wholeNumber.FindStringSubmatch(text); match == nil || match[1] != text {
			return core.Errorf(core.NotFound, "Not found.")
		}
		dst.FieldByIndex(f.index).SetInt(saturate(text))
	}
	return nil
}

// fillQuery reads the texts of the query; parameters that are not declared are ignored.
func (o *object) fillQuery(query url.Values, dst reflect.Value) core.Fields {
	wrong := core.Fields{}
	for _, f := range o.fields {
		if f.place != inQuery || !query.Has(f.name) {
			continue
		}
		if text := query.Get(f.name); text != "" {
			if problem := f.convert(formValue(text), dst.FieldByIndex(f.index)); problem != nil {
				wrong[f.name] = problem
			}
		}
	}
	return wrong
}
