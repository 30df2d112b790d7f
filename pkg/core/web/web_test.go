package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

var errOutage = errors.New("connection to 10.0.0.5 refused")

// authenticate knows two accounts by their names; the token "outage" stands for a database that is gone.
func authenticate(_ context.Context, token string) (core.Actor, error) {
	switch token {
	case "alice":
		return core.Actor{UserID: 1, Username: "alice"}, nil
	case "root":
		return core.Actor{UserID: 2, Username: "root", Staff: true}, nil
	case "outage":
		return core.Actor{}, errOutage
	}
	return core.Actor{}, &core.Error{Kind: core.Unauthenticated, Msg: "Token is invalid", Code: "token_not_valid"}
}

func newConfig(t *testing.T) web.Config {
	t.Helper()
	return web.Config{
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Authenticate: authenticate,
		AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
	}
}

func newHandler(t *testing.T, ops ...web.Operation) http.Handler {
	t.Helper()
	return web.NewHandler(newConfig(t), ops)
}

// send sends a request with headers, given as names and values in turn.
func send(t *testing.T, h http.Handler, method, path, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	if r.Header.Get("Host") != "" {
		r.Host = r.Header.Get("Host")
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder
}

// want fails the test unless the answer has the status and, where body is not empty, the same JSON.
func want(t *testing.T, res *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if res.Code != status {
		t.Errorf("status = %d, want %d; body %s", res.Code, status, res.Body)
	}
	if body == "" {
		return
	}
	if diff := cmp.Diff(parse(t, body), parse(t, res.Body.String())); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func parse(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not JSON: %v: %s", err, text)
	}
	return v
}

// wantHeader fails the test unless the answer has these headers, given as names and values in turn; "" is none.
func wantHeader(t *testing.T, res *httptest.ResponseRecorder, header ...string) {
	t.Helper()
	for i := 0; i < len(header); i += 2 {
		if got := strings.Join(res.Header().Values(header[i]), " | "); got != header[i+1] {
			t.Errorf("%s = %q, want %q", header[i], got, header[i+1])
		}
	}
}

type okResponse struct {
	OK bool `json:"ok"`
}

func answerOK(context.Context, web.Nothing) (okResponse, error) { return okResponse{true}, nil }

// failing is an endpoint that fails with err.
func failing(err error) web.Endpoint {
	return web.JSON(func(context.Context, web.Nothing) (web.Nothing, error) { return web.Nothing{}, err })
}
