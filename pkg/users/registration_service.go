package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// register makes an account with its profile for a person who is old enough. The rules for passwords, but for the
// length, do not apply: clients of the contract rely on that.
func (s *Service) register(ctx context.Context, in registerRequest) (*User, error) {
	wrong, err := takenNames(ctx, s.db, in.Username, in.Email, 0)
	if err != nil {
		return nil, err
	}
	if msg := birthdateProblem(in.Birthdate, core.NewDate(s.now())); msg != "" {
		wrong.Add("birthdate", msg)
	}
	if err := core.InvalidFields(wrong); err != nil {
		return nil, err
	}
	encoded, err := s.hasher.Encode(ctx, in.Password)
	if err != nil {
		return nil, err
	}
	u := in.newUser(encoded, s.now())
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error { return s.insert(ctx, tx, u) })
	if err = s.takenInstead(ctx, err, in.Username, in.Email, 0); err != nil {
		return nil, err
	}
	return u, nil
}

// isEmailFree reports whether no account has the address, in whatever case.
func (s *Service) isEmailFree(ctx context.Context, email string) (bool, error) {
	exists, err := selectEmailExists(ctx, s.db, email)
	return !exists, err
}
