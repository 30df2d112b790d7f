package app

import (
	"embed"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

// docs holds Swagger UI (swagger-ui-dist, Apache-2.0), compressed, and the page that starts it: scripts/swagger-ui
// brings a newer release.
//
//go:embed docs
var docs embed.FS

// serveDocument gives the document as JSON, or as YAML to who asks for it by ?format=yaml or an Accept header.
func (a *App) serveDocument(w http.ResponseWriter, r *http.Request) {
	doc, err := a.Document()
	if err != nil {
		slog.ErrorContext(r.Context(), "document", "error", err)
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	format := r.URL.Query().Get("format")
	wantsYAML := strings.Contains(r.Header.Get("Accept"), "yaml") && format == ""
	if format == "yaml" || wantsYAML {
		text, err := DocumentYAML(doc)
		if err != nil {
			http.Error(w, "", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/yaml")
		_, _ = w.Write(text)
		return
	}
	web.WriteJSON(w, http.StatusOK, doc)
}

// DocumentYAML renders a document as YAML.
func DocumentYAML(doc *openapi3.T) ([]byte, error) {
	tree, err := doc.MarshalYAML()
	if err != nil {
		return nil, err
	}
	return yaml.Marshal(tree)
}

// docsPolicy lets the page run its own script and style and call its own server, nothing else.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; frame-ancestors 'none'"

func serveDocs(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", docsPolicy)
	http.ServeFileFS(w, r, docs, "docs/index.html")
}

// serveDocsAsset gives a script or style sheet. The large ones are stored compressed; every browser that runs
// Swagger UI reads gzip.
func serveDocsAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	w.Header().Set("Cache-Control", "public, max-age=3600")
	text, err := docs.ReadFile("docs/" + name + ".gz")
	if err != nil {
		http.ServeFileFS(w, r, docs, "docs/"+name)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(text)
}
