package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// clientAddr is the address of the client: the peer's, or, behind n trusted proxies, the one that the outermost of
// them saw. It is the zero address where there is none, as behind a Unix socket.
func (h *Handler) clientAddr(r *http.Request) netip.Addr {
	addr := parseHop(r.RemoteAddr)
	if n := h.config.TrustedProxies; n > 0 {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if hop := parseHop(strings.TrimSpace(hops[max(0, len(hops)-n)])); hop.IsValid() {
			addr = hop
		}
	}
	return addr
}

// parseHop reads an address with or without a port.
func parseHop(text string) netip.Addr {
	addr, err := netip.ParseAddr(text)
	if err != nil {
		withPort, _ := netip.ParseAddrPort(text)
		addr = withPort.Addr()
	}
	return addr.Unmap().WithZone("")
}

// network is what counts as one client: an address, or the /64 network of IPv6, all of whose addresses a client has.
func network(addr netip.Addr) netip.Prefix {
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	prefix, _ := addr.Prefix(bits) // it fails for the zero address only
	return prefix
}
