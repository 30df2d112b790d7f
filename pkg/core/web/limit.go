package web

import (
	"fmt"
	"math"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxLimiters bounds the memory of the limits: beyond it those that have recovered are forgotten.
const maxLimiters = 10_000

// limits counts the calls of each client and operation. It lives in the memory of one process.
type limits struct {
	on       bool
	mu       sync.Mutex
	limiters map[limitKey]*rate.Limiter
}

type limitKey struct {
	operation, client string
}

func newLimits(on bool) *limits { return &limits{on: on, limiters: map[limitKey]*rate.Limiter{}} }

// take counts one call, or refuses it with TooManyRequests and the seconds to wait.
func (l *limits) take(op *Operation, client string) error {
	if !l.on || op.Limit.Calls == 0 {
		return nil
	}
	limiter := l.limiter(limitKey{op.ID, client}, op.Limit)
	reservation := limiter.Reserve()
	wait := reservation.Delay()
	if wait == 0 {
		return nil
	}
	reservation.Cancel()
	seconds := int(math.Ceil(wait.Seconds()))
	return &core.Error{
		Kind: core.TooManyRequests,
		Msg:  fmt.Sprintf("Request was throttled. Expected available in %d seconds.", seconds),
		More: map[string]any{"retry_after": seconds},
	}
}

func (l *limits) limiter(key limitKey, limit Rate) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.limiters[key]
	if !ok {
		if len(l.limiters) >= maxLimiters {
			l.forget()
		}
		every := rate.Every(limit.Per / time.Duration(limit.Calls))
		limiter = rate.NewLimiter(every, limit.Calls)
		l.limiters[key] = limiter
	}
	return limiter
}

// forget drops the limiters that are full again, and everything if none is: better a limit that starts anew than
// memory that an attacker can fill.
func (l *limits) forget() {
	for key, limiter := range l.limiters {
		if limiter.Tokens() >= float64(limiter.Burst()) {
			delete(l.limiters, key)
		}
	}
	if len(l.limiters) >= maxLimiters {
		clear(l.limiters)
	}
}

// clientAddr is the address of the client: the peer's, or, behind n trusted proxies, the one that the outermost of
// them saw. An IPv6 client counts by its /64 network, of which it has all addresses.
func (h *Handler) clientAddr(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if n := h.config.TrustedProxies; n > 0 {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if hop := strings.TrimSpace(hops[max(0, len(hops)-n)]); hop != "" {
			host = hop
		}
	}
	if ip := net.ParseIP(host); ip != nil && ip.To4() == nil {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return host
}
