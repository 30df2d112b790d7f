package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func TestError_everyKindHasItsStatus(t *testing.T) {
	for kind, status := range map[core.Kind]int{
		core.Internal: 500, core.Invalid: 400, core.Unauthenticated: 401, core.Forbidden: 403, core.NotFound: 404, core.MethodNotAllowed: 405,
		core.NotAcceptable: 406, core.Conflict: 409, core.PreconditionFailed: 412, core.Unprocessable: 422, core.TooLarge: 413, core.UnsupportedMedia: 415, core.TooManyRequests: 429,
		core.ServiceUnavailable: 503,
	} {
		h := newHandler(t, get("/a/", failing(fmt.Errorf("use case: %w", core.Errorf(kind, "Because.")))))
		detail := `{"detail":"Because."}`
		if kind == core.Internal {
			detail = `{"detail":"Internal server error."}`
		}
		want(t, send(t, h, http.MethodGet, "/a/", ""), status, detail)
	}
}

func TestError_causeStaysInTheLog(t *testing.T) {
	for _, err := range []error{
		errOutage, fmt.Errorf("get vendor: %w", errOutage), core.Errorf(core.Internal, "get vendor: %w", errOutage),
		&core.Error{Kind: core.Internal, Fields: core.Fields{"name": []string{"10.0.0.5"}}, Err: errOutage},
		&core.Error{Kind: core.ServiceUnavailable, Msg: "Later.", Err: errOutage},
	} {
		h, log := newLogged(t, get("/a/", failing(err)))
		res := send(t, h, http.MethodGet, "/a/", "")
		if res.Code < 500 || strings.Contains(res.Body.String(), "10.0.0.5") {
			t.Errorf("%v: %d %s", err, res.Code, res.Body)
		}
		if list := records(t, log); len(list) != 2 || !strings.Contains(fmt.Sprint(list[0]["error"]), "10.0.0.5") {
			t.Errorf("%v: the log is %v", err, list)
		}
	}
	h := newHandler(t, get("/a/", failing(core.Errorf(core.Conflict, "In use: %w", errOutage))))
	want(t, send(t, h, http.MethodGet, "/a/", ""), http.StatusConflict, `{"detail":"In use"}`)
}

func TestError_fieldsCodeAndMore(t *testing.T) {
	for body, err := range map[string]error{
		`{"a":["b"],"c":{"d":["e"]},"f":[{},{"g":["h"]}]}`: core.InvalidFields(core.Fields{
			"a": []string{"b"}, "c": core.Fields{"d": []string{"e"}}, "f": []core.Fields{{}, {"g": []string{"h"}}},
		}),
		`{"detail":"No.","code":"c","messages":[1]}`: &core.Error{Kind: core.Invalid, Msg: "No.", Code: "c", More: map[string]any{"messages": []int{1}}},
	} {
		want(t, send(t, newHandler(t, get("/a/", failing(err))), http.MethodGet, "/a/", ""), http.StatusBadRequest, body)
	}
}

func TestError_ofAClientThatIsGoneIsNoFaultOfOurs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h, log := newLogged(t, get("/a/", web.JSON(func(ctx context.Context, _ web.Nothing) (web.Nothing, error) {
		cancel()
		return web.Nothing{}, ctx.Err()
	})))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/a/", http.NoBody))
	if list := records(t, log); len(list) != 1 || list[0]["msg"] != "request" || list[0]["status"] != 499.0 {
		t.Errorf("records = %v", list)
	}
}

type unwritable struct {
	F func() `json:"f"`
}

func TestEncode_failureIsA500(t *testing.T) {
	h := newHandler(t, get("/a/", web.JSON(func(context.Context, web.Nothing) (unwritable, error) { return unwritable{}, nil })))
	want(t, send(t, h, http.MethodGet, "/a/", ""), http.StatusInternalServerError, `{"detail":"Internal server error."}`)
}

func TestError_outageIsNoFaultOfOurs(t *testing.T) {
	config := newConfig(t)
	config.IsOutage = func(err error) bool { return errors.Is(err, errOutage) }
	handler := func(err error) http.Handler { return web.NewHandler(config, []web.Operation{get("/a/", failing(err))}) }
	const body = `{"detail":"The database does not answer."}`
	want(t, send(t, handler(fmt.Errorf("get vendor: %w", errOutage)), http.MethodGet, "/a/", ""), http.StatusServiceUnavailable, body)
	want(t, send(t, handler(core.Errorf(core.Conflict, "In use: %w", errOutage)), http.MethodGet, "/a/", ""), http.StatusConflict, `{"detail":"In use"}`)
	want(t, send(t, handler(context.DeadlineExceeded), http.MethodGet, "/a/", ""), http.StatusInternalServerError, `{"detail":"Internal server error."}`)
}
