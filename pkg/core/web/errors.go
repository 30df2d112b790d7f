package web

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// statuses is the one place where a kind of failure meets HTTP.
var statuses = map[core.Kind]int{
	core.Internal:           http.StatusInternalServerError,
	core.Invalid:            http.StatusBadRequest,
	core.Unauthenticated:    http.StatusUnauthorized,
	core.Forbidden:          http.StatusForbidden,
	core.NotFound:           http.StatusNotFound,
	core.MethodNotAllowed:   http.StatusMethodNotAllowed,
	core.NotAcceptable:      http.StatusNotAcceptable,
	core.Conflict:           http.StatusConflict,
	core.PreconditionFailed: http.StatusPreconditionFailed,
	core.Unprocessable:      http.StatusUnprocessableEntity,
	core.TooLarge:           http.StatusRequestEntityTooLarge,
	core.UnsupportedMedia:   http.StatusUnsupportedMediaType,
	core.TooManyRequests:    http.StatusTooManyRequests,
	core.ServiceUnavailable: http.StatusServiceUnavailable,
}

// statusClientGone is what nginx logs where the client did not wait for the answer.
const statusClientGone = 499

// errNotFound is the answer for what no use case has a word for.
func errNotFound() error { return core.Errorf(core.NotFound, "Not found.") }

// errOutage is the answer while the database is not there. Whether a change was made is not known then.
func errOutage(cause error) error {
	return &core.Error{Kind: core.ServiceUnavailable, Msg: "The database does not answer.", Err: cause}
}

// errTooLarge is the answer for a body beyond the limit.
func errTooLarge(cause error) error {
	return &core.Error{Kind: core.TooLarge, Msg: "Request body is too large.", Err: cause}
}

// writeError answers with the failure in the contract's form: {"detail": "…"} or {"field": ["…"]}. The text of an
// internal failure goes to the log and nowhere else.
func writeError(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var failure *core.Error
	if !errors.As(err, &failure) {
		failure = &core.Error{Err: err}
	}
	status := statuses[failure.Kind]
	if status >= http.StatusInternalServerError {
		if errors.Is(r.Context().Err(), context.Canceled) {
			w.WriteHeader(statusClientGone)
			return
		}
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	setErrorHeader(w.Header(), failure)
	WriteJSON(w, status, errorBody(failure))
}

func setErrorHeader(header http.Header, e *core.Error) {
	switch e.Kind {
	case core.Unauthenticated:
		header.Set("WWW-Authenticate", `Bearer realm="api"`)
	case core.TooLarge:
		header.Set("Connection", "close") // the rest of the body is not worth reading
	}
	if seconds, ok := e.More["retry_after"].(int); ok {
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
}

func errorBody(e *core.Error) any {
	if e.Kind == core.Internal {
		return map[string]string{"detail": "Internal server error."}
	}
	if len(e.Fields) > 0 {
		return e.Fields
	}
	body := map[string]any{"detail": e.Msg}
	if e.Code != "" {
		body["code"] = e.Code
	}
	maps.Copy(body, e.More)
	delete(body, "retry_after")
	return body
}
