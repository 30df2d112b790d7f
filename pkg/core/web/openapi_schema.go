package web

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// schemaBuilder makes component schemas of objects, each once.
type schemaBuilder struct {
	schemas openapi3.Schemas
	owners  map[string]owner // whose a component's name is
}

// An owner is a type in one of its two uses: what a request must hold is not what a response always holds.
type owner struct {
	body  reflect.Type
	input bool
}

func newSchemaBuilder() *schemaBuilder {
	b := &schemaBuilder{schemas: openapi3.Schemas{}, owners: map[string]owner{"Error": {}, "ValidationError": {}}}
	b.schemas["Error"] = openapi3.NewSchemaRef("", errorSchema())
	b.schemas["ValidationError"] = openapi3.NewSchemaRef("", validationErrorSchema())
	return b
}

func ref(name string) *openapi3.SchemaRef {
	return openapi3.NewSchemaRef("#/components/schemas/"+name, nil)
}

// errorSchema is the body of every failure but a validation error.
func errorSchema() *openapi3.Schema {
	s := openapi3.NewObjectSchema().
		WithProperty("detail", openapi3.NewStringSchema()).
		WithProperty("code", openapi3.NewStringSchema()).
		WithRequired([]string{"detail"})
	s.Description = "What went wrong and, for credentials, a code."
	return s.WithAnyAdditionalProperties()
}

// validationErrorSchema is a body that names what is wrong with which field, or the detail of an unreadable body.
func validationErrorSchema() *openapi3.Schema {
	s := openapi3.NewObjectSchema().WithAnyAdditionalProperties()
	s.Description = "For each field its messages; for a nested object the same again; non_field_errors for the whole."
	return s
}

func (b *schemaBuilder) failure(status int) *openapi3.Response {
	name := "Error"
	if status == http.StatusBadRequest {
		name = "ValidationError"
	}
	return openapi3.NewResponse().WithDescription(http.StatusText(status)).WithJSONSchemaRef(ref(name))
}

// request is the component of an input; that of a PATCH requires nothing.
func (b *schemaBuilder) request(o *object, method string) *openapi3.SchemaRef {
	name, need := o.name, requireAll
	if method == http.MethodPatch {
		name, need = "Patched"+name, requireNone
	}
	return b.component(name, o, func() *openapi3.Schema {
		s := b.object(o)
		for _, f := range o.fields {
			if f.rules.required && f.place == inBody && need == requireAll {
				s.Required = append(s.Required, f.name)
			}
		}
		return s
	})
}

// response is the component of an output: all members are always there but those that are left out where empty.
func (b *schemaBuilder) response(o *object) *openapi3.SchemaRef {
	if o.typ == reflect.TypeFor[Nothing]() {
		return openapi3.NewSchemaRef("", openapi3.NewObjectSchema())
	}
	item := b.component(o.name, o, func() *openapi3.Schema {
		s := b.object(o)
		for _, f := range o.fields {
			if !f.omit {
				s.Required = append(s.Required, f.name)
			}
		}
		return s
	})
	if !o.list {
		return item
	}
	list := openapi3.NewArraySchema()
	list.Items = item
	return openapi3.NewSchemaRef("", list)
}

// component builds a schema once and returns a reference to it.
func (b *schemaBuilder) component(name string, o *object, build func() *openapi3.Schema) *openapi3.SchemaRef {
	known, ok := b.owners[name]
	if ok && known != (owner{o.body, o.input}) {
		panic(fmt.Sprintf("web: component %s is %s and %s, or a request and a response", name, known.body, o.typ))
	}
	if !ok {
		b.owners[name] = owner{o.body, o.input}
		s := build()
		slices.Sort(s.Required)
		b.schemas[name] = openapi3.NewSchemaRef("", s)
	}
	return ref(name)
}

func (b *schemaBuilder) object(o *object) *openapi3.Schema {
	s := openapi3.NewObjectSchema()
	for _, f := range o.fields {
		if f.place == inBody {
			s.WithPropertyRef(f.name, b.field(f, o))
		}
	}
	return s
}

// field is the schema of a member. A nested object of a request is a request, of a response a response.
func (b *schemaBuilder) field(f *field, parent *object) *openapi3.SchemaRef {
	item := openapi3.NewSchemaRef("", scalarSchema(f))
	switch {
	case f.object != nil && parent.input:
		item = b.request(f.object, http.MethodPost)
	case f.object != nil:
		item = b.response(f.object)
	}
	if f.list {
		list := openapi3.NewArraySchema()
		list.Items = item
		if parent.input {
			list.WithMaxItems(maxElements)
		}
		item = openapi3.NewSchemaRef("", list)
	}
	if item.Ref == "" {
		item.Value.Description, item.Value.Nullable = describeField(f), f.null
		return item
	}
	if !f.null && f.help == "" {
		return item
	}
	wrapper := &openapi3.Schema{AllOf: openapi3.SchemaRefs{item}, Nullable: f.null, Description: f.help}
	return openapi3.NewSchemaRef("", wrapper)
}

func describeField(f *field) string {
	if len(f.rules.choices) == 0 {
		return f.help
	}
	if f.help == "" {
		return choiceLabels(f.rules.choices)
	}
	return f.help + "\n\n" + choiceLabels(f.rules.choices)
}

func (b *schemaBuilder) parameter(f *field) *openapi3.Parameter {
	parameter := openapi3.NewQueryParameter(f.name)
	if f.place == inPath {
		parameter = openapi3.NewPathParameter(f.name)
	}
	parameter.Description = f.help
	return parameter.WithSchema(scalarSchema(f))
}
