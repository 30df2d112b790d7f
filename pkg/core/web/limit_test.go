package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

const minute = time.Minute

// call is a request from an address, perhaps through proxies.
type call struct{ remote, forwarded string }

// newLimited serves two paths that allow two calls a minute each, behind n proxies.
func newLimited(t *testing.T, proxies int) http.Handler {
	t.Helper()
	config := newConfig(t)
	config.RateLimit, config.TrustedProxies = true, proxies
	limit := web.Rate{Calls: 2, Per: minute}
	return web.NewHandler(config, []web.Operation{
		{ID: "a", Method: http.MethodGet, Path: "/a/", Access: web.Open, Limit: limit, Endpoint: web.JSON(answerOK)},
		{ID: "b", Method: http.MethodGet, Path: "/b/", Access: web.Open, Limit: limit, Endpoint: web.JSON(answerOK)},
		{ID: "free", Method: http.MethodGet, Path: "/free/", Access: web.Open, Endpoint: web.JSON(answerOK)},
	})
}

func sendFrom(t *testing.T, h http.Handler, path string, c call) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	r.RemoteAddr = c.remote
	if c.forwarded != "" {
		r.Header.Set("X-Forwarded-For", c.forwarded)
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder
}

// isOneClient reports whether the third of three calls is refused.
func isOneClient(t *testing.T, proxies int, calls [3]call) bool {
	t.Helper()
	h := newLimited(t, proxies)
	for _, c := range calls[:2] {
		want(t, sendFrom(t, h, "/a/", c), http.StatusOK, "")
	}
	return sendFrom(t, h, "/a/", calls[2]).Code == http.StatusTooManyRequests
}

func TestLimit_refusesAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, client := newLimited(t, 0), call{remote: "192.0.2.1:5000"}
		want(t, sendFrom(t, h, "/a/", client), http.StatusOK, "")
		want(t, sendFrom(t, h, "/a/", client), http.StatusOK, "")
		for range 3 { // a refused call does not put off the next one
			res := sendFrom(t, h, "/a/", client)
			want(t, res, http.StatusTooManyRequests, `{"detail":"Request was throttled. Expected available in 30 seconds."}`)
			wantHeader(t, res, "Retry-After", "30", "Content-Type", "application/json", "Vary", "Accept, origin")
		}
		time.Sleep(29500 * time.Millisecond)
		want(t, sendFrom(t, h, "/a/", client), http.StatusTooManyRequests, `{"detail":"Request was throttled. Expected available in 1 second."}`)
		time.Sleep(time.Second)
		want(t, sendFrom(t, h, "/a/", client), http.StatusOK, "")
		want(t, sendFrom(t, h, "/a/", client), http.StatusTooManyRequests, "")
	})
}

func TestLimit_isOfOneOperation(t *testing.T) {
	h, client := newLimited(t, 0), call{remote: "192.0.2.1:5000"}
	for range 2 {
		want(t, sendFrom(t, h, "/a/", client), http.StatusOK, "")
		want(t, sendFrom(t, h, "/b/", client), http.StatusOK, "")
	}
	want(t, sendFrom(t, h, "/a/", client), http.StatusTooManyRequests, "")
	for range 10 {
		want(t, sendFrom(t, h, "/free/", client), http.StatusOK, "")
	}
}

func TestLimit_off(t *testing.T) {
	h := newHandler(t, web.Operation{
		Method: http.MethodGet, Path: "/a/", Access: web.Open, Limit: web.Rate{Calls: 1, Per: minute}, Endpoint: web.JSON(answerOK),
	})
	for range 5 {
		want(t, send(t, h, http.MethodGet, "/a/", ""), http.StatusOK, "")
	}
}

func TestLimit_whoIsOneClient(t *testing.T) {
	const proxy = "10.0.0.1:80"
	for name, tt := range map[string]struct {
		proxies int
		calls   [3]call
		want    bool
	}{
		"ports":                {0, [3]call{{remote: "192.0.2.1:1"}, {remote: "192.0.2.1:2"}, {remote: "192.0.2.1:3"}}, true},
		"two addresses":        {0, [3]call{{remote: "192.0.2.1:1"}, {remote: "192.0.2.1:2"}, {remote: "192.0.2.2:1"}}, false},
		"one network of IPv6":  {0, [3]call{{remote: "[2001:db8::1]:1"}, {remote: "[2001:db8::2]:1"}, {remote: "[2001:db8::ffff:3]:1"}}, true},
		"two networks of IPv6": {0, [3]call{{remote: "[2001:db8::1]:1"}, {remote: "[2001:db8::1]:1"}, {remote: "[2001:db8:0:1::1]:1"}}, false},
		"IPv4 in IPv6":         {0, [3]call{{remote: "192.0.2.1:1"}, {remote: "[::ffff:192.0.2.1]:1"}, {remote: "192.0.2.1:1"}}, true},
		"untrusted header":     {0, [3]call{{proxy, "1.1.1.1"}, {proxy, "1.1.1.2"}, {proxy, "1.1.1.3"}}, true},
		"trusted header":       {1, [3]call{{proxy, "1.1.1.1"}, {proxy, "1.1.1.1"}, {proxy, "1.1.1.2"}}, false},
		"made up in front":     {1, [3]call{{proxy, "6.6.6.1, 1.1.1.1"}, {proxy, "6.6.6.2,1.1.1.1"}, {proxy, "6.6.6.3 , 1.1.1.1"}}, true},
		"two proxies":          {2, [3]call{{proxy, "1.1.1.1, 10.0.0.2"}, {proxy, "6.6.6.6, 1.1.1.1, 10.0.0.2"}, {proxy, "1.1.1.1, 10.0.0.3"}}, true},
		"with a port":          {1, [3]call{{proxy, "1.1.1.1:9"}, {proxy, "1.1.1.1"}, {proxy, "1.1.1.1:8"}}, true},
		"no address":           {1, [3]call{{proxy, "unknown"}, {proxy, "x"}, {proxy, ""}}, true},
		"Unix socket":          {1, [3]call{{"@", "1.1.1.1"}, {"@", "1.1.1.1"}, {"@", "1.1.1.2"}}, false},
	} {
		if got := isOneClient(t, tt.proxies, tt.calls); got != tt.want {
			t.Errorf("%s: one client = %t, want %t", name, got, tt.want)
		}
	}
}

func TestLimit_survivesManyClients(t *testing.T) {
	h := newLimited(t, 0)
	for i := range 25_000 {
		client := call{remote: fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255)}
		if res := sendFrom(t, h, "/a/", client); res.Code != http.StatusOK {
			t.Fatalf("client %d: status = %d", i, res.Code)
		}
	}
}
