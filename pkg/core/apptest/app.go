package apptest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/idempotency"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Build makes the modules under test on a database, and says how a token becomes an actor.
type Build func(t testing.TB, db *bun.DB) (authenticate func(context.Context, string) (core.Actor, error), modules []app.Module)

// An App is an application under test.
type App struct {
	Client // nobody
	DB     *bun.DB
}

// Each runs fn as subtests on SQLite and on PostgreSQL, each with an app on a database of its own.
func Each(t *testing.T, build Build, fn func(t *testing.T, a *App)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, New(t, build, db)) })
}

// New builds an app on the database.
func New(t testing.TB, build Build, db *bun.DB) *App {
	t.Helper()
	authenticate, modules := build(t, db)
	system := app.System{FrontendURL: "http://localhost:5173", Ready: db.PingContext}
	a := app.New(web.Info{Title: "Omni-Stock API", Version: "1.0"}, system, modules...)
	router, err := routerOf(a)
	if err != nil {
		t.Fatal(err)
	}
	handler := a.Handler(web.Config{
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Authenticate: authenticate,
		AllowedHosts: []string{"example.com"}, MaxBody: 1 << 20, MaxUpload: 8 << 20,
		Around: idempotency.NewService(db, time.Now, slog.New(slog.DiscardHandler)).Around,
		CORS: web.CORS{
			Origins:  []string{"http://localhost:5173"},
			Patterns: []*regexp.Regexp{regexp.MustCompile(`^https://[\w-]+\.vercel\.app$`)},
		},
	})
	return &App{Client: Client{handler: handler, router: router}, DB: db}
}

// documented are the routers of the documents that were made in this process, by their operations: to make one takes longer
// than most tests.
var documented sync.Map

// routerOf finds an app's operations in its document.
func routerOf(a *app.App) (routers.Router, error) {
	var key strings.Builder
	for _, op := range a.Operations() {
		fmt.Fprintf(&key, "%s %s %s %T %d %v %t %v\n", op.Method, op.Path, op.ID, op.Endpoint, op.Status, op.Fails, op.Replays, op.Access)
	}
	if router, ok := documented.Load(key.String()); ok {
		return router.(routers.Router), nil //nolint:forcetypeassert // it holds nothing else
	}
	doc, err := a.Document()
	if err != nil {
		return nil, err
	}
	router, err := gorillamux.NewRouter(doc)
	if err == nil {
		documented.Store(key.String(), router)
	}
	return router, err
}

// checkDocumented fails the test if the document does not allow the response. Redirects and methods that a path does
// not have are outside of it.
func checkDocumented(t testing.TB, router routers.Router, r *http.Request, res *Response) {
	t.Helper()
	if res.Status == http.StatusMovedPermanently || res.Status == http.StatusMethodNotAllowed || r.Method == http.MethodOptions {
		return
	}
	route, params, err := router.FindRoute(r)
	if err != nil {
		return // not an operation of the document: pages, and paths that are not there
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 res.Status,
		Header:                 res.Header,
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	input.SetBodyBytes(res.Body)
	if err := openapi3filter.ValidateResponse(r.Context(), input); err != nil {
		t.Errorf("%s %s: the document does not allow this response: %v\n%s", r.Method, r.URL, err, res.Body)
	}
}
