package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// etag names a state of a resource: the hash of its JSON.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// notModified tells the state's name to a client, and reports whether the client has that state already.
func notModified(w http.ResponseWriter, r *http.Request, body []byte) bool {
	tag := etag(body)
	w.Header().Set("ETag", tag)
	given := strings.Join(r.Header.Values("If-None-Match"), ",")
	return given != "" && lists(given, tag)
}

// lists reports whether a header such as If-Match names the tag, or any by *. A weak tag names the same state here:
// ours are of the very bytes.
func lists(header, tag string) bool {
	for entry := range strings.SplitSeq(header, ",") {
		entry = strings.TrimPrefix(strings.TrimSpace(entry), "W/")
		if entry == "*" || entry == tag {
			return true
		}
	}
	return false
}

type ifMatchKey struct{}

// withIfMatch keeps a request's If-Match for Guard. An operation that has none refuses it: to ignore it would be to
// overwrite what the client did not know of.
func withIfMatch(r *http.Request, op *Operation) (context.Context, error) {
	given := strings.Join(r.Header.Values("If-Match"), ",")
	if given == "" || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r.Context(), nil
	}
	if !op.IfMatch {
		return nil, core.Errorf(core.PreconditionFailed, "This operation knows no If-Match.")
	}
	return context.WithValue(r.Context(), ifMatchKey{}, given), nil
}

// Guard returns what checks the request's If-Match against a locked model: its answer must be one that the client
// named, else PreconditionFailed. It is nil for a request without If-Match.
func Guard[M, R any](ctx context.Context, newResponse func(M) R) core.Guard[M] {
	given, ok := ctx.Value(ifMatchKey{}).(string)
	if !ok {
		return nil
	}
	encode := newEncoder[R]()
	return func(current M) error {
		body, err := encode(nil, newResponse(current))
		if err == nil && !lists(given, etag(body)) {
			err = core.Errorf(core.PreconditionFailed, "Somebody changed this in the meantime.")
		}
		return err
	}
}
