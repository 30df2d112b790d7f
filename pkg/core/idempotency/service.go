package idempotency

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// A Service remembers the answers to requests with a key.
type Service struct {
	db  *bun.DB
	now func() time.Time
	log *slog.Logger
}

// NewService returns a service on the database.
func NewService(bunDB *bun.DB, now func() time.Time, log *slog.Logger) *Service {
	return &Service{db: bunDB, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }, log: log}
}

// Around carries a request out by next, or, if it is a POST that comes again under a key of the same user, gives the
// first one's answer with the header Idempotent-Replayed. The same key with another request is Unprocessable; with one
// that is under way, or whose answer was lost in a crash, Conflict. A request that fails leaves its key free.
func (s *Service) Around(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter, *http.Request) error) error {
	name, actor := r.Header.Get("Idempotency-Key"), core.ActorFrom(r.Context())
	if r.Method != http.MethodPost || r.Header["Idempotency-Key"] == nil || actor.IsNobody() {
		return next(w, r)
	}
	if !isName(name) {
		return errBadName
	}
	fingerprint, err := takeFingerprint(r)
	defer r.Body.Close() //nolint:errcheck // it was only read
	if err != nil {
		return err
	}
	k, err := s.begin(r.Context(), actor.UserID, name, fingerprint)
	if err != nil {
		return err
	}
	if k.Status != nil {
		w.Header().Set("Idempotent-Replayed", "true")
		return (&recorder{status: *k.Status, body: []byte(*k.Body)}).replay(w)
	}
	return s.carryOut(w, r, next, k)
}

func (s *Service) carryOut(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter, *http.Request) error, k *Key) error {
	ctx := db.WithLast(r.Context(), func(ctx context.Context, tx bun.Tx) error { return markExecuted(ctx, tx, k) })
	answer := &recorder{header: w.Header()}
	err := next(answer, r.WithContext(ctx))
	// The client may be gone; what it asked for is done or not done all the same.
	ctx = context.WithoutCancel(r.Context())
	if err != nil {
		s.note(ctx, deleteKey(ctx, s.db, k))
		return err
	}
	body := string(answer.body)
	k.Status, k.Body, k.Executed = &answer.status, &body, true
	_, err = updateKey(ctx, s.db, k, "status", "body", "executed")
	s.note(ctx, err)
	return answer.replay(w)
}

// note logs what went wrong behind a request that is decided.
func (s *Service) note(ctx context.Context, err error) {
	if err != nil {
		s.log.ErrorContext(ctx, "idempotency key", "error", err)
	}
}

// markExecuted is the last thing in the transaction that does the work: it fails, and the work with it, if the request
// took so long that the key was given to another one.
func markExecuted(ctx context.Context, tx bun.Tx, k *Key) error {
	executed := *k
	executed.Executed = true
	held, err := updateKey(ctx, tx, &executed, "executed")
	if err == nil && !held {
		err = errUnderWay
	}
	return err
}

// begin takes the key for a request, or returns what is known under it.
func (s *Service) begin(ctx context.Context, userID int64, name, fingerprint string) (k *Key, err error) {
	now := s.now()
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if _, err := deleteExpired(ctx, tx, now); err != nil {
			return err
		}
		k = &Key{UserID: userID, Name: name, Fingerprint: fingerprint, StartedAt: now, ExpiresAt: now.Add(Lifetime)}
		if isNew, err := insertKey(ctx, tx, k); err != nil || isNew {
			return err
		}
		if k, err = lockKey(ctx, tx, userID, name); err != nil {
			return err
		}
		if err := k.verdict(fingerprint, now); err != nil || k.Status != nil {
			return err
		}
		k.StartedAt = now
		return takeOver(ctx, tx, k)
	})
	return k, err
}

// DeleteExpired deletes the keys that expired and returns how many there were. If it only looks, it deletes nothing.
func (s *Service) DeleteExpired(ctx context.Context, onlyLook bool) (int64, error) {
	if onlyLook {
		return countExpired(ctx, s.db, s.now())
	}
	return deleteExpired(ctx, s.db, s.now())
}

// takeFingerprint reads the body, which it leaves for the handler to read again.
func takeFingerprint(r *http.Request) (string, error) {
	body, err := keepBody(r)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return "", &core.Error{Kind: core.TooLarge, Msg: "Request body is too large.", Err: err}
	}
	if err != nil {
		return "", &core.Error{Kind: core.Invalid, Msg: "The request body could not be read.", Err: err}
	}
	hash := sha256.New()
	_, _ = fmt.Fprintf(hash, "%s\n%s\n%s\n", r.Method, r.URL.RequestURI(), r.Header.Get("Content-Type"))
	if _, err = io.Copy(hash, body); err == nil {
		_, err = body.Seek(0, io.SeekStart)
	}
	return hex.EncodeToString(hash.Sum(nil)), err
}

// maxInMemory is the longest body that is kept in memory, in bytes.
const maxInMemory = 1 << 20

// keepBody reads the whole body, which then is the request's: into memory, or into a temporary file.
func keepBody(r *http.Request) (io.ReadSeeker, error) {
	if r.ContentLength < 0 || r.ContentLength > maxInMemory {
		file, _, err := web.Spool(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = file
		_, err = file.Seek(0, io.SeekStart)
		return file, err
	}
	text, err := io.ReadAll(r.Body)
	body := bytes.NewReader(text)
	r.Body = io.NopCloser(body)
	return body, err
}
