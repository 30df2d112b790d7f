package web_test

import (
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func TestHost_onlyOursAreServed(t *testing.T) {
	config := newConfig(t)
	config.AllowedHosts = []string{"shop.example", ".wild.example", "[::1]", "127.0.0.1"}
	h := web.NewHandler(config, []web.Operation{{Method: http.MethodGet, Path: "/", Access: web.Open, Endpoint: web.JSON(answerOK)}})
	for host, status := range map[string]int{
		"shop.example": 200, "SHOP.example:8000": 200, "shop.example.": 200, "wild.example": 200, "a.b.wild.example": 200,
		"[::1]": 200, "[::1]:80": 200, "127.0.0.1:80": 200,
		"evil.example": 400, "shop.example.evil.example": 400, "notwild.example": 400, "shop.example:80@evil.example": 400,
		"shop.example:abc": 400, "shop.example/x": 400, "evil.example:shop.example": 400, "127.0.0.2": 400, "::1": 400, "shop.example:": 400,
	} {
		res := send(t, h, http.MethodGet, "/", "", "Host", host)
		if res.Code != status {
			t.Errorf("%s: status = %d, want %d", host, res.Code, status)
		}
		if status == http.StatusBadRequest {
			want(t, res, status, `{"detail":"Invalid host."}`)
		}
	}
}

func TestHost_starAllowsAllThatAreHosts(t *testing.T) {
	config := newConfig(t)
	config.AllowedHosts = []string{"*"}
	h := web.NewHandler(config, []web.Operation{{Method: http.MethodGet, Path: "/", Access: web.Open, Endpoint: web.JSON(answerOK)}})
	want(t, send(t, h, http.MethodGet, "/", "", "Host", "any.example"), http.StatusOK, "")
	want(t, send(t, h, http.MethodGet, "/", "", "Host", "a@b"), http.StatusBadRequest, "")
}
