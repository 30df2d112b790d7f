package users

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core"
)

// requestReset sends a link to each active account with the address, in whatever case, that got none in the last
// minutes. Accounts without a password get one, too: it is their way in. The mails leave later, so that the answer
// takes as long where there is no account.
func (s *Service) requestReset(ctx context.Context, email string) error {
	found, err := selectActiveByEmail(ctx, s.db, email)
	if err != nil {
		return err
	}
	now := s.now()
	for i := range found {
		u := &found[i]
		if !s.resets.take(u.ID, now) {
			continue
		}
		token := makeResetToken(s.secret, u.resetSubject(), now)
		s.outbox.post(newResetMail(s.frontendURL, u, token))
	}
	return nil
}

// What is said of a link that is not good. Fields, because clients expect a list.
var (
	errResetUser  = core.InvalidField("detail", "Invalid reset link.")
	errResetToken = core.InvalidField("detail", "Invalid or expired reset link.")
)

// confirmReset replaces the password of a user who has a good token. A token works once: it is signed over the
// password.
func (s *Service) confirmReset(ctx context.Context, in passwordResetConfirmRequest) error {
	u, err := selectUser(ctx, s.db, in.UID)
	switch {
	case core.KindOf(err) == core.NotFound, err == nil && !u.IsActive:
		return errResetUser
	case err != nil:
		return err
	case !checkResetToken(s.secret, u.resetSubject(), in.Token, s.now()):
		return errResetToken
	}
	wrong := core.Fields{}
	addPasswordProblems(wrong, "new_password", in.NewPassword, u)
	if err := core.InvalidFields(wrong); err != nil {
		return err
	}
	changed, err := s.replacePassword(ctx, u, in.NewPassword)
	if err == nil && !changed {
		return errResetToken // the same link was faster
	}
	return err
}
