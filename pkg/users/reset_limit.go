package users

import (
	"sync"
	"time"
)

const (
	resetPause     = 5 * time.Minute
	maxResetLimits = 10_000
)

// A resetLimit keeps a mailbox from being flooded: one link a user and resetPause. It lives in the memory of one
// process.
type resetLimit struct {
	mu   sync.Mutex
	last map[int64]time.Time // by user
}

func newResetLimit() *resetLimit { return &resetLimit{last: map[int64]time.Time{}} }

// take reports whether the user may have a link now, and counts it.
func (l *resetLimit) take(userID int64, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if last, ok := l.last[userID]; ok && now.Sub(last) < resetPause {
		return false
	}
	if len(l.last) >= maxResetLimits {
		l.forget(now)
	}
	l.last[userID] = now
	return true
}

// forget drops what is over, and everything if that is nothing: better one mail too many than memory without end.
func (l *resetLimit) forget(now time.Time) {
	for userID, last := range l.last {
		if now.Sub(last) >= resetPause {
			delete(l.last, userID)
		}
	}
	if len(l.last) >= maxResetLimits {
		clear(l.last)
	}
}
