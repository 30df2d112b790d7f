package idempotency

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Lifetime is how long an answer is kept.
const Lifetime = 24 * time.Hour

// abandonedAfter is when a request that neither did its work nor failed is taken for dead.
const abandonedAfter = time.Minute

// A Key is what a user's client calls one request, and what became of that.
type Key struct {
	bun.BaseModel `bun:"table:omnistock_idempotencykey,alias:k"`

	ID          int64     `bun:"id,pk,autoincrement"`
	UserID      int64     `bun:"user_id"` // unique together with the name
	Name        string    `bun:"name"`
	Fingerprint string    `bun:"fingerprint"` // SHA-256 of method, path and body, in hex
	Executed    bool      `bun:"executed"`    // the work is committed
	Status      *int      `bun:"status"`      // of the answer; nil until it is known
	Body        *string   `bun:"body"`
	StartedAt   time.Time `bun:"started_at"`
	ExpiresAt   time.Time `bun:"expires_at"`
}

var (
	errOtherRequest = core.Errorf(core.Unprocessable, "This Idempotency-Key stands for another request.")
	errAnswerLost   = core.Errorf(core.Conflict, "The request with this Idempotency-Key was carried out; its answer is lost.")
	errBadName      = core.Errorf(core.Invalid, "An Idempotency-Key has 1 to 255 printable ASCII characters.")
	errUnderWay     = &core.Error{
		Kind: core.Conflict, Msg: "A request with this Idempotency-Key is under way.", More: map[string]any{"retry_after": 1},
	}
)

// verdict says what a request under a key that is known gets: nil to be carried out, since the first one died.
func (k *Key) verdict(fingerprint string, now time.Time) error {
	switch {
	case k.Fingerprint != fingerprint:
		return errOtherRequest
	case k.Status != nil:
		return nil
	case k.Executed:
		return errAnswerLost
	case now.Sub(k.StartedAt) < abandonedAfter:
		return errUnderWay
	}
	return nil
}

// isName reports whether a header's value can be a key's name.
func isName(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return text != "" && len(text) <= 255
}
