package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

const multipartMedia = "multipart/form-data; boundary=b"

func part(disposition, text string) string {
	return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + text + "\r\n"
}

func TestMultipart_textsAreReadAndFilesSkipped(t *testing.T) {
	body := part(`name="name"`, "first") + part(`name="name"`, " last ") + part(`name="sku"; filename="a.txt"`, "file") + "--b--\r\n"
	wantForm(t, multipartMedia, body, itemInput{Name: core.Some("last")})
	wantForm(t, multipartMedia, "--b--\r\n", itemInput{})
}

func TestMultipart_malformed(t *testing.T) {
	for name, tt := range map[string]struct{ media, body string }{
		"no boundary":  {"multipart/form-data", part(`name="name"`, "x") + "--b--\r\n"},
		"no part":      {multipartMedia, "name=x"},
		"broken off":   {multipartMedia, part(`name="name"`, "x")},
		"broken in":    {multipartMedia, "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx"},
		"header alone": {multipartMedia, "--b\r\nContent-Disposition"},
	} {
		seen, answer := decode[itemInput](t, http.MethodPatch, tt.media, tt.body)
		if seen != nil || answer != `{"detail":"Multipart form parse error - the body is not a multipart form"}` {
			t.Errorf("%s: %s", name, answer)
		}
	}
}

func TestMultipart_textIsCheckedLikeAnyOther(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b": `{"name":["Null characters are not allowed."]}`, "\xff": `{"detail":"Form parse error - the text is not valid UTF-8"}`,
	} {
		seen, answer := decode[itemInput](t, http.MethodPatch, multipartMedia, part(`name="name"`, text)+"--b--\r\n")
		if seen != nil || answer != want {
			t.Errorf("%q: %s, want %s", text, answer, want)
		}
	}
}

func TestMultipart_partsAreBounded(t *testing.T) {
	body := strings.Repeat(part(`name="a"`, ""), 1001) + "--b--\r\n"
	h := newItemHandler(t)
	want(t, send(t, h, http.MethodPost, "/", body, "Content-Type", multipartMedia), http.StatusRequestEntityTooLarge, "")
}
