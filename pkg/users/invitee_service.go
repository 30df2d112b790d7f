package users

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// Invitee returns the account with the e-mail address, or the only one whose address differs from it in case alone.
// Where there is neither it makes an account without a password: its username is the address's local part or, where
// that is taken, the first free one of local part and number. A name that another transaction takes at the same
// moment is that violation of a unique constraint which the database reports.
func (s *Service) Invitee(ctx context.Context, tx bun.Tx, email string) (*User, error) {
	found, err := selectByEmail(ctx, tx, email)
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Email == email || len(found) == 1 {
			return &found[i], nil
		}
	}
	username, err := freeUsername(ctx, tx, email)
	if err != nil {
		return nil, err
	}
	return s.CreateIn(ctx, tx, NewUser{Username: username, Email: email})
}

func freeUsername(ctx context.Context, tx bun.Tx, email string) (string, error) {
	base, _, _ := strings.Cut(email, "@")
	base = base[:min(len(base), 140)] // of 150: room for a number
	taken, err := selectUsernames(ctx, tx, base)
	username := base
	for n := 1; taken[username]; n++ {
		username = fmt.Sprintf("%s%d", base, n)
	}
	return username, err
}
