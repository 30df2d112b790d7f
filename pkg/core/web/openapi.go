package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Info is the head of the document.
type Info struct {
	Title, Version, Description string
	Tags                        []Tag // in the order in which they are shown
}

// A Tag is a group of operations.
type Tag struct{ Name, Description string }

// NewDocument describes the operations in OpenAPI 3.0.3, in drf-spectacular's style, from the very types that they
// decode and encode. It panics where two types would share a component's name.
func NewDocument(info Info, ops []Operation) (*openapi3.T, error) {
	b := newSchemaBuilder()
	doc := &openapi3.T{
		OpenAPI: "3.0.3",
		Info:    &openapi3.Info{Title: info.Title, Version: info.Version, Description: info.Description},
		Paths:   openapi3.NewPaths(),
	}
	for _, tag := range info.Tags {
		doc.Tags = append(doc.Tags, &openapi3.Tag{Name: tag.Name, Description: tag.Description})
	}
	for i := range ops {
		if !ops[i].Hidden {
			doc.AddOperation(ops[i].Route(), ops[i].Method, b.operation(&ops[i]))
		}
	}
	doc.Components = &openapi3.Components{
		Schemas: b.schemas,
		SecuritySchemes: openapi3.SecuritySchemes{
			"jwtAuth": {Value: openapi3.NewJWTSecurityScheme()},
		},
	}
	return reload(doc)
}

// reload writes and reads the document, so that its references are resolved, and validates it.
func reload(doc *openapi3.T) (*openapi3.T, error) {
	text, err := doc.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("marshal document: %w", err)
	}
	loaded, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("reload document: %w", err)
	}
	if err := loaded.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("validate document: %w", err)
	}
	return loaded, nil
}

// documentPath spells :id as {id}, and *key, which takes in the rest, as {key}.
func documentPath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name := strings.TrimLeft(part, ":*"); name != part {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func (b *schemaBuilder) operation(op *Operation) *openapi3.Operation {
	in, out := op.Endpoint.shapes()
	if in == nil {
		panic(fmt.Sprintf("web: operation %s: neither typed nor hidden", op.ID))
	}
	doc := &openapi3.Operation{
		OperationID: op.ID, Summary: op.Summary, Description: op.Description, Tags: []string{op.Tag},
		Security: securityOf(op.Access), Responses: openapi3.NewResponses(),
	}
	doc.Responses.Delete("default")
	for _, f := range in.fields {
		if f.place != inBody {
			doc.AddParameter(b.parameter(f))
		}
	}
	for _, parameter := range op.headers() {
		doc.AddParameter(parameter)
	}
	if in.hasBody() {
		body := openapi3.NewContentWithSchemaRef(b.request(in, op.Method), op.mediaTypes())
		doc.RequestBody = &openapi3.RequestBodyRef{Value: &openapi3.RequestBody{Content: body, Required: in.isRequired(op)}}
	}
	success := openapi3.NewResponse().WithDescription(http.StatusText(op.status()))
	if op.status() != http.StatusNoContent {
		success.Content = b.answer(op, out)
	}
	doc.AddResponse(op.status(), success)
	if op.Replays {
		doc.AddResponse(http.StatusOK, openapi3.NewResponse().WithDescription("It was done before.").WithJSONSchemaRef(b.response(out)))
	}
	if op.Method == http.MethodGet && !op.Plain {
		doc.AddResponse(http.StatusNotModified, openapi3.NewResponse().WithDescription(http.StatusText(http.StatusNotModified)))
	}
	for _, status := range op.failures(in) {
		doc.AddResponse(status, b.failure(status))
	}
	return doc
}

// answer is what the operation answers with: JSON, or a file.
func (b *schemaBuilder) answer(op *Operation, out *object) openapi3.Content {
	if download, ok := op.Endpoint.(interface{ mediaTypes() []string }); ok {
		return openapi3.NewContentWithSchema(openapi3.NewStringSchema().WithFormat("binary"), download.mediaTypes())
	}
	return openapi3.NewContentWithJSONSchemaRef(b.response(out))
}

func securityOf(access Access) *openapi3.SecurityRequirements {
	jwt := openapi3.SecurityRequirement{"jwtAuth": []string{}}
	switch access {
	case Open:
		return openapi3.NewSecurityRequirements()
	case Public:
		return openapi3.NewSecurityRequirements().With(jwt).With(openapi3.SecurityRequirement{})
	}
	return openapi3.NewSecurityRequirements().With(jwt)
}

// failures lists the statuses of failure that the operation can answer with.
func (op *Operation) failures(in *object) []int {
	statuses := append([]int{http.StatusInternalServerError}, op.Fails...)
	if !op.Plain {
		statuses = append(statuses, http.StatusNotFound, http.StatusNotAcceptable, http.StatusServiceUnavailable)
	}
	if in.hasBody() {
		statuses = append(statuses, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	if in.hasQuery() {
		statuses = append(statuses, http.StatusBadRequest)
	}
	if op.Access != Open {
		statuses = append(statuses, http.StatusUnauthorized)
	}
	if op.Access == Staff {
		statuses = append(statuses, http.StatusForbidden)
	}
	if op.Method != http.MethodGet && !op.Plain {
		statuses = append(statuses, http.StatusPreconditionFailed)
	}
	if op.keepsAnswers() {
		statuses = append(statuses, http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest)
	}
	if op.Limit.Calls > 0 {
		statuses = append(statuses, http.StatusTooManyRequests)
	}
	slices.Sort(statuses)
	return slices.Compact(statuses)
}

// keepsAnswers reports whether the operation heeds an Idempotency-Key.
func (op *Operation) keepsAnswers() bool {
	return op.Method == http.MethodPost && op.Access >= LoggedIn
}

// headers lists the request headers that the operation heeds.
func (op *Operation) headers() (parameters []*openapi3.Parameter) {
	add := func(name, description string) {
		parameter := openapi3.NewHeaderParameter(name).WithSchema(openapi3.NewStringSchema())
		parameter.Description = description
		parameters = append(parameters, parameter)
	}
	if op.IfMatch {
		add("If-Match", "The ETag of the state that is to be changed; 412 if it is another one by now.")
	}
	if op.keepsAnswers() {
		add("Idempotency-Key", "A name for this request, for 24 hours: sent again with it, it is answered and not done again.")
	}
	if op.Method == http.MethodGet && !op.Plain {
		add("If-None-Match", "The ETag of the state that the client has; 304 if it is still that.")
	}
	return parameters
}

func (o *object) hasQuery() bool {
	return slices.ContainsFunc(o.fields, func(f *field) bool { return f.place == inQuery })
}

// isRequired reports whether an empty body would lack a required field.
func (o *object) isRequired(op *Operation) bool {
	return op.Method != http.MethodPatch && slices.ContainsFunc(o.fields, func(f *field) bool {
		return f.place == inBody && f.rules.required
	})
}
