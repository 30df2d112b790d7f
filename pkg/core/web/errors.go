package web

import (
	"encoding/json"
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
	core.TooLarge:           http.StatusRequestEntityTooLarge,
	core.UnsupportedMedia:   http.StatusUnsupportedMediaType,
	core.TooManyRequests:    http.StatusTooManyRequests,
	core.ServiceUnavailable: http.StatusServiceUnavailable,
}

// writeError answers with the failure in the contract's form: {"detail": "…"} or {"field": ["…"]}. The text of an
// internal failure goes to the log and nowhere else.
func writeError(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var failure *core.Error
	if !errors.As(err, &failure) || failure.Kind == core.Internal {
		if r.Context().Err() != nil {
			log.DebugContext(r.Context(), "client went away", "error", err)
			return
		}
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		failure = core.Errorf(core.Internal, "Internal server error.")
	}
	if failure.Kind == core.Unauthenticated {
		w.Header().Set("WWW-Authenticate", `Bearer realm="api"`)
	}
	if seconds, ok := failure.More["retry_after"].(int); ok {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
	WriteJSON(w, statuses[failure.Kind], errorBody(failure))
}

func errorBody(e *core.Error) any {
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

// WriteJSON answers with a JSON body.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	text, err := marshal(nil, body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"detail":"Internal server error."}`)
	}
	writeBody(w, status, text)
}

func writeBody(w http.ResponseWriter, status int, text []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client may be gone; there is nobody to tell
}

// appendWriter makes a byte slice an io.Writer.
type appendWriter struct{ b []byte }

func (w *appendWriter) Write(p []byte) (int, error) {
	w.b = append(w.b, p...)
	return len(p), nil
}

// marshal appends v as compact JSON, as Django REST framework writes it: nothing escaped for HTML, no final newline.
func marshal(b []byte, v any) ([]byte, error) {
	w := appendWriter{b}
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return w.b[:len(w.b)-1], nil
}
