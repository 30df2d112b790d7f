package app_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

func TestSchema_asJSONAndYAML(t *testing.T) {
	h := newServer(t, alwaysReady)
	for name, tt := range map[string]struct{ path, accept, media string }{
		"json":            {"/api/v1/schema/", "application/json", "application/json"},
		"anything":        {"/api/v1/schema/", "*/*", "application/json"},
		"json by format":  {"/api/v1/schema/?format=json", "application/yaml", "application/json"},
		"yaml by format":  {"/api/v1/schema/?format=yaml", "*/*", "application/yaml"},
		"yaml by accept":  {"/api/v1/schema/", "application/vnd.oai.openapi+yaml", "application/yaml"},
		"a second format": {"/api/v1/schema/?format=xml", "*/*", "application/json"},
	} {
		res := send(t, h, http.MethodGet, tt.path, tt.accept)
		if res.Code != http.StatusOK || res.Header().Get("Content-Type") != tt.media {
			t.Errorf("%s: %d %s", name, res.Code, res.Header().Get("Content-Type"))
		}
		doc, err := openapi3.NewLoader().LoadFromData(res.Body.Bytes())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := doc.Validate(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchema_formsAgree(t *testing.T) {
	h := newServer(t, alwaysReady)
	var fromJSON, fromYAML any
	if err := json.Unmarshal(send(t, h, http.MethodGet, "/api/v1/schema/", "").Body.Bytes(), &fromJSON); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(send(t, h, http.MethodGet, "/api/v1/schema/?format=yaml", "").Body.Bytes(), &fromYAML); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fromJSON, fromYAML); diff != "" {
		t.Errorf("(-json +yaml):\n%s", diff)
	}
}

var asset = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

// openPage asks for the documentation, and returns it with the addresses of its assets.
func openPage(t *testing.T, h http.Handler) (page string, assets []string) {
	t.Helper()
	res := send(t, h, http.MethodGet, "/api/v1/docs/", "text/html")
	want(t, res, http.StatusOK, res.Body.String(), "Content-Type", "text/html; charset=utf-8")
	for _, match := range asset.FindAllStringSubmatch(res.Body.String(), -1) {
		assets = append(assets, match[1])
	}
	return res.Body.String(), assets
}

func TestDocs_pageAndAssetsComeFromHere(t *testing.T) {
	h := newServer(t, alwaysReady)
	page, assets := openPage(t, h)
	if strings.Contains(page, "//") || strings.Contains(page, "style=") || strings.Contains(page, "<script>") {
		t.Errorf("the page refers to another host, or has a script or style of its own: %s", page)
	}
	media := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	for _, path := range assets {
		res := send(t, h, http.MethodGet, path, "*/*")
		want(t, res, http.StatusOK, res.Body.String(), "Content-Type", media[path[strings.LastIndexByte(path, '.'):]])
		if res.Body.Len() == 0 || !strings.HasPrefix(path, "/api/v1/docs/") {
			t.Errorf("%s has %d bytes", path, res.Body.Len())
		}
	}
	if len(assets) != 3 {
		t.Errorf("assets = %v, want three", assets)
	}
}

func TestDocs_policyAllowsOnlyThisServer(t *testing.T) {
	policy := send(t, newServer(t, alwaysReady), http.MethodGet, "/api/v1/docs/", "").Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("policy = %s, want %s in it", policy, part)
		}
	}
	if strings.Contains(policy, "http") || strings.Contains(policy, "*") || strings.Contains(policy, "unsafe-eval") {
		t.Errorf("policy = %s, want no other host", policy)
	}
}

func TestDocs_compressedAssetsAreWhole(t *testing.T) {
	res := send(t, newServer(t, alwaysReady), http.MethodGet, "/api/v1/docs/swagger-ui-bundle.js", "")
	want(t, res, http.StatusOK, res.Body.String(), "Content-Encoding", "gzip", "Cache-Control", "public, max-age=3600")
	reader, err := gzip.NewReader(bytes.NewReader(res.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(reader); err != nil || !bytes.Contains(text, []byte("SwaggerUIBundle")) {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

func TestDocs_startAsksNoValidator(t *testing.T) {
	script := send(t, newServer(t, alwaysReady), http.MethodGet, "/api/v1/docs/start.js", "").Body.String()
	if !strings.Contains(script, "validatorUrl: null") || !strings.Contains(script, "url: '/api/v1/schema/'") || strings.Contains(script, "//") {
		t.Errorf("start.js = %s", script)
	}
}

func TestDocs_unknownAssets(t *testing.T) {
	h := newServer(t, alwaysReady)
	for _, name := range []string{"nope.js", "index.html", "swagger-ui.css.gz", "..%2fdocs.go", "%2e%2e", "nope", "a%00.js"} {
		want(t, send(t, h, http.MethodGet, "/api/v1/docs/"+name, ""), http.StatusNotFound, `{"detail":"Not found."}`,
			"Content-Type", "application/json", "Cache-Control", "private, no-cache")
	}
	res := send(t, h, http.MethodGet, "/api/v1/docs/LICENSE", "")
	want(t, res, http.StatusOK, res.Body.String(), "Content-Type", "text/plain; charset=utf-8")
}
