package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// completeAccount fills the account in and gives it a new user name and password.
func (s *Service) completeAccount(ctx context.Context, userID int64, in completeProfileRequest) (*Account, error) {
	encoded, err := s.prepareCompletion(ctx, userID, in)
	if err != nil {
		return nil, err
	}
	var u *User
	var p *Profile
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) (err error) {
		if u, err = selectUser(ctx, tx, userID); err != nil {
			return err
		}
		u.Password = encoded
		if err := updateUser(ctx, tx, u, append(in.applyTo(u), "password")...); err != nil {
			return err
		}
		p, err = s.EnsureProfile(ctx, tx, userID)
		return err
	})
	if err = s.takenInstead(ctx, err, in.Username, "", userID); err != nil {
		return nil, err
	}
	return s.newAccount(ctx, u, p)
}

// prepareCompletion checks the input and encodes the password, which takes too long for a transaction.
func (s *Service) prepareCompletion(ctx context.Context, userID int64, in completeProfileRequest) (string, error) {
	u, err := selectUser(ctx, s.db, userID)
	if err != nil {
		return "", err
	}
	wrong := in.problems(u)
	taken, err := takenNames(ctx, s.db, in.Username, "", userID)
	if err != nil {
		return "", err
	}
	if msgs := taken["username"]; msgs != nil {
		wrong["username"] = msgs
	}
	if err := core.InvalidFields(wrong); err != nil {
		return "", err
	}
	return s.hasher.Encode(ctx, in.Password)
}
