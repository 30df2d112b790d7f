package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/uptrace/bunrouter"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Config is what a Handler needs beside its operations.
type Config struct {
	Log *slog.Logger
	// Authenticate returns the account that an access token stands for, or an Unauthenticated error.
	Authenticate func(ctx context.Context, token string) (core.Actor, error)
	AllowedHosts []string // as Django's ALLOWED_HOSTS: names, .suffixes, or *
	CORS         CORS
	MaxBody      int64 // bytes
	MaxUpload    int64 // bytes, of operations with LargeBody
	RateLimit    bool
	// IsOutage, if it is not nil, reports whether a failure means that the database is not there: it is answered with 503.
	IsOutage func(err error) bool
	// Around, if it is not nil, carries out each request that may be carried out, by calling next.
	Around func(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter, *http.Request) error) error

	TrustedProxies int // how many entries of X-Forwarded-For, from the right, are ours
}

// A Handler serves operations.
type Handler struct {
	config   Config
	limits   *limits
	router   *bunrouter.Router
	chain    http.Handler
	suffixed []string        // path prefixes that may end in .json
	large    map[string]bool // paths of operations with LargeBody
}

// NewHandler builds the routes. It panics if an operation has no access rule, no endpoint, an unknown method, or a route
// or an id that another one has.
func NewHandler(config Config, ops []Operation) *Handler {
	if config.Around == nil {
		config.Around = carryOut
	}
	if config.IsOutage == nil {
		config.IsOutage = func(error) bool { return false }
	}
	h := &Handler{config: config, limits: newLimits(config.RateLimit), large: map[string]bool{}}
	resources := h.resources(ops)
	h.router = bunrouter.New(
		bunrouter.WithNotFoundHandler(func(w http.ResponseWriter, r bunrouter.Request) error {
			h.notFound(w, r.Request)
			return nil
		}),
		bunrouter.WithMethodNotAllowedHandler(func(w http.ResponseWriter, r bunrouter.Request) error {
			if res := resources[r.Route()]; res != nil {
				return h.serve(res, w, r)
			}
			return redirectToSlash(w, r)
		}))
	for path, res := range resources {
		h.route(path, res)
	}
	h.chain = identify(h.logAccess(h.recoverPanics(secure(h.checkHost(allowCORS(config.CORS, h.limitBody(http.HandlerFunc(h.dispatch))))))))
	return h
}

func carryOut(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter, *http.Request) error) error {
	return next(w, r)
}

func (h *Handler) resources(ops []Operation) map[string]*resource {
	byPath, ids := map[string][]*Operation{}, map[string]bool{}
	for i := range ops {
		op := &ops[i]
		if op.Access == 0 || op.Endpoint == nil || ids[op.ID] || !slices.Contains(methods, op.Method) {
			panic(fmt.Sprintf("web: operation %s %s %q: no access rule, no endpoint, an id used twice or no HTTP method",
				op.Method, op.Path, op.ID))
		}
		ids[op.ID] = true
		byPath[op.Path] = append(byPath[op.Path], op)
		h.large[op.Path] = h.large[op.Path] || op.LargeBody
		if prefix, _, _ := strings.Cut(op.Path, ":"); op.Suffix && !slices.Contains(h.suffixed, prefix) {
			h.suffixed = append(h.suffixed, prefix)
		}
	}
	resources := map[string]*resource{}
	for path, ops := range byPath {
		resources[path] = newResource(h, ops)
	}
	return resources
}

// route registers a path for all methods and, as Django does, a redirect from the path without its final slash.
func (h *Handler) route(path string, res *resource) {
	bare := strings.TrimSuffix(path, "/")
	for _, method := range methods {
		h.router.Handle(method, path, func(w http.ResponseWriter, r bunrouter.Request) error { return h.serve(res, w, r) })
		if bare != path && bare != "" {
			h.router.Handle(method, bare, redirectToSlash)
		}
	}
}

func (h *Handler) serve(res *resource, w http.ResponseWriter, r bunrouter.Request) error {
	if err := res.serve(w, r); err != nil {
		h.cut(w, r.Request, err)
		if core.KindOf(err) == core.Internal && h.config.IsOutage(err) {
			err = errOutage(err)
		}
		writeError(w, r.Request, h.config.Log, err)
	}
	return nil
}

func redirectToSlash(w http.ResponseWriter, r bunrouter.Request) error {
	target := url.URL{Path: r.URL.Path + "/", RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", target.String())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusMovedPermanently)
	return nil
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.chain.ServeHTTP(w, r) }

// dispatch finds the route of the path as Django does: decoded, with .json for the final slash where a resource allows
// it, and never cleaned of empty or dotted segments.
func (h *Handler) dispatch(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if bare, ok := strings.CutSuffix(strings.TrimSuffix(path, "/"), ".json"); ok && h.maySuffix(bare+"/") {
		path = bare + "/"
	}
	if bunrouter.CleanPath(path) != path || strings.Contains(path, "\x00") { // NUL makes the router panic
		h.notFound(w, r)
		return
	}
	if path != r.URL.Path || r.URL.RawPath != "" {
		r = withPath(r, path)
	}
	h.router.ServeHTTP(w, r)
}

// withPath returns a copy of the request for another path.
func withPath(r *http.Request, path string) *http.Request {
	target, routed := *r.URL, *r
	target.Path, target.RawPath = path, ""
	routed.URL = &target
	return &routed
}

func (h *Handler) notFound(w http.ResponseWriter, r *http.Request) {
	writeError(w, r, h.config.Log, errNotFound())
}

func (h *Handler) maySuffix(path string) bool {
	return slices.ContainsFunc(h.suffixed, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}
