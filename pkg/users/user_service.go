package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Get returns the user, or core.NotFound.
func (s *Service) Get(ctx context.Context, id int64) (*User, error) { return selectUser(ctx, s.db, id) }

// ByUsername returns the user of exactly that name, or core.NotFound.
func (s *Service) ByUsername(ctx context.Context, username string) (*User, error) {
	return selectUserByName(ctx, s.db, username)
}

// Create makes an account with its profile. What is wrong with the input, names that are taken included, is a
// core.Invalid error with the fields.
func (s *Service) Create(ctx context.Context, in NewUser) (*User, error) {
	u, err := s.newUser(ctx, s.db, in)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error { return s.insert(ctx, tx, u) })
	if err = s.takenInstead(ctx, err, in.Username, in.Email, 0); err != nil {
		return nil, err
	}
	return u, nil
}

// CreateIn is Create in a transaction that is open. A name that another transaction takes at the same moment is
// that violation of a unique constraint which the database reports. A password would hold the transaction up for as
// long as it takes to encode: leave it to a reset link.
func (s *Service) CreateIn(ctx context.Context, tx bun.Tx, in NewUser) (*User, error) {
	u, err := s.newUser(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	return u, s.insert(ctx, tx, u)
}

// newUser checks the input and encodes the password.
func (s *Service) newUser(ctx context.Context, idb bun.IDB, in NewUser) (*User, error) {
	if err := core.InvalidFields(in.problems()); err != nil {
		return nil, err
	}
	taken, err := takenNames(ctx, idb, in.Username, in.Email, 0)
	if err != nil {
		return nil, err
	}
	if err := core.InvalidFields(taken); err != nil {
		return nil, err
	}
	encoded := UnusablePassword()
	if in.Password != "" {
		if encoded, err = s.hasher.Encode(ctx, in.Password); err != nil {
			return nil, err
		}
	}
	return in.newUser(encoded, s.now()), nil
}

// insert writes a new user with their profile.
func (s *Service) insert(ctx context.Context, tx bun.Tx, u *User) error {
	u.ID = 0 // the transaction may be run again
	if err := insertUser(ctx, tx, u); err != nil {
		return err
	}
	return insertProfile(ctx, tx, u.ID, s.now())
}

// takenNames says which of the names another account than except has. An empty name is not looked for.
func takenNames(ctx context.Context, idb bun.IDB, username, email string, except int64) (core.Fields, error) {
	wrong := core.Fields{}
	if username == "" && email == "" {
		return wrong, nil
	}
	found, err := selectNamesakes(ctx, idb, username, email, except)
	for i := range found {
		if username != "" && found[i].Username == username {
			wrong.Add("username", msgUsernameTaken)
		}
		if email != "" && found[i].Email == email {
			wrong.Add("email", msgEmailTaken)
		}
	}
	return wrong, err
}

// takenInstead turns the violation of a unique constraint, by which a request hears that another one was faster, into
// what it would have heard a moment later. Other errors, and none, it returns as they are.
func (s *Service) takenInstead(ctx context.Context, err error, username, email string, except int64) error {
	if _, taken := db.UniqueViolation(err); !taken {
		return err
	}
	wrong, lookErr := takenNames(ctx, s.db, username, email, except)
	if lookErr != nil {
		return lookErr
	}
	if len(wrong) == 0 {
		return &core.Error{Kind: core.Conflict, Msg: "Another request was changing the same. Try again.", Err: err}
	}
	return core.InvalidFields(wrong)
}

// Delete deletes the user with profile and images, and what the hooks of OnDelete know of; the user's tokens stay,
// nobody's from then on. It is core.NotFound where there is no such user, and core.Conflict where something else
// refers to the user.
func (s *Service) Delete(ctx context.Context, id int64) error {
	err := db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		u, err := selectUser(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, hook := range s.onDelete {
			if err := hook(ctx, tx, u); err != nil {
				return err
			}
		}
		if err := s.forgetImages(ctx, tx, id); err != nil {
			return err
		}
		return deleteUser(ctx, tx, id)
	})
	if db.IsForeignKeyViolation(err) {
		return core.Errorf(core.Conflict, "user %d is still referred to: %w", id, err)
	}
	return err
}

// HasSuperuser reports whether there is an active superuser.
func (s *Service) HasSuperuser(ctx context.Context) (bool, error) {
	return selectHasSuperuser(ctx, s.db)
}
