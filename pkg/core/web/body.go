package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxFormMemory bounds what a multipart form keeps in memory; the body as a whole is bounded by the server.
const maxFormMemory = 1 << 20

// readBody returns the members of a request body: none for an empty one.
func readBody(r *http.Request, accepts Media) (map[string]value, error) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		return nil, nil
	}
	header := r.Header.Get("Content-Type")
	media, params, _ := mime.ParseMediaType(header)
	switch {
	case media == "application/json" && accepts&JSONBody != 0:
		return readJSON(r)
	case media == "application/x-www-form-urlencoded" && accepts&FormBody != 0:
		return readForm(r)
	case media == "multipart/form-data" && accepts&MultipartBody != 0 && params["boundary"] != "":
		return readMultipart(r)
	}
	return nil, core.Errorf(core.UnsupportedMedia, "Unsupported media type \"%s\" in request.", header)
}

func readAll(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, bodyError(err)
	}
	return body, nil
}

// bodyError tells a body that is too large from one that broke off.
func bodyError(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return &core.Error{Kind: core.TooLarge, Msg: "Request body is too large.", Err: err}
	}
	return &core.Error{Kind: core.Invalid, Msg: "The request body could not be read.", Err: err}
}

func readJSON(r *http.Request) (map[string]value, error) {
	body, err := readAll(r)
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
	v := newValue(document)
	if v.kind == nullKind {
		return nil, core.InvalidField(core.NonField, msgNull)
	}
	if v.kind != dictKind {
		return nil, core.InvalidField(core.NonField, notADict(v.kind))
	}
	return v.members()
}

func readForm(r *http.Request) (map[string]value, error) {
	body, err := readAll(r)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(strings.ReplaceAll(string(body), ";", "%3B"))
	if err != nil {
		return nil, core.Errorf(core.Invalid, "Form parse error - %s", err)
	}
	return formMembers(form)
}

func readMultipart(r *http.Request) (map[string]value, error) {
	if err := r.ParseMultipartForm(maxFormMemory); err != nil {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return nil, bodyError(err)
		}
		return nil, core.Errorf(core.Invalid, "Multipart form parse error - %s", err)
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	return formMembers(r.MultipartForm.Value)
}

func formMembers(form map[string][]string) (map[string]value, error) {
	members := make(map[string]value, len(form))
	for name, values := range form {
		text := values[len(values)-1]
		if !utf8.ValidString(text) {
			return nil, core.Errorf(core.Invalid, "Form parse error - %q is not valid UTF-8", name)
		}
		members[name] = formValue(text)
	}
	return members, nil
}
