package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// CORS says which pages of other origins may read our answers. Credentials of the browser (cookies) are never allowed.
type CORS struct {
	Origins  []string         // exact, such as https://shop.example
	Patterns []*regexp.Regexp // for whole origins, whether they are anchored or not
}

func (c CORS) allows(origin string) bool {
	return slices.Contains(c.Origins, origin) ||
		slices.ContainsFunc(c.Patterns, func(p *regexp.Regexp) bool { return p.FindString(origin) == origin })
}

// allowCORS answers preflight requests and marks answers for allowed origins. The lists are django-cors-headers' own,
// sent whole as it sends them, which rs/cors does not do.
func allowCORS(c CORS, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin, isPreflight := r.Header.Get("Origin"), r.Header.Get("Access-Control-Request-Method") != ""
		allowed := origin != "" && c.allows(origin)
		w.Header().Set("Vary", "origin")
		if allowed {
			w.Header().Set("Access-Control-Allow-Origin", origin)
		}
		if isPreflight && r.Method == http.MethodOptions {
			answerPreflight(w, r, allowed)
			return
		}
		if allowed {
			w.Header().Set("Access-Control-Expose-Headers", "ETag, Idempotent-Replayed, Link, Retry-After, X-Request-Id")
		}
		next.ServeHTTP(w, r)
	})
}

// v1Headers are those that Django lets pages send; ownHeaders came with omnistock, and are named to who asks for one.
const (
	v1Headers  = "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with"
	ownHeaders = "idempotency-key, if-match, if-none-match, x-request-id"
)

func answerPreflight(w http.ResponseWriter, r *http.Request, allowed bool) {
	header := w.Header()
	if allowed {
		header.Set("Access-Control-Allow-Headers", v1Headers)
		if asksForOwn(r.Header.Get("Access-Control-Request-Headers")) {
			header.Set("Access-Control-Allow-Headers", v1Headers+", "+ownHeaders)
		}
		header.Set("Access-Control-Allow-Methods", "DELETE, GET, OPTIONS, PATCH, POST, PUT")
		header.Set("Access-Control-Max-Age", "86400")
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusOK)
}

func asksForOwn(names string) bool {
	for name := range strings.SplitSeq(strings.ToLower(names), ",") {
		if slices.Contains(strings.Split(ownHeaders, ", "), strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}
