package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

// newLogged serves ops and returns what it logs, one JSON record a line.
func newLogged(t *testing.T, ops ...web.Operation) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	config := newConfig(t)
	config.Log = slog.New(web.NewLogHandler(slog.NewJSONHandler(&log, nil)))
	return web.NewHandler(config, ops), &log
}

// records reads a log, without what changes from run to run.
func records(t *testing.T, log *bytes.Buffer) (list []map[string]any) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(log.String()), "\n") {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"time", "took", "stack"} {
			delete(record, name)
		}
		list = append(list, record)
	}
	return list
}

func get(path string, endpoint web.Endpoint) web.Operation {
	return web.Operation{ID: path, Method: http.MethodGet, Path: path, Access: web.Public, Endpoint: endpoint}
}

func TestAccessLog_leavesSecretsOut(t *testing.T) {
	h, log := newLogged(t, get("/a/", web.JSON(answerOK)))
	send(t, h, http.MethodGet, "/a/?token=sesame", "", "Authorization", "Bearer alice", "Cookie", "sesame", "X-Request-Id", "r-1")
	wanted := []map[string]any{{
		"level": "INFO", "msg": "request", "method": "GET", "path": "/a/", "status": 200.0, "bytes": 11.0, "client": "192.0.2.1",
		"request_id": "r-1",
	}}
	if strings.Contains(log.String(), "sesame") || strings.Contains(log.String(), "alice") {
		t.Errorf("the log tells a secret: %s", log)
	}
	if diff := cmp.Diff(wanted, records(t, log)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAccessLog_hostilePathStaysInItsField(t *testing.T) {
	h, log := newLogged(t, get("/a/", web.JSON(answerOK)))
	send(t, h, http.MethodGet, "/x%0a%22level%22=ERROR/", "")
	if list := records(t, log); len(list) != 1 || list[0]["path"] != "/x\n\"level\"=ERROR/" || list[0]["status"] != 404.0 {
		t.Errorf("records = %v", list)
	}
}

func TestRequestID_ofAProxyOrNew(t *testing.T) {
	h := newHandler(t, get("/a/", web.JSON(answerOK)))
	wantHeader(t, send(t, h, http.MethodGet, "/a/", "", "X-Request-Id", "Ab-1_2.3"), "X-Request-Id", "Ab-1_2.3")
	fresh := regexp.MustCompile(`^[0-9a-f]{16}$`)
	seen := map[string]bool{}
	for _, sent := range []string{"", "", "a b", "a\nb", "a\r\nSet-Cookie: x", strings.Repeat("a", 65), "ä", "{}"} {
		id := send(t, h, http.MethodGet, "/a/", "", "X-Request-Id", sent).Header().Get("X-Request-Id")
		if !fresh.MatchString(id) || seen[id] {
			t.Errorf("%q became the id %q", sent, id)
		}
		seen[id] = true
	}
}

func TestSecurityHeaders_areOnEveryAnswer(t *testing.T) {
	h := newHandler(t, get("/a/", web.JSON(answerOK)), get("/broken/", failing(errOutage)))
	for _, path := range []string{"/a/", "/a", "/nope/", "/broken/"} {
		wantHeader(t, send(t, h, http.MethodGet, path, ""),
			"X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin",
			"Cross-Origin-Opener-Policy", "same-origin", "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
			"Cache-Control", "private, no-cache")
	}
}

func TestPanic_isA500WithoutText(t *testing.T) {
	h, log := newLogged(t, get("/a/", web.JSON(func(context.Context, web.Nothing) (web.Nothing, error) { panic("secret") })))
	res := send(t, h, http.MethodGet, "/a/", "", "X-Request-Id", "r-1")
	want(t, res, http.StatusInternalServerError, `{"detail":"Internal server error."}`)
	wantHeader(t, res, "Content-Type", "application/json", "Vary", "Accept, origin")
	wanted := []map[string]any{
		{"level": "ERROR", "msg": "panic", "value": "secret", "request_id": "r-1"},
		{
			"level": "INFO", "msg": "request", "method": "GET", "path": "/a/", "status": 500.0, "bytes": 35.0, "client": "192.0.2.1",
			"request_id": "r-1",
		},
	}
	if diff := cmp.Diff(wanted, records(t, log)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPanic_behindABegunAnswerCutsTheConnection(t *testing.T) {
	h, log := newLogged(t, get("/a/", web.Page(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, 10_000))
		panic("secret")
	})))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "example.com"
		h.ServeHTTP(w, r)
	}))
	res, err := server.Client().Get(server.URL + "/a/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("the answer of %d bytes looks whole", len(body))
	}
	server.Close() // it waits for the handler, whose log is read next
	if list := records(t, log); len(list) != 2 || list[1]["msg"] != "request" || list[1]["status"] != 200.0 {
		t.Errorf("records = %v", list)
	}
}

func newBodyHandler(t *testing.T) http.Handler {
	t.Helper()
	config := newConfig(t)
	config.MaxBody = 100
	return web.NewHandler(config, []web.Operation{
		{Method: http.MethodPatch, Path: "/a/", Access: web.Open, Endpoint: web.JSON(takeItem)},
	})
}

const tooLarge = `{"detail":"Request body is too large."}`

func TestBodyLimit_byContentLength(t *testing.T) {
	h := newBodyHandler(t)
	want(t, send(t, h, http.MethodPatch, "/a/", `{"name":"x"}`+strings.Repeat(" ", 88), "Content-Type", "application/json"), http.StatusOK, "")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPatch, "/a/", brokenReader{}) // it must not be read
	r.ContentLength = 101
	res := httptest.NewRecorder()
	h.ServeHTTP(res, r)
	want(t, res, http.StatusRequestEntityTooLarge, tooLarge)
	wantHeader(t, res, "Connection", "close", "Content-Type", "application/json")
}

func TestBodyLimit_streamed(t *testing.T) {
	h := newBodyHandler(t)
	for _, media := range []string{"application/json", formMedia, multipartMedia} {
		body := strings.Repeat(" ", 101)
		if media == multipartMedia {
			body = part(`name="name"`, strings.Repeat(" ", 101))
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPatch, "/a/", io.MultiReader(strings.NewReader(body)))
		r.Header.Set("Content-Type", media)
		res := httptest.NewRecorder()
		h.ServeHTTP(res, r)
		want(t, res, http.StatusRequestEntityTooLarge, tooLarge)
		wantHeader(t, res, "Connection", "close")
	}
}

var errBroken = errors.New("read tcp 10.0.0.1:80: connection reset by peer")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestBody_brokenOffTellsNoAddress(t *testing.T) {
	h := newBodyHandler(t)
	for _, media := range []string{"application/json", formMedia, multipartMedia} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPatch, "/a/", brokenReader{})
		r.Header.Set("Content-Type", media)
		res := httptest.NewRecorder()
		h.ServeHTTP(res, r)
		want(t, res, http.StatusBadRequest, "")
		if strings.Contains(res.Body.String(), "10.0.0.1") {
			t.Errorf("%s: %s", media, res.Body)
		}
	}
}
