package app

import (
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

// openSchema gives the document as JSON, or as YAML to who asks for it by ?format=yaml or an Accept header.
func (a *App) openSchema(r *http.Request) (web.File, error) {
	format := r.URL.Query().Get("format")
	if format == "yaml" || format == "" && strings.Contains(r.Header.Get("Accept"), "yaml") {
		text, err := a.schemaYAML()
		return web.File{Type: "application/yaml", Body: text}, err
	}
	text, err := a.schemaJSON()
	return web.File{Type: "application/json", Body: text}, err
}

// render returns a function that makes the document's text.
func (a *App) render(marshal func(*openapi3.T) ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		doc, err := a.Document()
		if err != nil {
			return nil, err
		}
		return marshal(doc)
	}
}

// DocumentYAML renders a document as YAML.
func DocumentYAML(doc *openapi3.T) ([]byte, error) {
	tree, err := doc.MarshalYAML()
	if err != nil {
		return nil, err
	}
	return yaml.Marshal(tree)
}
