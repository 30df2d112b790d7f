package web

import (
	"bytes"
	"encoding"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// The Append functions write one JSON value each, as encoding/json does with SetEscapeHTML(false).

// AppendInt appends a number.
func AppendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

// AppendNullInt appends a number, or null.
func AppendNullInt[T int32 | int64](b []byte, n *T) []byte {
	if n == nil {
		return append(b, `null`...)
	}
	return strconv.AppendInt(b, int64(*n), 10)
}

// AppendBool appends true or false.
func AppendBool(b []byte, v bool) []byte { return strconv.AppendBool(b, v) }

// AppendString appends a text. All but plain ASCII without quotes goes the slow way.
func AppendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return appendAnyString(b, s)
		}
	}
	b = append(append(b, '"'), s...)
	return append(b, '"')
}

func appendAnyString(b []byte, s string) []byte {
	b, _ = marshal(b, s) // a string can always be marshalled
	return b
}

// AppendNullString appends a text, or null.
func AppendNullString(b []byte, s *string) []byte {
	if s == nil {
		return append(b, `null`...)
	}
	return AppendString(b, *s)
}

// AppendText appends a value whose text needs no escapes: money, a date, a moment.
func AppendText[T encoding.TextAppender](b []byte, v T) []byte {
	b, _ = v.AppendText(append(b, '"')) // of these types none fails
	return append(b, '"')
}

// AppendNullText appends a value whose text needs no escapes, or null.
func AppendNullText[T encoding.TextAppender](b []byte, v *T) []byte {
	if v == nil {
		return append(b, `null`...)
	}
	return AppendText(b, *v)
}

// AppendJSONText appends a document, compact.
func AppendJSONText(b []byte, j core.JSON) []byte {
	text, _ := j.MarshalJSON() // never fails
	w := bytes.NewBuffer(b)
	if err := json.Compact(w, text); err != nil {
		return append(b, `null`...)
	}
	return w.Bytes()
}
