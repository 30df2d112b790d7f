package web

import (
	"fmt"
	"net/netip"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// convertText reads a text, trimmed unless the rule raw is set, or one of the field's choices.
func (f *field) convertText(v value, dst reflect.Value) []string {
	if len(f.rules.choices) > 0 {
		return f.convertChoice(v, dst)
	}
	if v.kind == boolKind || v.kind == listKind || v.kind == dictKind {
		return []string{msgNotText}
	}
	text := v.text
	if !f.rules.raw {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		if !f.rules.blank {
			return []string{msgBlank}
		}
		dst.SetString("")
		return nil
	}
	if !utf8.ValidString(text) {
		return []string{msgNotText}
	}
	if v.lone != 0 {
		return []string{fmt.Sprintf("Surrogate characters are not allowed: U+%X.", v.lone)}
	}
	if msgs := f.rules.checkText(text); len(msgs) > 0 {
		return msgs
	}
	dst.SetString(text)
	return nil
}

func (r *rules) checkText(text string) (msgs []string) {
	if n := runeCount(text); r.maxLength > 0 && n > r.maxLength {
		msgs = append(msgs, fmt.Sprintf("Ensure this field has no more than %d characters.", r.maxLength))
	} else if n < r.minLength {
		msgs = append(msgs, fmt.Sprintf("Ensure this field has at least %d characters.", r.minLength))
	}
	if strings.ContainsRune(text, 0) {
		msgs = append(msgs, "Null characters are not allowed.")
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
		if choice.Value == v.text && v.kind == textKind {
			dst.SetString(v.text)
			return nil
		}
	}
	return []string{fmt.Sprintf("\"%s\" is not a valid choice.", v.text)}
}

// The grammar of Django's EmailValidator and URLValidator.
var (
	localPart = regexp.MustCompile(`(?i)^[-!#$%&'*+/=?^_` + "`" + `{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_` + "`" + `{}|~0-9a-z]+)*$` +
		`|^"([\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"$`)
	emailDomain = regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z0-9-]{0,62}[a-z0-9])$`)
	urlHost     = regexp.MustCompile(`(?i)^[a-z0-9\x{a1}-\x{10ffff}]([a-z0-9\x{a1}-\x{10ffff}-]{0,61}[a-z0-9\x{a1}-\x{10ffff}])?` +
		`(\.[a-z0-9\x{a1}-\x{10ffff}]([a-z0-9\x{a1}-\x{10ffff}-]{0,61}[a-z0-9\x{a1}-\x{10ffff}])?)*` +
		`\.([a-z\x{a1}-\x{10ffff}-]{2,63}|xn--[a-z0-9]{1,59})\.?$`)
)

func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || len(text) > 320 || !localPart.MatchString(text[:at]) {
		return false
	}
	domain := text[at+1:]
	if literal, ok := strings.CutPrefix(domain, "["); ok {
		_, err := netip.ParseAddr(strings.TrimSuffix(literal, "]"))
		return err == nil && strings.HasSuffix(literal, "]")
	}
	return domain == "localhost" || emailDomain.MatchString(domain)
}

func isURL(text string) bool {
	if len(text) > 2048 || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return false
	}
	u, err := url.Parse(text)
	if err != nil || len(u.Hostname()) > 253 {
		return false
	}
	switch u.Scheme {
	case "http", "https", "ftp", "ftps":
	default:
		return false
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return true
	}
	return u.Hostname() == "localhost" || urlHost.MatchString(u.Hostname())
}

// choiceLabels lists choices as drf-spectacular describes them.
func choiceLabels(choices []core.Choice) string {
	lines := make([]string, len(choices))
	for i, c := range choices {
		lines[i] = fmt.Sprintf("* `%s` - %s", c.Value, c.Label)
	}
	return strings.Join(lines, "\n")
}
