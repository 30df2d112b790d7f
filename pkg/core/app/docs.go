package app

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// docs holds Swagger UI (swagger-ui-dist, Apache-2.0), compressed, and the page that starts it: scripts/swagger-ui
// brings a newer release.
//
//go:embed docs
var docs embed.FS

// docsPolicy lets the page run its own script and style and call its own server, nothing else.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; frame-ancestors 'none'"

// docsTypes are the media types of the assets by their extension. They don't come from the machine, whose own table
// may disagree with what a browser must be told.
var docsTypes = map[string]string{
	"":     "text/plain; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
}

func openDocs(*http.Request) (web.File, error) {
	body, err := docs.ReadFile("docs/index.html")
	return web.File{
		Type: "text/html; charset=utf-8", Body: body,
		Header: map[string]string{"Content-Security-Policy": docsPolicy},
	}, err
}

// openDocsAsset gives a script or style sheet. The large ones are stored compressed, and sent so: every browser that
// runs Swagger UI reads gzip.
func openDocsAsset(r *http.Request) (web.File, error) {
	name := path.Base(r.URL.Path)
	file := web.File{Type: docsTypes[path.Ext(name)], Header: map[string]string{"Cache-Control": "public, max-age=3600"}}
	if file.Type == "" {
		return web.File{}, core.Errorf(core.NotFound, "Not found.")
	}
	var err error
	if file.Body, err = docs.ReadFile("docs/" + name + ".gz"); err == nil {
		file.Header["Content-Encoding"] = "gzip"
		return file, nil
	}
	if file.Body, err = docs.ReadFile("docs/" + name); errors.Is(err, fs.ErrNotExist) {
		return web.File{}, core.Errorf(core.NotFound, "Not found.")
	}
	if err != nil {
		return web.File{}, fmt.Errorf("read %s: %w", name, err)
	}
	return file, nil
}
