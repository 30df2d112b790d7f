package web

import (
	"reflect"
	"slices"
)

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
