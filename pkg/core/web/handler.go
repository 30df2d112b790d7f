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
	Authenticate   func(ctx context.Context, token string) (core.Actor, error)
	AllowedHosts   []string // as Django's ALLOWED_HOSTS: names, .suffixes, or *
	CORS           CORS
	MaxBody        int64 // bytes
	RateLimit      bool
	TrustedProxies int // how many entries of X-Forwarded-For, from the right, are ours
}

// A Handler serves operations.
type Handler struct {
	config   Config
	limits   *limits
	router   *bunrouter.Router
	chain    http.Handler
	suffixed []string // path prefixes that may end in .json
}

// NewHandler builds the routes. It panics if an operation has no access rule, no endpoint, or a route or an id that
// another one has.
func NewHandler(config Config, ops []Operation) *Handler {
	h := &Handler{config: config, limits: newLimits(config.RateLimit)}
	resources := h.resources(ops)
	h.router = bunrouter.New(
		bunrouter.WithNotFoundHandler(func(w http.ResponseWriter, r bunrouter.Request) error {
			writeError(w, r.Request, config.Log, core.Errorf(core.NotFound, "Not found."))
			return nil
		}),
		bunrouter.WithMethodNotAllowedHandler(func(w http.ResponseWriter, r bunrouter.Request) error {
			return h.serve(resources[r.Route()], w, r)
		}))
	for path, res := range resources {
		h.route(path, res)
	}
	h.chain = identify(h.logAccess(h.recoverPanics(secure(h.checkHost(allowCORS(config.CORS, h.limitBody(h.router)))))))
	return h
}

func (h *Handler) resources(ops []Operation) map[string]*resource {
	byPath, ids := map[string][]*Operation{}, map[string]bool{}
	for i := range ops {
		op := &ops[i]
		if op.Access == 0 || op.Endpoint == nil || ids[op.ID] {
			panic(fmt.Sprintf("web: operation %s %s %q: no access rule, no endpoint or an id used twice", op.Method, op.Path, op.ID))
		}
		ids[op.ID] = true
		byPath[op.Path] = append(byPath[op.Path], op)
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
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if bare, ok := strings.CutSuffix(strings.TrimSuffix(r.URL.Path, "/"), ".json"); ok && h.maySuffix(bare+"/") {
		u := *r.URL
		u.Path, u.RawPath = bare+"/", ""
		r2 := *r
		r2.URL = &u
		r = &r2
	}
	h.chain.ServeHTTP(w, r)
}

func (h *Handler) maySuffix(path string) bool {
	return slices.ContainsFunc(h.suffixed, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}
