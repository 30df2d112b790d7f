package storage

import (
	"net/http"
	"path"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// cacheForever is right for objects that never change: another image gets another key.
const cacheForever = "public, max-age=31536000, immutable"

// Module is what the program takes from this package.
func (im *Images) Module() app.Module {
	return app.Module{
		Name: "storage",
		Operations: []web.Operation{{
			Method: http.MethodGet, Path: mediaPath + "*key", ID: "media", Access: web.Open, Plain: true, Hidden: true,
			Endpoint: web.Contents(im.openMedia),
		}},
	}
}

// openMedia gives an image. Whatever it holds, a browser that is led to it runs nothing: the type is the one that we
// gave it, and the policy allows no script.
func (im *Images) openMedia(r *http.Request) (web.Content, error) {
	target, _, _ := strings.Cut(r.RequestURI, "?")
	if strings.Contains(target, "%") { // no key needs an escape
		return web.Content{}, errNotFound()
	}
	key := strings.TrimPrefix(r.URL.Path, mediaPath)
	file, info, err := im.folder.open(key)
	if err != nil {
		return web.Content{}, err
	}
	name := path.Base(key)
	return web.Content{
		ModTime: info.ModTime(), Body: file,
		Header: map[string]string{
			"Content-Type":                 contentTypes[path.Ext(key)],
			"Content-Disposition":          `inline; filename="` + name + `"`,
			"Content-Security-Policy":      "default-src 'none'; sandbox",
			"Cross-Origin-Resource-Policy": "cross-origin", // the client's pages have another origin
			"Cache-Control":                cacheForever,
			"ETag":                         `"` + name + `"`,
		},
	}, nil
}
