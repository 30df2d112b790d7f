package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// logIn returns tokens for a user name and password. An unknown name takes as long as a wrong password.
func (s *Service) logIn(ctx context.Context, username, password string) (tokenPair, error) {
	u, err := selectUserByName(ctx, s.db, username)
	if core.KindOf(err) == core.NotFound {
		if err := s.hasher.Spend(ctx); err != nil {
			return tokenPair{}, err
		}
		return tokenPair{}, errNoActiveAccount()
	}
	if err != nil {
		return tokenPair{}, err
	}
	ok, outdated, err := s.verifyPassword(ctx, u, password)
	if err != nil {
		return tokenPair{}, err
	}
	if !ok || !u.IsActive {
		return tokenPair{}, errNoActiveAccount()
	}
	if outdated {
		if err := s.upgradeHash(ctx, u, password); err != nil {
			return tokenPair{}, err
		}
	}
	pair, err := s.issuePair(ctx, s.db, u.ID)
	if db.IsForeignKeyViolation(err) {
		return tokenPair{}, errNoActiveAccount() // deleted meanwhile
	}
	return pair, err
}

// issuePair issues tokens for the user and keeps a record of the refresh token.
func (s *Service) issuePair(ctx context.Context, idb bun.IDB, userID int64) (tokenPair, error) {
	refresh, access, err := s.tokens.issuePair(userID)
	if err != nil {
		return tokenPair{}, err
	}
	row := newTokenRow(refresh.Raw, claims{ID: refresh.ID, UserID: userID, ExpiresAt: refresh.ExpiresAt}, s.now())
	return tokenPair{Refresh: refresh.Raw, Access: access.Raw}, insertToken(ctx, idb, row)
}
