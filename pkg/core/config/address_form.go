package config

import (
	"net"
	"net/url"
	"strings"
)

// isHostPattern reports whether the text is *, a host name, an IP address (IPv6 in brackets) or a name after a dot.
func isHostPattern(host string) bool {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && net.ParseIP(inner) != nil
	}
	return host == "*" || isHostName(strings.TrimPrefix(host, "."))
}

func isHostName(name string) bool {
	outside := func(r rune) bool {
		return r <= ' ' || strings.ContainsRune(`/\:*?#@[]"<>`, r)
	}
	return name != "" && !strings.HasPrefix(name, ".") && !strings.ContainsFunc(name, outside)
}

// isOrigin reports whether the text is a scheme, a host and perhaps a port, and nothing more.
func isOrigin(text string) bool {
	return originOf(text) != "" && originOf(text) == text
}

// isWebURL reports whether the text is an absolute http or https URL without user and password.
func isWebURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}
