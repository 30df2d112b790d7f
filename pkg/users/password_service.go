package users

import (
	"context"
	"errors"

	"github.com/omni-stock/omnistock/pkg/core"
)

// verifyPassword reports whether it is the user's password, and whether its hash should be replaced.
func (s *Service) verifyPassword(ctx context.Context, u *User, password string) (ok, outdated bool, err error) {
	ok, outdated, err = s.hasher.Verify(ctx, password, u.Password)
	if errors.Is(err, ErrCostTooHigh) {
		// An operator has to know; the client hears what everybody hears.
		s.log.ErrorContext(ctx, "password not checked", "user", u.ID, "error", err)
		return false, false, nil
	}
	return ok, outdated, err
}

// upgradeHash encodes a password that was just found right at today's cost. It does nothing if the password was
// changed meanwhile.
func (s *Service) upgradeHash(ctx context.Context, u *User, password string) error {
	encoded, err := s.hasher.Encode(ctx, password)
	if err != nil {
		return err
	}
	_, err = updatePassword(ctx, s.db, u.ID, u.Password, encoded)
	return err
}

const msgWrongPassword = "Current password is incorrect."

// changePassword replaces the user's password by one that the rules allow. Tokens stay valid.
func (s *Service) changePassword(ctx context.Context, userID int64, in changePasswordRequest) error {
	u, err := selectUser(ctx, s.db, userID)
	if err != nil {
		return err
	}
	wrong := core.Fields{}
	ok, _, err := s.verifyPassword(ctx, u, in.OldPassword)
	if err != nil {
		return err
	}
	if !ok {
		wrong.Add("old_password", msgWrongPassword)
	}
	addPasswordProblems(wrong, "new_password", in.NewPassword, u)
	if err := core.InvalidFields(wrong); err != nil {
		return err
	}
	changed, err := s.replacePassword(ctx, u, in.NewPassword)
	if err == nil && !changed {
		return core.InvalidField("old_password", msgWrongPassword)
	}
	return err
}

// replacePassword gives the user, as read, a new password. It reports whether it did: not if the password was changed
// meanwhile.
func (s *Service) replacePassword(ctx context.Context, u *User, password string) (bool, error) {
	encoded, err := s.hasher.Encode(ctx, password)
	if err != nil {
		return false, err
	}
	return updatePassword(ctx, s.db, u.ID, u.Password, encoded)
}

// EncodePassword returns the hash of a password, whatever the rules have against that.
func (s *Service) EncodePassword(ctx context.Context, password string) (string, error) {
	return s.hasher.Encode(ctx, password)
}

// SetPassword gives the user a new password without asking for the old one. What the rules have against it is a
// core.Invalid error.
func (s *Service) SetPassword(ctx context.Context, userID int64, password string) error {
	u, err := selectUser(ctx, s.db, userID)
	if err != nil {
		return err
	}
	wrong := core.Fields{}
	if msg := sendProblem(password); msg != "" {
		wrong.Add("password", msg)
	}
	addPasswordProblems(wrong, "password", password, u)
	if err := core.InvalidFields(wrong); err != nil {
		return err
	}
	changed, err := s.replacePassword(ctx, u, password)
	if err == nil && !changed {
		return core.Errorf(core.Conflict, "the password of %s was changed at the same moment", u.Username)
	}
	return err
}
