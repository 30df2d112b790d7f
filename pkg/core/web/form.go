package web

import (
	"reflect"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Form reads an input from texts by the rules of its fields, for what does not come by HTTP, such as rows of a table.
// So the rules stand in one place.
type Form[In any] struct {
	object   *object
	nullable map[string]bool
}

// NewForm returns the form of a request's type.
func NewForm[In any]() *Form[In] {
	f := &Form[In]{object: newInput(reflect.TypeFor[In]()), nullable: map[string]bool{}}
	for _, field := range f.object.fields {
		f.nullable[field.name] = field.null
	}
	return f
}

// Fill reads the fields of the body for which there is a text into in, and says what is wrong with them. A text of white
// space is null where the field may be null, and does not count where the field may be absent. Fields that are required
// may be absent here: see Missing.
func (f *Form[In]) Fill(in *In, text func(field string) (string, bool)) core.Fields {
	dst := reflect.ValueOf(in).Elem()
	wrong := f.object.fill(func(name string) (value, bool) {
		text, ok := text(name)
		if trimmed := trim(text); trimmed == "" {
			text = ""
			if f.nullable[name] {
				return value{kind: nullKind}, ok
			}
		}
		return formValue(text), ok
	}, dst, requireNone)
	validate(dst, wrong)
	return wrong
}

// Missing says which required fields are not there.
func (f *Form[In]) Missing(has func(field string) bool) core.Fields {
	missing := core.Fields{}
	for _, field := range f.object.fields {
		if field.place == inBody && field.rules.required && !has(field.name) {
			missing.Add(field.name, field.missing())
		}
	}
	return missing
}
