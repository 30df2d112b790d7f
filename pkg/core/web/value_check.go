package web

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Limits of a JSON document that is kept as it came. PostgreSQL's jsonb fails beyond its own, which are wider.
const (
	maxDepth  = 100
	maxNumber = 400 // characters, and the power of ten
)

// isStorable reports whether both engines can keep a valid JSON document: no NUL and no half of a surrogate pair in
// its texts, no number beyond a float's range, no endless nesting.
func isStorable(raw []byte) bool {
	if loneSurrogate(raw) != 0 {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return true // the end: the document is valid
		}
		switch t := token.(type) {
		case json.Delim:
			depth += nesting(t)
		case string:
			if strings.ContainsRune(t, 0) {
				return false
			}
		case json.Number:
			if !isStorableNumber(t.String()) {
				return false
			}
		}
		if depth > maxDepth {
			return false
		}
	}
}

// nesting is what a bracket adds to the depth.
func nesting(bracket json.Delim) int {
	if bracket == '[' || bracket == '{' {
		return 1
	}
	return -1
}

func isStorableNumber(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) || len(text) > maxNumber {
		return false
	}
	i := strings.IndexAny(text, "eE")
	if i < 0 {
		return true
	}
	power, err := strconv.Atoi(text[i+1:])
	return err == nil && power >= -maxNumber && power <= maxNumber
}

// loneSurrogate returns the first \uD800 to \uDFFF escape of a valid JSON document that has no partner, or 0.
func loneSurrogate(raw []byte) rune {
	high := rune(0)
	for i := 0; i < len(raw); i++ {
		unit := rune(0)
		if raw[i] == '\\' {
			if raw[i+1] == 'u' {
				n, _ := strconv.ParseUint(string(raw[i+2:i+6]), 16, 16)
				unit = rune(n)
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
