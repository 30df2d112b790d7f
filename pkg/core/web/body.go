package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// readBody returns the members of a request body: none for an empty one.
func readBody(r *http.Request, accepts Media) (members, error) {
	if r.ContentLength == 0 {
		return noMembers, nil
	}
	header := r.Header.Get("Content-Type")
	media, _, _ := mime.ParseMediaType(header)
	switch {
	case media == "application/json" && accepts&JSONBody != 0:
		return readJSON(r)
	case media == "application/x-www-form-urlencoded" && accepts&FormBody != 0:
		return readForm(r)
	case media == "multipart/form-data" && accepts&MultipartBody != 0:
		return readMultipart(r)
	}
	return nil, core.Errorf(core.UnsupportedMedia, "Unsupported media type \"%s\" in request.", header)
}

func readAll(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, bodyError(err, "The request body could not be read.")
	}
	return body, nil
}

// bodyError tells a body that is too large from one that broke off or is malformed.
func bodyError(err error, msg string) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return errTooLarge(err)
	}
	return &core.Error{Kind: core.Invalid, Msg: msg, Err: err}
}

func readJSON(r *http.Request) (members, error) {
	body, err := readAll(r.Body)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(body) {
		return nil, core.Errorf(core.Invalid, "JSON parse error - the text is not valid UTF-8")
	}
	var document json.RawMessage
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, core.Errorf(core.Invalid, "JSON parse error - %s", err)
	}
	switch v := newValue(document); v.kind {
	case dictKind:
		return v.members()
	case nullKind:
		return nil, core.InvalidField(core.NonField, "No data provided")
	default:
		return nil, core.InvalidField(core.NonField, notADict(v.kind))
	}
}
