package web

import (
	"net/netip"
	"regexp"
	"strings"
	"sync"
)

// pattern compiles an expression when it is first needed: those below take longer than all else that a start does.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// The grammar of Django's EmailValidator and URLValidator. Django spells a domain that is not ASCII as IDNA does and
// looks at that; here letters, marks and digits of any script may stand in it.
var (
	localPart = pattern(`(?i)^[-!#$%&'*+/=?^_` + "`" + `{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_` + "`" + `{}|~0-9a-z]+)*$` +
		`|^"([\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"$`)
	emailDomain = pattern(`(?i)^([a-z0-9\pL\pM\pN]([a-z0-9\pL\pM\pN-]{0,61}[a-z0-9\pL\pM\pN])?\.)+` +
		`[a-z0-9\pL\pM\pN-]{1,62}[a-z0-9\pL\pM\pN]$`)
	webAddress = pattern(`(?i)^(?:https?|ftps?)://` +
		`([^\x00-\x20\x7f\x{85}\pZ:@/\[\]]+(:[^\x00-\x20\x7f\x{85}\pZ:@/\[\]]*)?@)?` +
		`(?P<host>[^\x00-\x20\x7f\x{85}\pZ:@/?#\[\]]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?([/?#][^\x00-\x20\x7f\x{85}\pZ]*)?$`)
	webHost = pattern(`(?i)^[a-z0-9\x{a1}-\x{10ffff}]([a-z0-9\x{a1}-\x{10ffff}-]{0,61}[a-z0-9\x{a1}-\x{10ffff}])?` +
		`(\.[a-z0-9\x{a1}-\x{10ffff}]([a-z0-9\x{a1}-\x{10ffff}-]{0,61}[a-z0-9\x{a1}-\x{10ffff}])?)*` +
		`\.([a-z\x{a1}-\x{10ffff}][a-z\x{a1}-\x{10ffff}-]{0,61}[a-z\x{a1}-\x{10ffff}]|xn--[a-z0-9]{1,59})\.?$`)
)

// The longest addresses and host names, in characters.
const (
	maxEmail = 320  // RFC 3696
	maxURL   = 2048 // Django's
	maxHost  = 253  // RFC 1034
)

func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || runeCount(text) > maxEmail || !localPart().MatchString(text[:at]) {
		return false
	}
	domain := text[at+1:]
	if literal, ok := strings.CutPrefix(domain, "["); ok {
		inner, closed := strings.CutSuffix(literal, "]")
		return closed && isIP(inner)
	}
	return domain == "localhost" || emailDomain().MatchString(domain)
}

func isURL(text string) bool {
	if isPlainURL(text) {
		return true
	}
	match := webAddress().FindStringSubmatch(text)
	if match == nil || runeCount(text) > maxURL {
		return false
	}
	host := match[webAddress().SubexpIndex("host")]
	if literal, ok := strings.CutPrefix(host, "["); ok {
		return isIP(strings.TrimSuffix(literal, "]"))
	}
	return runeCount(host) <= maxHost && (isIP(host) || strings.EqualFold(host, "localhost") || webHost().MatchString(host))
}

// isPlainURL reports whether a text is an address as nearly all are, which takes a tenth of the time that the grammar does
// and never finds more: letters, digits and hyphens of ASCII in the name, and what ASCII can show behind it.
func isPlainURL(text string) bool {
	rest, ok := strings.CutPrefix(text, "https://")
	host, path, _ := strings.Cut(rest, "/")
	dot := strings.LastIndexByte(host, '.')
	if !ok || dot < 0 || len(text) > maxURL || len(host) > maxHost || len(host)-dot <= 2 || strings.Trim(host[dot+1:], letters) != "" {
		return false
	}
	for i := range len(path) {
		if path[i] <= ' ' || path[i] > '~' {
			return false
		}
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.Trim(label, letters+"0123456789-") != "" {
			return false
		}
	}
	return true
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// isIP takes an address without a zone, which names a network card of one machine.
func isIP(text string) bool {
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Zone() == ""
}
