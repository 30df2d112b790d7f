package storage_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// newMedia serves a folder with one image, whose path it returns, and files that are none.
func newMedia(t *testing.T) (h http.Handler, path string) {
	t.Helper()
	im, dir := newImages(t)
	kept, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(30, 20))))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"secret.txt", "items/2026/11/page.html", "../omnistock.db"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h = web.NewHandler(web.Config{
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
		Authenticate: func(context.Context, string) (core.Actor, error) { return core.Actor{}, nil },
	}, im.Module().Operations)
	return h, strings.TrimPrefix(kept.URL, "https://shop.example")
}

func get(t *testing.T, h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, http.NoBody)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res := httptest.NewRecorder()
	h.ServeHTTP(res, r)
	return res
}

func TestMedia_servedAsAnImageAndNothingElse(t *testing.T) {
	h, path := newMedia(t)
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		res := get(t, h, method, path)
		if isHead := method == http.MethodHead; res.Code != http.StatusOK || (res.Body.Len() == 0) != isHead {
			t.Errorf("%s: status %d, %d bytes", method, res.Code, res.Body.Len())
		}
		for name, want := range map[string]string{
			"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
			"Content-Disposition": `inline; filename="` + filepath.Base(path) + `"`, "Accept-Ranges": "bytes",
			"Cache-Control": "public, max-age=31536000, immutable", "ETag": `"` + filepath.Base(path) + `"`,
			"Cross-Origin-Resource-Policy": "cross-origin",
		} {
			if got := res.Header().Get(name); got != want {
				t.Errorf("%s: %s = %q, want %q", method, name, got, want)
			}
		}
		if res.Header().Get("Last-Modified") == "" || res.Header().Get("Content-Length") == "" {
			t.Errorf("%s: headers %v", method, res.Header())
		}
	}
}

func TestMedia_conditionsAndRanges(t *testing.T) {
	h, path := newMedia(t)
	full := get(t, h, http.MethodGet, path)
	if res := get(t, h, http.MethodGet, path, "If-None-Match", full.Header().Get("ETag")); res.Code != http.StatusNotModified {
		t.Errorf("status = %d, want 304", res.Code)
	}
	if res := get(t, h, http.MethodGet, path, "If-Modified-Since", full.Header().Get("Last-Modified")); res.Code != http.StatusNotModified {
		t.Errorf("status = %d, want 304", res.Code)
	}
	res := get(t, h, http.MethodGet, path, "Range", "bytes=1-3")
	if res.Code != http.StatusPartialContent || res.Body.String() != "PNG" {
		t.Errorf("status = %d, body %q, want 206 and PNG", res.Code, res.Body)
	}
	if res := get(t, h, http.MethodGet, path, "Range", "bytes=99999-"); res.Code != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("status = %d, want 416", res.Code)
	}
}

func TestMedia_everythingElseIsNotFound(t *testing.T) {
	h, path := newMedia(t)
	key := strings.TrimPrefix(path, "/media/")
	for _, target := range []string{
		"/media/", "/media/items/", "/media/items/2026/11/", "/media/items/2026/11", "/media/secret.txt",
		"/media/items/2026/11/page.html", "/media/../omnistock.db", "/media/%2e%2e/omnistock.db", "/media/..%2fomnistock.db",
		"/media//" + key, "/media/./" + key, "/media/items/../" + key, "/media/%2Fetc/passwd", "//etc/passwd", "/media//etc/passwd",
		"/media/" + strings.ReplaceAll(key, "/", "%2F"), "/media/" + strings.ReplaceAll(key, "/", "%5C"),
		"/media/" + strings.ReplaceAll(key, "/", `\`), path + "%00", path + "%00.png", path + "/", path + ".png", path + "%20",
		"/media/x/" + key, strings.Replace(path, ".png", ".jpg", 1), strings.Replace(path, "items", "stores", 1), path + "%0A",
		strings.Replace(path, ".png", ".png.part", 1), strings.ToUpper(path), "/media/items%2f", "/media/%69tems" + strings.TrimPrefix(key, "items"),
	} {
		res := get(t, h, http.MethodGet, "http://example.com"+target)
		if res.Code != http.StatusNotFound || res.Body.String() != `{"detail":"Not found."}` {
			t.Errorf("%s: status %d, body %s", target, res.Code, res.Body)
		}
	}
}

func TestMedia_isOnlyRead(t *testing.T) {
	h, path := newMedia(t)
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPost} {
		if res := get(t, h, method, path); res.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: status %d, want 405", method, res.Code)
		}
	}
	if res := get(t, h, http.MethodGet, path); res.Code != http.StatusOK {
		t.Errorf("status = %d, want 200", res.Code)
	}
}

func TestMedia_beforeTheFirstImage(t *testing.T) {
	im, _ := newImages(t)
	h := web.NewHandler(web.Config{
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
	}, im.Module().Operations)
	res := get(t, h, http.MethodGet, "/media/items/2026/11/12-"+strings.Repeat("a", 32)+".png")
	if res.Code != http.StatusNotFound {
		t.Errorf("status = %d, want 404", res.Code)
	}
}
