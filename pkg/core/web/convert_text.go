package web

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// convertText reads a text, trimmed unless the rule raw is set, or one of the field's choices.
func (f *field) convertText(v value, dst reflect.Value) []string {
	if len(f.rules.choices) > 0 {
		return f.convertChoice(v, dst)
	}
	if v.kind == boolKind || v.kind == listKind || v.kind == dictKind || !utf8.ValidString(v.text) {
		return []string{msgNotText}
	}
	text := v.text
	if !f.rules.raw {
		text = trim(text)
	}
	switch {
	case text == "" && !f.rules.blank:
		return []string{msgBlank}
	case text != "":
		if msgs := f.rules.checkText(text, v.lone); len(msgs) > 0 {
			return msgs
		}
	}
	dst.SetString(text)
	return nil
}

// trim takes off what Python's strip does: white space, and the four control characters that separate files, groups,
// records and units.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f })
}

// checkText says all that is wrong with a text; lone is the half of a surrogate pair that stood in it, or 0.
func (r *rules) checkText(text string, lone rune) (msgs []string) {
	if n := runeCount(text); r.maxLength > 0 && n > r.maxLength {
		msgs = append(msgs, fmt.Sprintf("Ensure this field has no more than %d characters.", r.maxLength))
	} else if n < r.minLength {
		msgs = append(msgs, fmt.Sprintf("Ensure this field has at least %d characters.", r.minLength))
	}
	if strings.ContainsRune(text, 0) {
		msgs = append(msgs, "Null characters are not allowed.")
	}
	if lone != 0 {
		msgs = append(msgs, fmt.Sprintf("Surrogate characters are not allowed: U+%X.", lone))
	}
	switch {
	case r.email && !isEmail(text):
		msgs = append(msgs, "Enter a valid email address.")
	case r.url && !isURL(text):
		msgs = append(msgs, "Enter a valid URL.")
	case r.https && len(msgs) == 0 && !strings.HasPrefix(strings.ToLower(text), "https://"):
		msgs = append(msgs, "Image URLs must use HTTPS.")
	}
	return msgs
}

func (f *field) convertChoice(v value, dst reflect.Value) []string {
	if v.text == "" && f.rules.blank {
		dst.SetString("")
		return nil
	}
	for _, choice := range f.rules.choices {
		if choice.Value == v.text && v.kind != listKind && v.kind != dictKind {
			dst.SetString(v.text)
			return nil
		}
	}
	return []string{fmt.Sprintf("\"%s\" is not a valid choice.", v.text)}
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
