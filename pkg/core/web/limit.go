package web

import (
	"fmt"
	"math"
	"net/netip"
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

// A limitKey holds no text of the client's: its size is fixed.
type limitKey struct {
	operation string
	client    netip.Prefix
}

func newLimits(on bool) *limits { return &limits{on: on, limiters: map[limitKey]*rate.Limiter{}} }

// take counts one call, or refuses it with TooManyRequests and the seconds to wait.
func (l *limits) take(op *Operation, client netip.Addr) error {
	if !l.on || op.Limit.Calls == 0 {
		return nil
	}
	limiter := l.limiter(limitKey{op.ID, network(client)}, op.Limit)
	if limiter.Allow() {
		return nil
	}
	seconds, unit := int(math.Ceil((1-limiter.Tokens())/float64(limiter.Limit()))), "seconds"
	if seconds <= 1 {
		seconds, unit = 1, "second"
	}
	return &core.Error{
		Kind: core.TooManyRequests,
		Msg:  fmt.Sprintf("Request was throttled. Expected available in %d %s.", seconds, unit),
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

// forget drops the limiters that are full again, and everything if most are not: better a limit that starts anew than
// memory that an attacker can fill, or a search at each call.
func (l *limits) forget() {
	for key, limiter := range l.limiters {
		if limiter.Tokens() >= float64(limiter.Burst()) {
			delete(l.limiters, key)
		}
	}
	if len(l.limiters) > maxLimiters/2 {
		clear(l.limiters)
	}
}
