package users

import (
	"context"
	"errors"
	"runtime"
)

// DefaultIterations is the cost of a new hash: that of Django 5.0.
const DefaultIterations = 720_000

// A Hasher makes and checks passwords encoded as Django stores them. It computes at most GOMAXPROCS hashes at a time:
// each takes some 200 ms of CPU, so a burst of logins waits in line rather than starving every other request.
type Hasher struct {
	iterations int           // cost of new hashes
	slots      chan struct{} // one element for each computation under way
}

// NewHasher returns a hasher whose new hashes cost the given iterations of PBKDF2 (DefaultIterations in production).
func NewHasher(iterations int) *Hasher {
	return &Hasher{iterations: iterations, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Encode returns a new pbkdf2_sha256 hash of the password with a salt of its own, which Django can read. It fails
// with the context's error if that ends while the computation waits for its turn.
func (h *Hasher) Encode(ctx context.Context, password string) (string, error) {
	if err := h.acquire(ctx); err != nil {
		return "", err
	}
	defer h.release()
	return encodePBKDF2(password, randomString(saltLength), h.iterations)
}

// Verify reports whether the password is the one that was encoded, and, if so, whether the hash is weaker than those
// of Encode and should be replaced by one. What can match nothing (an unusable, empty, malformed or foreign hash)
// takes as long as a mismatch, so that timing tells nothing about an account; so does a hash that would cost too much
// to check, for which the error is ErrCostTooHigh. Any other error means that nothing is known.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (ok, upgrade bool, err error) {
	info, err := parseHash(encoded)
	if err != nil {
		return false, false, h.refuse(ctx, err)
	}
	if err := h.acquire(ctx); err != nil {
		return false, false, err
	}
	defer h.release()
	ok, err = info.verify(password)
	if err != nil {
		return false, false, err
	}
	if !ok {
		return false, false, h.harden(password, info)
	}
	return true, h.isOutdated(info), nil
}

// Spend takes the time of checking a password. Call it where there is no account to check against: an answer that
// comes at once would tell that the user name is unknown.
func (h *Hasher) Spend(ctx context.Context) error {
	_, err := h.Encode(ctx, "")
	return err
}

// refuse spends the time of a mismatch for a hash that cannot be checked for the given reason, and returns the error
// that the caller is to see.
func (h *Hasher) refuse(ctx context.Context, reason error) error {
	if err := h.Spend(ctx); err != nil {
		return err
	}
	if errors.Is(reason, ErrCostTooHigh) {
		return reason
	}
	return nil
}

// harden makes up, after a mismatch, for the iterations that an older hash lacks.
func (h *Hasher) harden(password string, info hashInfo) error {
	if info.Algorithm != pbkdf2SHA256 || info.Cost >= h.iterations {
		return nil
	}
	_, err := encodePBKDF2(password, info.salt, h.iterations-info.Cost)
	return err
}

// isOutdated reports whether Encode would make a stronger hash. More iterations than ours are kept: a newer Django
// beside us may have written them.
func (h *Hasher) isOutdated(info hashInfo) bool {
	return info.Algorithm != pbkdf2SHA256 || info.Cost < h.iterations || len(info.salt) < saltLength
}

// acquire waits for a free slot, or for the end of ctx.
func (h *Hasher) acquire(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err // select would choose at random between this and a free slot
	}
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hasher) release() { <-h.slots }
