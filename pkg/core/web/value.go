package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
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
)

// A value is one member of a request body, before its type is checked.
type value struct {
	kind valueKind
	text string // of texts and numbers, and the words true and false
	raw  []byte // the JSON document; nil for a value from a form
	lone rune   // a surrogate without its other half, which JSON can spell and Unicode text can't hold
}

// formValue is a value from a form: always text.
func formValue(text string) value { return value{kind: textKind, text: text} }

// newValue reads one valid JSON document.
func newValue(raw []byte) value {
	raw = bytes.TrimSpace(raw)
	v := value{raw: raw, text: string(raw)}
	switch raw[0] {
	case 'n':
		v.kind = nullKind
	case 't', 'f':
		v.kind = boolKind
	case '[':
		v.kind = listKind
	case '{':
		v.kind = dictKind
	case '"':
		v.kind = textKind
		v.lone = loneSurrogate(raw)
		_ = json.Unmarshal(raw, &v.text) // the document is valid: checked when the body was read
	default:
		v.kind = intKind
		if bytes.ContainsAny(raw, ".eE") {
			v.kind, v.text = floatKind, trimFraction(string(raw))
		}
	}
	return v
}

// trimFraction drops the zeros that a float does not keep: 1.500 is 1.5, 12.00 is 12.0.
func trimFraction(number string) string {
	mantissa, power := number, ""
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		mantissa, power = number[:i], number[i:]
	}
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(mantissa, "0")
		if strings.HasSuffix(mantissa, ".") {
			mantissa += "0"
		}
	}
	return mantissa + power
}

// members splits a JSON object; the last of two members with one name counts, as in Python.
func (v value) members() (map[string]value, error) {
	var raws map[string]json.RawMessage
	if err := json.Unmarshal(v.raw, &raws); err != nil {
		return nil, fmt.Errorf("split object: %w", err)
	}
	members := make(map[string]value, len(raws))
	for name, raw := range raws {
		members[name] = newValue(raw)
	}
	return members, nil
}

// elements splits a JSON array.
func (v value) elements() ([]value, error) {
	var raws []json.RawMessage
	if err := json.Unmarshal(v.raw, &raws); err != nil {
		return nil, fmt.Errorf("split array: %w", err)
	}
	elements := make([]value, len(raws))
	for i, raw := range raws {
		elements[i] = newValue(raw)
	}
	return elements, nil
}

// loneSurrogate returns the first \uD800 to \uDFFF escape of a JSON document that has no partner, or 0.
func loneSurrogate(raw []byte) rune {
	high := rune(0)
	for i := 0; i < len(raw); i++ {
		unit := rune(0)
		if raw[i] == '\\' {
			if raw[i+1] == 'u' {
				n, _ := strconv.ParseUint(string(raw[i+2:i+6]), 16, 16)
				unit = rune(n) //nolint:gosec // 16 bits
				i += 4
			}
			i++
		}
		switch isLow := unit >= 0xDC00 && unit <= 0xDFFF; {
		case high != 0 && !isLow:
			return high
		case high == 0 && isLow:
			return unit
		case unit >= 0xD800 && unit <= 0xDBFF:
			high = unit
		default:
			high = 0
		}
	}
	return high
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
