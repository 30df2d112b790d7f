package web_test

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// marshal is encoding/json without escapes for HTML.
func marshal(t rapid.TB, v any) string {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func wantAppended(t rapid.TB, v any, got []byte) {
	t.Helper()
	if want := "x" + marshal(t, v); string(got) != want {
		t.Errorf("%#v is written as %s, want %s", v, got, want)
	}
}

func wantText[T encoding.TextAppender](t rapid.TB, v T) {
	t.Helper()
	wantAppended(t, v, web.AppendText([]byte("x"), v))
	wantAppended(t, &v, web.AppendNullText([]byte("x"), &v))
}

func TestAppend_isEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := []byte("x")
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		wantAppended(t, s, web.AppendString(x, s))
		wantAppended(t, &s, web.AppendNullString(x, &s))
		n := rapid.Int64().Draw(t, "number")
		wantAppended(t, n, web.AppendInt(x, n))
		wantAppended(t, &n, web.AppendNullInt(x, &n))
		wantAppended(t, n > 0, web.AppendBool(x, n > 0))
		wantText(t, core.Money(n))
		wantText(t, core.Grade(n))
		wantText(t, core.Percent(n))
		moment := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second"), n%1e9)
		wantText(t, core.NewDate(moment.UTC()))
		wantText(t, core.Timestamp(moment))
		j := core.JSON(marshal(t, map[string]any{s: []any{n, s, nil}}))
		wantAppended(t, j, web.AppendJSONText(x, j))
	})
}

func TestAppend_marksOfScripts(t *testing.T) {
	for _, s := range []string{"", "<a href=\"x\">&'", "\u2028\u2029", "\b\f\n\r\t\x7f\x00", "\xff", "ポ", `\`} {
		wantAppended(t, s, web.AppendString([]byte("x"), s))
	}
}

func TestAppend_null(t *testing.T) {
	for name, got := range map[string][]byte{
		"text": web.AppendNullString(nil, nil), "number": web.AppendNullInt[int64](nil, nil), "money": web.AppendNullText[core.Money](nil, nil),
	} {
		if string(got) != "null" {
			t.Errorf("%s: %s, want null", name, got)
		}
	}
	if got := web.AppendJSONText(nil, nil); string(got) != "{}" {
		t.Errorf("no document: %s, want {}", got)
	}
	if got := web.AppendJSONText(nil, core.JSON(`{ "a": [1, 2] }`)); string(got) != `{"a":[1,2]}` {
		t.Errorf("document: %s, want it compact", got)
	}
}

type point struct{ X, Y int64 }

func (p point) AppendJSON(b []byte) []byte {
	b = web.AppendInt(append(b, `{"X":`...), p.X)
	return append(web.AppendInt(append(b, `,"Y":`...), p.Y), '}')
}

func TestList_isEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Make[point]()).Draw(t, "list")
		wantAppended(t, list, web.List[point](list).AppendJSON([]byte("x")))
	})
	if got := web.List[point](nil).AppendJSON(nil); string(got) != "[]" {
		t.Errorf("no list: %s, want []", got)
	}
}

func TestEncode_listsAreNeverNull(t *testing.T) {
	plain := web.JSON(func(context.Context, web.Nothing) ([]okResponse, error) { return nil, nil })
	appended := web.JSON(func(context.Context, web.Nothing) (web.List[point], error) { return nil, nil })
	h := newHandler(t, get("/plain/", plain), get("/appended/", appended))
	for _, path := range []string{"/plain/", "/appended/"} {
		want(t, send(t, h, http.MethodGet, path, ""), http.StatusOK, `[]`)
	}
}

func TestEncode_answersDoNotShareABuffer(t *testing.T) {
	h := newHandler(t, get("/a/", web.JSON(func(context.Context, web.Nothing) (web.List[point], error) {
		return make(web.List[point], 100_000), nil
	})), get("/b/", web.JSON(answerOK)))
	long := send(t, h, http.MethodGet, "/a/", "")
	for range 3 {
		want(t, send(t, h, http.MethodGet, "/b/", ""), http.StatusOK, `{"ok":true}`)
	}
	if !strings.HasPrefix(long.Body.String(), `[{"X":0,"Y":0},`) || long.Body.Len() != 1_400_001 {
		t.Errorf("the long answer has %d bytes and begins with %.30s", long.Body.Len(), long.Body)
	}
}
