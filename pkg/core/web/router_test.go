package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

// newRoutes serves a list and an item of the API, and a plain page beside it.
func newRoutes(t *testing.T) http.Handler {
	t.Helper()
	ok := web.JSON(answerOK)
	return newHandler(
		t,
		web.Operation{ID: "list", Method: http.MethodGet, Path: "/items/", Access: web.Open, Suffix: true, Endpoint: ok},
		web.Operation{ID: "create", Method: http.MethodPost, Path: "/items/", Access: web.Open, Status: http.StatusCreated, Endpoint: ok},
		web.Operation{ID: "show", Method: http.MethodGet, Path: "/items/:id/", Access: web.Open, Suffix: true, Endpoint: ok},
		web.Operation{ID: "delete", Method: http.MethodDelete, Path: "/items/:id/", Access: web.Open, Status: http.StatusNoContent, Endpoint: ok},
		web.Operation{ID: "plain", Method: http.MethodGet, Path: "/plain/", Access: web.Open, Plain: true, Endpoint: ok},
	)
}

func TestRoute_headersOfTheAPIAndOfPlainPages(t *testing.T) {
	h := newRoutes(t)
	wantHeader(t, send(t, h, http.MethodGet, "/items/", ""),
		"Vary", "Accept, origin", "Allow", "GET, POST, HEAD, OPTIONS", "Content-Type", "application/json", "Content-Length", "11")
	wantHeader(t, send(t, h, http.MethodGet, "/plain/", ""), "Vary", "origin", "Allow", "", "Content-Type", "application/json")
}

func TestRoute_deleteAnswersNothing(t *testing.T) {
	res := send(t, newRoutes(t), http.MethodDelete, "/items/7/", "")
	want(t, res, http.StatusNoContent, "")
	wantHeader(t, res, "Vary", "Accept, origin", "Allow", "GET, DELETE, HEAD, OPTIONS", "Content-Type", "")
	if res.Body.Len() > 0 {
		t.Errorf("body = %s, want none", res.Body)
	}
}

func TestRoute_withoutSlashLeadsToTheSlash(t *testing.T) {
	h := newRoutes(t)
	for _, method := range []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodOptions, http.MethodTrace, "PROPFIND",
	} {
		for path, location := range map[string]string{"/items": "/items/", "/items/7?a=%20b": "/items/7/?a=%20b", "/plain": "/plain/"} {
			res := send(t, h, method, path, "")
			want(t, res, http.StatusMovedPermanently, "")
			wantHeader(t, res, "Location", location, "Content-Type", "text/html; charset=utf-8", "Vary", "origin", "Allow", "")
			if res.Body.Len() > 0 {
				t.Errorf("%s %s: body = %s, want none", method, path, res.Body)
			}
		}
	}
}

func TestRoute_unknownPath(t *testing.T) {
	h := newRoutes(t)
	for _, path := range []string{
		"/", "/nope", "/nope/", "/items/7/x/", "//items/", "/items//", "/items///", "//evil.example/items", "/./items/", "/x/../items/",
		"/items/.json", "/plain.json", "/plain/.json",
	} {
		res := send(t, h, http.MethodGet, "http://example.com"+path, "")
		want(t, res, http.StatusNotFound, `{"detail":"Not found."}`)
		wantHeader(t, res, "Location", "", "Content-Type", "application/json")
	}
}

func TestRoute_oddTargets(t *testing.T) {
	h := newRoutes(t)
	for _, method := range []string{http.MethodOptions, http.MethodConnect} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/", http.NoBody)
		for _, path := range []string{"*", "", "/items/\x00"} {
			r.Method, r.URL.Path = method, path
			res := httptest.NewRecorder()
			h.ServeHTTP(res, r)
			want(t, res, http.StatusNotFound, "")
		}
	}
}

func TestRoute_escapedPathIsTheSame(t *testing.T) {
	want(t, send(t, newRoutes(t), http.MethodGet, "/%69tems%2F", ""), http.StatusOK, "")
}

func TestRoute_jsonSuffix(t *testing.T) {
	h := newRoutes(t)
	for _, path := range []string{"/items.json", "/items.json?a=b", "/items.json/", "/items/7.json"} {
		want(t, send(t, h, http.MethodGet, path, ""), http.StatusOK, "")
	}
	want(t, send(t, h, http.MethodPost, "/items.json", ""), http.StatusCreated, "")
	want(t, send(t, h, http.MethodGet, "/items.xml", ""), http.StatusNotFound, "")
}

func TestRoute_missingMethod(t *testing.T) {
	h := newRoutes(t)
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodTrace, "PROPFIND", "get"} {
		res := send(t, h, method, "/items/", "")
		want(t, res, http.StatusMethodNotAllowed, fmt.Sprintf(`{"detail":"Method \"%s\" not allowed."}`, method))
		wantHeader(t, res, "Allow", "GET, POST, HEAD, OPTIONS", "Vary", "Accept, origin")
	}
	wantHeader(t, send(t, h, http.MethodPost, "/plain/", ""), "Allow", "GET, HEAD, OPTIONS", "Vary", "origin")
}

func TestRoute_optionsDescribeThePath(t *testing.T) {
	res := send(t, newRoutes(t), http.MethodOptions, "/items/", "")
	want(t, res, http.StatusOK, "")
	wantHeader(t, res, "Allow", "GET, POST, HEAD, OPTIONS", "Vary", "Accept, origin", "Content-Type", "application/json")
}

func TestRoute_headHasNoBodyOnTheWire(t *testing.T) {
	server := httptest.NewServer(web.NewHandler(web.Config{Log: newConfig(t).Log, AllowedHosts: []string{"127.0.0.1"}, MaxBody: 1}, []web.Operation{
		{Method: http.MethodGet, Path: "/items/", Access: web.Open, Endpoint: web.JSON(answerOK)},
	}))
	defer server.Close()
	res, err := server.Client().Head(server.URL + "/items/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK || res.ContentLength != 11 || res.Header.Get("Content-Type") != "application/json" {
		t.Errorf("HEAD = %d, %d bytes, %s", res.StatusCode, res.ContentLength, res.Header.Get("Content-Type"))
	}
}

func TestNewHandler_refusesMistakes(t *testing.T) {
	ok := web.Operation{ID: "a", Method: http.MethodGet, Path: "/a/", Access: web.Open, Endpoint: web.JSON(answerOK)}
	change := func(f func(*web.Operation)) web.Operation {
		op := ok
		f(&op)
		return op
	}
	for name, ops := range map[string][]web.Operation{
		"no access":     {change(func(op *web.Operation) { op.Access = 0 })},
		"no endpoint":   {change(func(op *web.Operation) { op.Endpoint = nil })},
		"same id":       {ok, change(func(op *web.Operation) { op.Path = "/b/" })},
		"same route":    {ok, change(func(op *web.Operation) { op.ID = "b" })},
		"same pattern":  {change(func(op *web.Operation) { op.Path = "/:x/" }), change(func(op *web.Operation) { op.ID, op.Path = "b", "/:y/" })},
		"no path":       {change(func(op *web.Operation) { op.Path = "" })},
		"HTTP unknown":  {change(func(op *web.Operation) { op.Method = "FETCH" })},
		"no final part": {change(func(op *web.Operation) { op.Path = "a/" })},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("the handler was built")
				}
			}()
			web.NewHandler(web.Config{}, ops)
		})
	}
}
