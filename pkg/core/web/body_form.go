package web

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxParts is how many parts of a multipart form are read. Files are skipped where the operation takes none.
const maxParts = 1000

const msgNotMultipart = "Multipart form parse error - the body is not a multipart form"

// percent is a % in a form, with the two digits that make an escape of it.
var percent = regexp.MustCompile(`%([0-9A-Fa-f]{2})?`)

// parseForm reads pairs of names and values as Python does: nothing but & separates them, and a % that escapes nothing
// stands for itself.
func parseForm(text string) (url.Values, error) {
	text = percent.ReplaceAllStringFunc(strings.ReplaceAll(text, ";", "%3B"), func(found string) string {
		if found == "%" {
			return "%25"
		}
		return found
	})
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, core.Errorf(core.Invalid, "Form parse error - %s", err)
	}
	return values, nil
}

func readForm(r *http.Request) (members, error) {
	body, err := readAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := parseForm(string(body))
	if err != nil {
		return nil, err
	}
	return formMembers(form)
}

func readMultipart(r *http.Request) (members, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, bodyError(err, msgNotMultipart)
	}
	form := url.Values{}
	for range maxParts {
		part, err := reader.NextPart()
		if err == io.EOF { // a wrapped one is of a body that broke off
			return formMembers(form)
		}
		if err != nil {
			return nil, bodyError(err, msgNotMultipart)
		}
		if isFile(part) {
			continue
		}
		if err := addPart(form, part.FormName(), part); err != nil {
			return nil, err
		}
	}
	return nil, core.Errorf(core.TooLarge, "Multipart form parse error - more than %d parts", maxParts)
}

func addPart(form url.Values, name string, part io.Reader) error {
	text, err := io.ReadAll(part)
	if err != nil {
		return bodyError(err, msgNotMultipart)
	}
	form.Add(name, string(text))
	return nil
}

// formMembers takes the last value of each name, as Django does.
func formMembers(form url.Values) (members, error) {
	for _, values := range form {
		if !utf8.ValidString(values[len(values)-1]) {
			return nil, core.Errorf(core.Invalid, "Form parse error - the text is not valid UTF-8")
		}
	}
	return func(name string) (value, bool) {
		values, sent := form[name]
		if !sent {
			return value{}, false
		}
		return formValue(values[len(values)-1]), true
	}, nil
}
