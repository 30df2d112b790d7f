package web

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/omni-stock/omnistock/pkg/core"
)

// scalarSchema is the schema of a text, a number or a boolean with the rules that the decoder enforces. It is empty,
// which allows anything, for JSON documents, and unused for nested objects.
func scalarSchema(f *field) *openapi3.Schema {
	switch f.typ {
	case moneyType:
		return decimalSchema(8, 2)
	case totalType:
		return decimalSchema(17, 2)
	case gradeType:
		return decimalSchema(2, 1)
	case percentType:
		return decimalSchema(3, 2)
	case dateType:
		return openapi3.NewStringSchema().WithFormat("date")
	case timeType, timestampType:
		return openapi3.NewDateTimeSchema()
	case uploadType, largeType:
		return openapi3.NewStringSchema().WithFormat("binary")
	}
	switch f.typ.Kind() {
	case reflect.Bool:
		return openapi3.NewBoolSchema()
	case reflect.Int, reflect.Int32, reflect.Int64:
		return integerSchema(f)
	case reflect.String:
		return textSchema(f)
	}
	return openapi3.NewSchema()
}

// decimalSchema is drf-spectacular's form of a DecimalField.
func decimalSchema(whole, places int) *openapi3.Schema {
	pattern := fmt.Sprintf(`^-?\d{0,%d}(?:\.\d{0,%d})?$`, whole, places)
	return openapi3.NewStringSchema().WithFormat("decimal").WithPattern(pattern)
}

func integerSchema(f *field) *openapi3.Schema {
	s := openapi3.NewIntegerSchema()
	if f.rules.least != nil {
		s.WithMin(float64(*f.rules.least))
	}
	if f.rules.most != nil {
		s.WithMax(float64(*f.rules.most))
	}
	return s
}

func textSchema(f *field) *openapi3.Schema {
	s := openapi3.NewStringSchema()
	r := f.rules
	if r.minLength > 0 {
		s.WithMinLength(int64(r.minLength))
	}
	if r.maxLength > 0 {
		s.WithMaxLength(int64(r.maxLength))
	}
	switch {
	case r.email:
		s.WithFormat("email")
	case r.url:
		s.WithFormat("uri")
	}
	for _, choice := range r.choices {
		s.Enum = append(s.Enum, choice.Value)
	}
	if len(r.choices) > 0 && r.blank {
		s.Enum = append(s.Enum, "")
	}
	if len(r.choices) > 0 && f.null {
		s.Enum = append(s.Enum, nil)
	}
	return s
}

// choiceLabels lists choices as drf-spectacular describes them.
func choiceLabels(choices []core.Choice) string {
	lines := make([]string, len(choices))
	for i, c := range choices {
		lines[i] = fmt.Sprintf("* `%s` - %s", c.Value, c.Label)
	}
	return strings.Join(lines, "\n")
}
