package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func newCORSHandler(t *testing.T, patterns ...string) http.Handler {
	t.Helper()
	config := newConfig(t)
	config.CORS.Origins = []string{"http://localhost:5173"}
	for _, pattern := range patterns {
		config.CORS.Patterns = append(config.CORS.Patterns, regexp.MustCompile(pattern))
	}
	return web.NewHandler(config, []web.Operation{
		{ID: "health", Method: http.MethodGet, Path: "/health/", Access: web.Open, Plain: true, Endpoint: web.JSON(answerOK)},
		{ID: "me", Method: http.MethodPatch, Path: "/me/", Access: web.LoggedIn, Endpoint: web.JSON(answerOK)},
	})
}

func TestCORS_allowedOrigin(t *testing.T) {
	res := send(t, newCORSHandler(t), http.MethodGet, "/health/", "", "Origin", "http://localhost:5173")
	want(t, res, http.StatusOK, `{"ok":true}`)
	wantHeader(t, res, "Access-Control-Allow-Origin", "http://localhost:5173", "Vary", "origin", "Access-Control-Allow-Credentials", "",
		"Access-Control-Expose-Headers", "ETag, Idempotent-Replayed, Link, Retry-After, X-Request-Id")
}

func TestCORS_foreignOrigin(t *testing.T) {
	res := send(t, newCORSHandler(t), http.MethodGet, "/health/", "", "Origin", "https://evil.example")
	want(t, res, http.StatusOK, `{"ok":true}`)
	wantHeader(t, res, "Access-Control-Allow-Origin", "", "Access-Control-Expose-Headers", "", "Vary", "origin")
}

func TestCORS_refusalsCanBeRead(t *testing.T) {
	res := send(t, newCORSHandler(t), http.MethodPatch, "/me/", "", "Origin", "http://localhost:5173")
	want(t, res, http.StatusUnauthorized, "")
	wantHeader(t, res, "Access-Control-Allow-Origin", "http://localhost:5173", "Vary", "Accept, origin")
}

func TestCORS_preflight(t *testing.T) {
	h := newCORSHandler(t, `^https://[\w-]+\.vercel\.app$`)
	res := send(t, h, http.MethodOptions, "/me/", "", "Origin", "https://app.vercel.app",
		"Access-Control-Request-Method", "PATCH", "Access-Control-Request-Headers", "authorization,content-type")
	want(t, res, http.StatusOK, "")
	wantHeader(t, res, "Content-Type", "text/html; charset=utf-8", "Vary", "origin", "Allow", "",
		"Access-Control-Allow-Origin", "https://app.vercel.app", "Access-Control-Max-Age", "86400",
		"Access-Control-Allow-Headers", "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with",
		"Access-Control-Allow-Methods", "DELETE, GET, OPTIONS, PATCH, POST, PUT")
	if res.Body.Len() > 0 {
		t.Errorf("body = %s, want none", res.Body)
	}
}

func TestCORS_preflightForWhatDjangoDoesNotKnow(t *testing.T) {
	res := send(t, newCORSHandler(t), http.MethodOptions, "/me/", "", "Origin", "http://localhost:5173",
		"Access-Control-Request-Method", "PATCH", "Access-Control-Request-Headers", "Authorization, If-Match")
	wantHeader(t, res, "Access-Control-Allow-Headers", "accept, authorization, content-type, user-agent, x-csrftoken, "+
		"x-requested-with, idempotency-key, if-match, if-none-match, x-request-id")
}

func TestCORS_preflightOfAForeignOrigin(t *testing.T) {
	res := send(t, newCORSHandler(t), http.MethodOptions, "/me/", "", "Origin", "https://evil.example", "Access-Control-Request-Method", "PATCH")
	want(t, res, http.StatusOK, "")
	wantHeader(t, res, "Access-Control-Allow-Origin", "", "Access-Control-Allow-Methods", "", "Access-Control-Allow-Headers", "")
}

func TestCORS_patternsMustMatchTheWholeOrigin(t *testing.T) {
	h := newCORSHandler(t, `https://[\w-]+\.vercel\.app`, `(?m)^https://a\.example$`)
	for origin, allowed := range map[string]bool{
		"https://app.vercel.app": true, "https://a.example": true, "https://app.vercel.app.evil.example": false,
		"https://evil.example/https://app.vercel.app": false, "https://a.example\nx": false, "http://app.vercel.app": false, "null": false,
		"HTTP://LOCALHOST:5173": false, "http://localhost:51730": false,
	} {
		want := ""
		if allowed {
			want = origin
		}
		wantHeader(t, send(t, h, http.MethodGet, "/health/", "", "Origin", origin), "Access-Control-Allow-Origin", want)
	}
}
