package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// everything is an input with all kinds of fields, objects and lists of them.
type everything struct {
	fields
	Item  core.Optional[itemInput]   `json:"item"`
	Items core.Optional[[]itemInput] `json:"items"`
}

// FuzzDecode holds that each body is either decoded into clean texts or refused with 400.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `{"text":"a\ud83d\ude00\u0000"}`, `{"price":1e400,"grade":"-0.0","count":1.0,"size":99999999999999999999}`,
		`{"item":{"name":"x","cover":{"url":"http://a.example"}},"items":[{},null,5]}`, `{"data":{"a":[1e-9,"\udead"]},"at":"2024-02-09 1:2+02"}`,
		`{"email":"a@b.co","link":"http://[::1]/","color":"red","day":"2024-2-9","flag":0.0,"text":"\`,
	} {
		f.Add(seed, false)
	}
	f.Add("text=%00&email=%ff&count=1;2", true)
	var seen *everything
	h := web.NewHandler(web.Config{Log: slog.New(slog.DiscardHandler), AllowedHosts: []string{"*"}, MaxBody: 1 << 20}, []web.Operation{{
		Method: http.MethodPatch, Path: "/", Access: web.Open,
		Endpoint: web.JSON(func(_ context.Context, in everything) (okResponse, error) {
			seen = &in
			return okResponse{true}, nil
		}),
	}})
	f.Fuzz(func(t *testing.T, body string, isForm bool) {
		seen = nil
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPatch, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		if isForm {
			r.Header.Set("Content-Type", formMedia)
		}
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, r)
		if seen == nil {
			want(t, recorder, http.StatusBadRequest, "")
			parse(t, recorder.Body.String())
			return
		}
		want(t, recorder, http.StatusOK, "")
		if err := checkTexts(reflect.ValueOf(*seen)); err != nil {
			t.Errorf("%q was decoded to %v: %+v", body, err, *seen)
		}
	})
}

var errDirtyText = errors.New("a text with NUL or invalid UTF-8")

// checkDocument looks at a document as a column would: its texts unescaped.
func checkDocument(j core.JSON) error {
	if j == nil {
		return nil
	}
	var text any
	if err := json.Unmarshal(j, &text); err != nil || !utf8.Valid(j) {
		return errors.Join(errDirtyText, err)
	}
	if strings.ContainsRune(fmt.Sprint(text), 0) {
		return errDirtyText
	}
	return nil
}

// checkTexts looks at all texts of a decoded value, documents among them.
func checkTexts(v reflect.Value) error {
	if j, ok := reflect.TypeAssert[core.JSON](v); ok {
		return checkDocument(j)
	}
	var err error
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) || strings.ContainsRune(v.String(), 0) {
			err = errDirtyText
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() || v.Type().Field(i).Anonymous && v.Field(i).CanInterface() {
				err = errors.Join(err, checkTexts(v.Field(i)))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			err = errors.Join(err, checkTexts(v.Index(i)))
		}
	}
	return err
}
