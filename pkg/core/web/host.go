package web

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// hostHeader is a name or an address, and perhaps a port: Django's grammar.
var hostHeader = regexp.MustCompile(`^(?:([a-z0-9.-]+)|\[([a-f0-9]*:[a-f0-9.:]+)\])(?::[0-9]+)?$`)

// checkHost refuses requests for hosts that are not ours, so that no link we build can lead elsewhere.
func (h *Handler) checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isHostAllowed(r.Host, h.config.AllowedHosts) {
			writeError(w, r, h.config.Log, core.Errorf(core.Invalid, "Invalid host."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isHostAllowed(header string, allowed []string) bool {
	match := hostHeader.FindStringSubmatch(strings.ToLower(header))
	if match == nil {
		return false
	}
	host := strings.TrimSuffix(match[1]+match[2], ".")
	for _, pattern := range allowed {
		pattern = strings.ToLower(strings.Trim(pattern, "[]"))
		if pattern == "*" || pattern == host ||
			strings.HasPrefix(pattern, ".") && (host == pattern[1:] || strings.HasSuffix(host, pattern)) {
			return true
		}
	}
	return false
}
