package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const formMedia = "application/x-www-form-urlencoded"

func TestBody_isNoObject(t *testing.T) {
	for body, msg := range map[string]string{
		`[{"name":"x"}]`: "Invalid data. Expected a dictionary, but got list.", `"x"`: "Invalid data. Expected a dictionary, but got str.",
		`5`: "Invalid data. Expected a dictionary, but got int.", `null`: "No data provided",
	} {
		wantItemRefused(t, http.MethodPost, body, `{"non_field_errors":["`+msg+`"]}`)
	}
}

func TestBody_malformedJSON(t *testing.T) {
	for _, body := range []string{
		`{`, `{"name":"x",`, `{'name':1}`, ` `, `{"name":"\u12"}`, `{"name":"\ud8`, `"\`, `{"name":NaN}`, `{"name":Infinity}`, `{}{}`, `{"name":01}`,
		"{\"name\":\"\xff\"}", "\xef\xbb\xbf{}", `{"name":"` + "\x00" + `"}`, strings.Repeat(`{"cover":`, 20000), strings.Repeat("[", 20000),
	} {
		seen, answer := decode[itemInput](t, http.MethodPost, "application/json", body)
		if seen != nil || !strings.HasPrefix(answer, `{"detail":"JSON parse error - `) {
			t.Errorf("%.40q: %s", body, answer)
		}
	}
}

func TestBody_mediaTypes(t *testing.T) {
	h := newHandler(t, web.Operation{
		Method: http.MethodPost, Path: "/", Access: web.Open, Accepts: web.JSONBody | web.FormBody, Endpoint: web.JSON(takeItem),
	})
	for _, media := range []string{"application/json", "Application/JSON; charset=utf-8"} {
		want(t, send(t, h, http.MethodPost, "/", `{"name":"x","sku":"y"}`, "Content-Type", media), http.StatusOK, "")
	}
	want(t, send(t, h, http.MethodPost, "/", `name=x&sku=y`, "Content-Type", formMedia), http.StatusOK, "")
	for _, media := range []string{"", "text/plain", "application/xml", "multipart/form-data; boundary=b", "application/jsonp", "/"} {
		want(t, send(t, h, http.MethodPost, "/", `{}`, "Content-Type", media), http.StatusUnsupportedMediaType,
			`{"detail":"Unsupported media type \"`+media+`\" in request."}`)
	}
	want(t, send(t, h, http.MethodPost, "/", ``, "Content-Type", "text/plain"), http.StatusBadRequest,
		`{"name":["This field is required."],"sku":["This field is required."]}`)
}

func wantForm(t *testing.T, media, body string, want itemInput) {
	t.Helper()
	seen, answer := decode[itemInput](t, http.MethodPatch, media, body)
	if seen == nil {
		t.Errorf("%q: refused: %s", body, answer)
		return
	}
	if diff := cmp.Diff(want, *seen); diff != "" {
		t.Errorf("%q (-want +got):\n%s", body, diff)
	}
}

func TestForm_isReadAsPythonDoes(t *testing.T) {
	for body, name := range map[string]string{
		"name=+a+b+": "a b", "name=first&name=last": "last", "name=100%": "100%", "name=%zz%41": "%zzA", "name=a;b": "a;b",
		"name=a%3Bb": "a;b", "name=%E2%82%AC": "€", "%6eame=x": "x", "name=x&&=y&": "x",
	} {
		wantForm(t, formMedia, body, itemInput{Name: core.Some(name)})
	}
	wantForm(t, formMedia, "Name=x&na%00me=y", itemInput{})
}

func TestForm_refused(t *testing.T) {
	for body, answer := range map[string]string{
		"name=%ff":            `{"detail":"Form parse error - the text is not valid UTF-8"}`,
		"name=a%00b":          `{"name":["Null characters are not allowed."]}`,
		"name=":               `{"name":["This field may not be blank."]}`,
		"cover=x&images=y":    `{"cover":{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]},"images":{"non_field_errors":["Expected a list of items but got type \"str\"."]}}`,
		"name=%ED%A0%80&sku=": `{"detail":"Form parse error - the text is not valid UTF-8"}`,
	} {
		seen, got := decode[itemInput](t, http.MethodPatch, formMedia, body)
		if seen != nil {
			t.Errorf("%q: accepted as %+v", body, *seen)
			continue
		}
		if diff := cmp.Diff(parse(t, answer), parse(t, got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", body, diff)
		}
	}
}

func TestForm_emptyInputs(t *testing.T) {
	seen, answer := decode[fields](t, http.MethodPatch, formMedia, "count=&store=&day=&price=&flag=&note=&grade=&null_flag=&no_color=&data=")
	if seen == nil {
		t.Fatalf("refused: %s", answer)
	}
	want := fields{
		Note: core.Some(""), NoColor: core.Some[color](""), Grade: core.Optional[core.Grade]{Sent: true, Null: true},
		NullFlag: core.Optional[bool]{Sent: true, Null: true},
	}
	if diff := cmp.Diff(want, *seen, compareDates); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestForm_tooManyPairs(t *testing.T) {
	seen, answer := decode[itemInput](t, http.MethodPatch, formMedia, strings.Repeat("a&", 20000))
	if seen != nil || !strings.HasPrefix(answer, `{"detail":"Form parse error - `) {
		t.Errorf("answer = %s", answer)
	}
}
