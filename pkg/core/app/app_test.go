package app_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const frontend = "http://localhost:5173"

// newServer serves an app of the modules whose database is ready or not.
func newServer(t *testing.T, ready func(context.Context) error, modules ...app.Module) http.Handler {
	t.Helper()
	a := app.New(web.Info{Title: "Test", Version: "1.0"}, app.System{FrontendURL: frontend, Ready: ready}, modules...)
	return a.Handler(web.Config{
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20,
	})
}

func alwaysReady(context.Context) error { return nil }

func send(t *testing.T, h http.Handler, method, path, accept string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
	r.Header.Set("Accept", accept)
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder
}

// want fails the test unless the answer has the status, the headers, given as names and values in turn, and the body.
func want(t *testing.T, res *httptest.ResponseRecorder, status int, body string, header ...string) {
	t.Helper()
	if res.Code != status {
		t.Errorf("status = %d, want %d", res.Code, status)
	}
	if diff := cmp.Diff(body, res.Body.String()); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	for i := 0; i < len(header); i += 2 {
		if got := res.Header().Get(header[i]); got != header[i+1] {
			t.Errorf("%s = %q, want %q", header[i], got, header[i+1])
		}
	}
}

func TestRoot_tellsProgramsTheWay(t *testing.T) {
	res := send(t, newServer(t, alwaysReady), http.MethodGet, "/", "application/json")
	want(t, res, http.StatusOK, `{"endpoints":{"admin":"/admin/","api":"/api/v1/","auth":{"me":"/api/v1/auth/me/",`+
		`"refresh":"/api/v1/auth/token/refresh/","register":"/api/v1/auth/register/","token":"/api/v1/auth/token/",`+
		`"verify":"/api/v1/auth/token/verify/"},"docs":"/api/v1/schema/","health":"/health/"},`+
		`"frontend_url":"http://localhost:5173","message":"Omni-Stock API","version":"1.0"}`,
		"Content-Type", "application/json", "Vary", "origin", "Allow", "")
}

func TestRoot_sendsBrowsersToTheShop(t *testing.T) {
	res := send(t, newServer(t, alwaysReady), http.MethodGet, "/", "text/html,application/xhtml+xml")
	want(t, res, http.StatusFound, "", "Location", frontend, "Content-Type", "text/html; charset=utf-8", "Vary", "origin")
}

func TestHealth_getHeadAndRedirect(t *testing.T) {
	h := newServer(t, alwaysReady)
	want(t, send(t, h, http.MethodGet, "/health/", ""), http.StatusOK, `{"status":"ok"}`, "Content-Type", "application/json", "Vary", "origin")
	head := send(t, h, http.MethodHead, "/health/", "")
	want(t, head, http.StatusOK, head.Body.String(), "Content-Type", "application/json", "Content-Length", "15", "Vary", "origin")
	want(t, send(t, h, http.MethodGet, "/health", ""), http.StatusMovedPermanently, "",
		"Location", "/health/", "Content-Type", "text/html; charset=utf-8", "Vary", "origin")
	want(t, send(t, h, http.MethodPost, "/health/", ""), http.StatusMethodNotAllowed, `{"detail":"Method \"POST\" not allowed."}`,
		"Allow", "GET, HEAD, OPTIONS")
}

var errGone = errors.New("connection to 10.0.0.5 refused")

func TestReady_followsTheDatabase(t *testing.T) {
	want(t, send(t, newServer(t, alwaysReady), http.MethodGet, "/health/ready/", ""), http.StatusOK, `{"status":"ok"}`)
	gone := newServer(t, func(context.Context) error { return errGone })
	want(t, send(t, gone, http.MethodGet, "/health/ready/", ""), http.StatusServiceUnavailable, `{"detail":"The database does not answer."}`)
	want(t, send(t, gone, http.MethodGet, "/health/", ""), http.StatusOK, `{"status":"ok"}`)
}

func TestReady_doesNotWaitForever(t *testing.T) {
	h := newServer(t, func(ctx context.Context) error {
		if deadline, ok := ctx.Deadline(); !ok || time.Until(deadline) > 10*time.Second {
			t.Errorf("deadline = %v, want one within seconds", deadline)
		}
		return nil
	})
	send(t, h, http.MethodGet, "/health/ready/", "")
}

type toyModel struct{}

type toyResponse struct {
	ID int64 `json:"id"`
}

func listToys(context.Context, web.Nothing) ([]toyResponse, error) { return nil, nil }

func TestApp_collectsWhatItsModulesHave(t *testing.T) {
	a := app.New(web.Info{Title: "Test", Version: "1.0"}, app.System{Ready: alwaysReady}, app.Module{
		Name: "toys", Tags: []web.Tag{{Name: "toys"}}, Models: []any{(*toyModel)(nil)}, Checks: []check.Check{{}},
		Commands: []*cobra.Command{{Use: "toy"}}, Operations: []web.Operation{{
			Method: http.MethodGet, Path: "/toys/", ID: "toys_list", Tag: "toys", Access: web.Open, Endpoint: web.JSON(listToys),
		}},
	})
	doc, err := a.Document()
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(a.Models()), len(a.Checks()), len(a.Commands()), len(doc.Tags)}
	if diff := cmp.Diff([]int{1, 1, 1, 2}, got); diff != "" {
		t.Errorf("models, checks, commands, tags (-want +got):\n%s", diff)
	}
	if doc.Paths.Value("/toys/") == nil || doc.Paths.Value("/health/ready/") == nil || doc.Paths.Value("/api/v1/docs/") != nil {
		t.Errorf("paths = %v", doc.Paths.InMatchingOrder())
	}
}
