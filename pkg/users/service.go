package users

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// Options set a Service up. What may be left out says so.
type Options struct {
	Secret             []byte // signs tokens and reset links: Django's SECRET_KEY
	Now                func() time.Time
	PasswordIterations int                 // cost of a new password hash; DefaultIterations if it is 0
	Mail               mail.Sender         // for reset links
	Images             *storage.Images     // takes avatars in
	FrontendURL        string              // where reset links lead, without a slash at its end
	Log                *slog.Logger        // for what fails after the answer; nothing is logged if it is nil
	Getenv             func(string) string // for the commands; no variable is set if it is nil

	// LateSecret gives the secret where it was not known, or not made, when the service was: see RequireSecret.
	LateSecret func() ([]byte, error)
}

// Service is all that the program can do with users.
type Service struct {
	db          *bun.DB
	clock       func() time.Time
	secret      []byte
	frontendURL string
	log         *slog.Logger
	getenv      func(string) string
	lateSecret  func() ([]byte, error)

	hasher   *Hasher
	tokens   *Tokens
	identity *db.Statement
	outbox   *outbox
	resets   *resetLimit
	images   *storage.Images

	onDelete       []func(ctx context.Context, tx bun.Tx, u *User) error
	workplace      func(ctx context.Context, u *User, p *Profile) (Workplace, error)
	vendorNameable func(ctx context.Context, tx bun.Tx, u *User, p *Profile, vendorID int64) error
	vendorStaff    func(ctx context.Context, vendor string) (userIDs []int64, err error)
	jobs           func(ctx context.Context, userID int64) ([]Job, error)
}

// NewService returns a service on the database. It does no I/O.
func NewService(bunDB *bun.DB, o Options) *Service {
	if o.PasswordIterations == 0 {
		o.PasswordIterations = DefaultIterations
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.LateSecret == nil {
		o.LateSecret = func() ([]byte, error) { return o.Secret, nil }
	}
	return &Service{
		db: bunDB, clock: o.Now, secret: o.Secret, frontendURL: o.FrontendURL, log: o.Log, getenv: o.Getenv,
		lateSecret: o.LateSecret,
		hasher:     NewHasher(o.PasswordIterations),
		tokens:     newTokenIssuer(o.Secret, o.Now),
		identity:   newIdentityStatement(bunDB),
		outbox:     newOutbox(o.Mail, o.Log),
		resets:     newResetLimit(),
		images:     o.Images,

		workplace:      func(context.Context, *User, *Profile) (Workplace, error) { return Workplace{}, nil },
		vendorNameable: func(context.Context, bun.Tx, *User, *Profile, int64) error { return ErrVendorUnknown },
		vendorStaff:    func(context.Context, string) ([]int64, error) { return nil, core.Errorf(core.NotFound, "no vendor") },
		jobs:           func(context.Context, int64) ([]Job, error) { return nil, nil },
	}
}

// RequireSecret sees to it that there is a secret, and one that can be used, before anything is signed or verified. It must
// not be called while the service is used.
func (s *Service) RequireSecret() error {
	secret, err := s.lateSecret()
	if err != nil {
		return err
	}
	s.secret, s.tokens = secret, newTokenIssuer(secret, s.clock)
	return nil
}

// ErrVendorUnknown is what a client hears that names a vendor it may not name, or that is none.
var ErrVendorUnknown = core.InvalidField("vendor_id", "Vendor not found.")

// OnDelete adds to what happens, in the same transaction, before a user is deleted: what refers to the user has to go
// or to let go. An error keeps the user.
func (s *Service) OnDelete(hook func(ctx context.Context, tx bun.Tx, u *User) error) {
	s.onDelete = append(s.onDelete, hook)
}

// SetWorkplace says how to find out where a user works. Without it nobody works anywhere.
func (s *Service) SetWorkplace(hook func(ctx context.Context, u *User, p *Profile) (Workplace, error)) {
	s.workplace = hook
}

// SetVendorNaming says which vendors a user may put on their profile: the error for the others is ErrVendorUnknown.
// Without it no vendor may be named.
func (s *Service) SetVendorNaming(hook func(ctx context.Context, tx bun.Tx, u *User, p *Profile, vendorID int64) error) {
	s.vendorNameable = hook
}

// SetVendorStaff says who works for a vendor, given by slug or id; core.NotFound where there is no such vendor. Without
// it there are none.
func (s *Service) SetVendorStaff(hook func(ctx context.Context, vendor string) (userIDs []int64, err error)) {
	s.vendorStaff = hook
}

// SetJobs says which places at vendors a user has or had. Without it there are none.
func (s *Service) SetJobs(hook func(ctx context.Context, userID int64) ([]Job, error)) { s.jobs = hook }

// Close waits until the mails that were accepted are sent, or until ctx ends. Mails after it are dropped.
func (s *Service) Close(ctx context.Context) error { return s.outbox.close(ctx) }

// now is the time as both engines keep it.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }
