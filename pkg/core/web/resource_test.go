package web_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// newGate serves one path that needs all there is: a JSON body, an account, POST, and no more than one call.
func newGate(t *testing.T) http.Handler {
	t.Helper()
	config := newConfig(t)
	config.RateLimit = true
	return web.NewHandler(config, []web.Operation{{
		Method: http.MethodPost, Path: "/gate/", Access: web.LoggedIn, Accepts: web.JSONBody,
		Limit: web.Rate{Calls: 1, Per: minute}, Endpoint: web.JSON(takeItem),
	}})
}

// Each step of this test mends what the one before was refused for.
func TestResource_checksInOrder(t *testing.T) {
	h := newGate(t)
	want(t, send(t, h, http.MethodPut, "/gate/?format=xml", "x", "Accept", "application/xml"), http.StatusNotFound, `{"detail":"Not found."}`)
	want(t, send(t, h, http.MethodPut, "/gate/", "x", "Accept", "application/xml"), http.StatusNotAcceptable,
		`{"detail":"Could not satisfy the request Accept header."}`)
	want(t, send(t, h, http.MethodPut, "/gate/", "x"), http.StatusUnauthorized,
		`{"detail":"Authentication credentials were not provided."}`)
	want(t, send(t, h, http.MethodPut, "/gate/", "x", "Authorization", "Bearer alice"), http.StatusMethodNotAllowed,
		`{"detail":"Method \"PUT\" not allowed."}`)
	want(t, send(t, h, http.MethodPost, "/gate/", "x", "Authorization", "Bearer alice"), http.StatusUnsupportedMediaType,
		`{"detail":"Unsupported media type \"\" in request."}`)
	want(t, send(t, h, http.MethodPost, "/gate/", "x", "Authorization", "Bearer alice"), http.StatusTooManyRequests,
		`{"detail":"Request was throttled. Expected available in 60 seconds."}`)
}

func TestResource_refusalsHaveTheHeadersOfThePath(t *testing.T) {
	h := newGate(t)
	for _, res := range []struct{ method, accept string }{{http.MethodPost, "application/xml"}, {http.MethodPost, "*/*"}, {"PROPFIND", "*/*"}} {
		wantHeader(t, send(t, h, res.method, "/gate/", "", "Accept", res.accept),
			"Vary", "Accept, origin", "Allow", "POST, OPTIONS", "Content-Type", "application/json")
	}
}

func TestNegotiation_whatCountsAsJSON(t *testing.T) {
	h := newRoutes(t)
	for _, accept := range []string{
		"*/*", "application/json", "Application/JSON; charset=utf-8", "application/*", "text/html,application/xhtml+xml", "image/png, */*;q=0.1",
	} {
		want(t, send(t, h, http.MethodGet, "/items/?format=json", "", "Accept", accept), http.StatusOK, "")
	}
	want(t, send(t, h, http.MethodGet, "/items/", "", "Accept", "image/png", "Accept", "application/json"), http.StatusOK, "")
	for _, accept := range []string{"application/xml", "image/*", "json"} {
		want(t, send(t, h, http.MethodGet, "/items/", "", "Accept", accept), http.StatusNotAcceptable, "")
	}
	want(t, send(t, h, http.MethodGet, "/plain/?format=xml", "", "Accept", "application/xml"), http.StatusOK, "")
}

type whoResponse struct {
	ID int64 `json:"id"`
}

func tellWho(ctx context.Context, _ web.Nothing) (whoResponse, error) {
	return whoResponse{core.ActorFrom(ctx).UserID}, nil
}

// newDoors serves one path for each access rule.
func newDoors(t *testing.T) http.Handler {
	t.Helper()
	var ops []web.Operation
	for path, access := range map[string]web.Access{"/open/": web.Open, "/public/": web.Public, "/in/": web.LoggedIn, "/staff/": web.Staff} {
		ops = append(ops, web.Operation{ID: path, Method: http.MethodGet, Path: path, Access: access, Endpoint: web.JSON(tellWho)})
	}
	return newHandler(t, ops...)
}

func TestAccess_rules(t *testing.T) {
	h := newDoors(t)
	for _, tt := range []struct {
		path, header string
		status       int
		body         string
	}{
		{"/open/", "", 200, `{"id":0}`},
		{"/open/", "Bearer bad", 200, `{"id":0}`},
		{"/public/", "", 200, `{"id":0}`},
		{"/public/", "Bearer alice", 200, `{"id":1}`},
		{"/public/", "Bearer bad", 401, `{"detail":"Token is invalid","code":"token_not_valid"}`},
		{"/in/", "Bearer alice", 200, `{"id":1}`},
		{"/in/", "", 401, `{"detail":"Authentication credentials were not provided."}`},
		{"/staff/", "", 401, `{"detail":"Authentication credentials were not provided."}`},
		{"/staff/", "Bearer alice", 403, `{"detail":"You do not have permission to perform this action."}`},
		{"/staff/", "Bearer root", 200, `{"id":2}`},
		{"/in/", "Bearer outage", 500, `{"detail":"Internal server error."}`},
	} {
		res := send(t, h, http.MethodGet, tt.path, "", "Authorization", tt.header)
		want(t, res, tt.status, tt.body)
		if (res.Header().Get("WWW-Authenticate") == `Bearer realm="api"`) != (tt.status == http.StatusUnauthorized) {
			t.Errorf("%s %q: WWW-Authenticate = %q", tt.path, tt.header, res.Header().Get("WWW-Authenticate"))
		}
	}
}

func TestAccess_authorizationHeader(t *testing.T) {
	const malformed = `{"detail":"Authorization header must contain two space-delimited values","code":"bad_authorization_header"}`
	const missing = `{"detail":"Authentication credentials were not provided."}`
	h := newDoors(t)
	for header, body := range map[string]string{
		"Bearer": malformed, "Bearer a b": malformed, "bearer alice": missing, "Token alice": missing, "Basic YTpi": missing, " ": missing,
	} {
		want(t, send(t, h, http.MethodGet, "/in/", "", "Authorization", header), http.StatusUnauthorized, body)
	}
}
