package sheet

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// In a workbook, _xHHHH_ is the UTF-16 unit with that number: so it spells what XML cannot hold, and the underscore of a
// text that looks like such an escape (ECMA-376, part 1, 22.9.2.19, ST_Xstring).

const escapeLength = len("_xHHHH_")

// appendXML appends a text as the content of an element.
func appendXML(b []byte, text string) []byte {
	for i, r := range text {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '_' && isEscape(text[i:]), r < ' ' && r != '\t' && r != '\n', r == '\ufffe', r == '\uffff':
			b = append(b, "_x"...)
			b = append(b, strings.ToUpper(strconv.FormatInt(int64(r)+0x10000, 16)[1:])...)
			b = append(b, '_')
		default:
			b = utf8.AppendRune(b, r) // U+FFFD for what is no UTF-8
		}
	}
	return b
}

// isEscape reports whether a text begins with _xHHHH_.
func isEscape(text string) bool {
	if len(text) < escapeLength || text[0] != '_' || text[1] != 'x' || text[escapeLength-1] != '_' {
		return false
	}
	return strings.Trim(text[2:escapeLength-1], "0123456789abcdefABCDEF") == ""
}

// unescapeText replaces escapes by what they spell. Halves of a pair of surrogates come together; alone they are U+FFFD.
func unescapeText(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if !isEscape(text[i:]) {
			b.WriteByte(text[i])
			i++
			continue
		}
		r := escaped(text[i:])
		i += escapeLength
		if utf16.IsSurrogate(r) && isEscape(text[i:]) {
			if pair := utf16.DecodeRune(r, escaped(text[i:])); pair != utf8.RuneError {
				r, i = pair, i+escapeLength
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func escaped(text string) rune {
	n, _ := strconv.ParseUint(text[2:escapeLength-1], 16, 16) // isEscape has seen the digits
	return rune(n)
}
