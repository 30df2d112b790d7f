package conversion

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An encoder appends the canonical text of a value: the same for equal values, another one for others, also when further
// texts follow. It fails for a value that not every engine can hold.
type encoder func(b []byte, value reflect.Value) ([]byte, error)

var (
	errNullCharacter = errors.New("holds a null character, which PostgreSQL cannot store")
	errNotUnicode    = errors.New("is not valid Unicode")
	errYear          = errors.New("is not in the years from 1 to 9999")
)

// newEncoder returns the encoder for a type of the models.
func newEncoder(t reflect.Type) (encoder, error) {
	switch t {
	case reflect.TypeFor[time.Time]():
		return encodeTime, nil
	case reflect.TypeFor[core.Date]():
		return encodeDate, nil
	case reflect.TypeFor[core.JSON]():
		return encodeDocument, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		inner, err := newEncoder(t.Elem())
		return nullable(inner), err
	case reflect.Bool:
		return encodeBool, nil
	case reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeInt, nil
	case reflect.String:
		return encodeText, nil
	}
	return nil, fmt.Errorf("no conversion knows a %s", t)
}

func nullable(inner encoder) encoder {
	return func(b []byte, value reflect.Value) ([]byte, error) {
		if value.IsNil() {
			return append(b, 0), nil
		}
		return inner(append(b, 1), value.Elem())
	}
}

func encodeBool(b []byte, value reflect.Value) ([]byte, error) {
	if value.Bool() {
		return append(b, 1), nil
	}
	return append(b, 0), nil
}

func encodeInt(b []byte, value reflect.Value) ([]byte, error) {
	return binary.AppendVarint(b, value.Int()), nil
}

// encodeTime keeps microseconds, as PostgreSQL does.
func encodeTime(b []byte, value reflect.Value) ([]byte, error) {
	t, _ := reflect.TypeAssert[time.Time](value)
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return b, errYear
	}
	return binary.AppendVarint(b, t.UnixMicro()), nil
}

func encodeDate(b []byte, value reflect.Value) ([]byte, error) {
	day, _ := reflect.TypeAssert[core.Date](value)
	text := day.String()
	if len(text) != len(time.DateOnly) || text < "0001" {
		return b, errYear
	}
	return append(b, text...), nil
}

func encodeText(b []byte, value reflect.Value) ([]byte, error) {
	text := value.String()
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return b, errNullCharacter
	case !utf8.ValidString(text):
		return b, errNotUnicode
	}
	return appendText(b, text), nil
}

func encodeDocument(b []byte, value reflect.Value) ([]byte, error) {
	text, err := canonicalJSON(value.Bytes())
	if err != nil {
		return b, err
	}
	return appendText(b, string(text)), nil
}

// appendText writes the length in front, so that two texts never read like two others.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}
