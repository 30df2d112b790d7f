package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A Job is a person's place at a vendor, as it is told to an operator.
type Job struct {
	Vendor string `json:"vendor"` // slug
	Role   string `json:"role"`
	Active bool   `json:"active"`
	State  string `json:"state"` // of the invite: accepted, pending, declined, revoked
}

// listPage is how many accounts are read at once.
const listPage = 500

// eachUser calls fn for each account that the filter chooses, in the order of their ids. Their passwords are not read.
func (s *Service) eachUser(ctx context.Context, filter listFilter, fn func(*User) error) error {
	for after := int64(0); ; {
		page, err := selectUserPage(ctx, s.db, filter, after, listPage)
		if err != nil {
			return err
		}
		for i := range page {
			if err := fn(&page[i]); err != nil {
				return err
			}
			after = page[i].ID
		}
		if len(page) < listPage {
			return nil
		}
	}
}

// A dossier is what an operator may know of an account.
type dossier struct {
	user      *User // without its password
	algorithm string
	cost      int
	usable    bool // there is a password that opens it
	sessions  tokenCensus
	jobs      []Job
}

func (s *Service) dossier(ctx context.Context, username string) (*dossier, error) {
	u, err := s.named(ctx, s.db, username)
	if err != nil {
		return nil, err
	}
	d := &dossier{user: u}
	d.algorithm, d.cost, err = DescribeHash(u.Password)
	d.usable = err == nil && d.cost > 0
	u.Password = ""
	if d.sessions, err = selectTokenCensus(ctx, s.db, u.ID, s.now()); err != nil {
		return nil, err
	}
	d.jobs, err = s.jobs(ctx, u.ID)
	return d, err
}

// named returns the user of that name; the error for nobody says so in the operator's words.
func (s *Service) named(ctx context.Context, idb bun.IDB, username string) (*User, error) {
	u, err := selectUserByName(ctx, idb, username)
	if core.KindOf(err) == core.NotFound {
		return nil, core.Errorf(core.NotFound, "user '%s' does not exist", username)
	}
	return u, err
}

// A rightsChange says what becomes of an account. What is nil stays.
type rightsChange struct {
	Active, Staff, Superuser *bool
	Force                    bool // even if nobody is left who may do everything
}

// takesSuperuser reports whether u could do everything, and no more can.
func (c rightsChange) takesSuperuser(u *User) bool {
	isOff := func(p *bool) bool { return p != nil && !*p }
	return u.IsActive && u.IsSuperuser && (isOff(c.Active) || isOff(c.Superuser))
}

// apply changes u and returns the columns to write.
func (c rightsChange) apply(u *User) (changed columns) {
	for _, flag := range []struct {
		column string
		to     *bool
		of     *bool
	}{
		{"is_active", c.Active, &u.IsActive},
		{"is_staff", c.Staff, &u.IsStaff},
		{"is_superuser", c.Superuser, &u.IsSuperuser},
	} {
		if flag.to != nil && *flag.to != *flag.of {
			*flag.of = *flag.to
			changed.add(flag.column, true)
		}
	}
	return changed
}

// setRights changes what an account may do and returns it, whether anything changed, and how many refresh tokens were
// blacklisted: all of an account that is disabled. It is core.Conflict, and nothing is done, where no active superuser
// would be left, unless that is forced.
func (s *Service) setRights(ctx context.Context, username string, c rightsChange) (u *User, changed bool, revoked int64, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if u, err = s.named(ctx, tx, username); err != nil {
			return err
		}
		if c.takesSuperuser(u) && !c.Force {
			if err := requireOtherSuperuser(ctx, tx, u); err != nil {
				return err
			}
		}
		columns := c.apply(u)
		if changed = len(columns) > 0; changed {
			if err := updateUser(ctx, tx, u, columns...); err != nil {
				return err
			}
		}
		revoked = 0
		if !u.IsActive {
			revoked, err = blacklistAll(ctx, tx, u.ID, s.now())
		}
		return err
	})
	return u, changed, revoked, err
}

// requireOtherSuperuser locks the superusers: of two who go at once, the second one finds itself the last.
func requireOtherSuperuser(ctx context.Context, tx bun.Tx, u *User) error {
	ids, err := lockSuperusers(ctx, tx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id != u.ID {
			return nil
		}
	}
	return core.Errorf(core.Conflict, "'%s' is the last active superuser: make another one first, or use --force", u.Username)
}
