package web

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// valueKind is the type of a value as Python, whose names the contract's messages use, calls it.
type valueKind string

const (
	nullKind  valueKind = "NoneType"
	boolKind  valueKind = "bool"
	intKind   valueKind = "int"
	floatKind valueKind = "float"
	textKind  valueKind = "str"
	listKind  valueKind = "list"
	dictKind  valueKind = "dict"
	fileKind  valueKind = "file"
)

// A value is one member of a request body, before its type is checked.
type value struct {
	kind  valueKind
	text  string           // as Python's str() shows it; of lists and objects the JSON text
	raw   []byte           // the JSON document; nil for a value from a form
	lone  rune             // a surrogate without its other half, which JSON can spell and Unicode text can't hold
	file  core.Upload      // of a file
	large core.LargeUpload // of a large one
}

// members looks up a member of a request body by its name, and reports whether it was sent.
type members func(name string) (value, bool)

// noMembers are those of an empty body.
func noMembers(string) (value, bool) { return value{}, false }

// formValue is a value from a form: always text.
func formValue(text string) value { return value{kind: textKind, text: text} }

// newValue reads one valid JSON document.
func newValue(raw []byte) value {
	raw = bytes.TrimSpace(raw)
	v := value{raw: raw, text: string(raw)}
	switch raw[0] {
	case 'n':
		v.kind = nullKind
	case 't':
		v.kind, v.text = boolKind, "True"
	case 'f':
		v.kind, v.text = boolKind, "False"
	case '[':
		v.kind = listKind
	case '{':
		v.kind = dictKind
	case '"':
		v.kind = textKind
		v.lone = loneSurrogate(raw)
		_ = json.Unmarshal(raw, &v.text) // the document is valid: checked when the body was read
	default:
		v.setNumber()
	}
	return v
}

func (v *value) setNumber() {
	switch {
	case strings.ContainsAny(v.text, ".eE"):
		f, _ := strconv.ParseFloat(v.text, 64) // out of range it is infinite, as in Python
		v.kind, v.text = floatKind, pythonFloat(f)
	case v.text == "-0":
		v.kind, v.text = intKind, "0"
	default:
		v.kind = intKind
	}
}

// pythonFloat is Python's repr: 1.5, 100.0, 1e+16, 1e-05, inf.
func pythonFloat(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case f != 0 && (math.Abs(f) < 1e-4 || math.Abs(f) >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// members splits a JSON object; the last of two members with one name counts, as in Python.
func (v value) members() (members, error) {
	var raws map[string]json.RawMessage
	if err := json.Unmarshal(v.raw, &raws); err != nil {
		return nil, err
	}
	return func(name string) (value, bool) {
		raw, sent := raws[name]
		if !sent {
			return value{}, false
		}
		return newValue(raw), true
	}, nil
}
