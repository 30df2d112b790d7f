package users

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Authenticate returns who an access token stands for. It takes one query. What is wrong with the token or the account
// is core.Unauthenticated; any other error means that nothing is known.
func (s *Service) Authenticate(ctx context.Context, token string) (core.Actor, error) {
	c, err := s.tokens.parse(token, accessToken)
	if err != nil {
		return core.Actor{}, badAccessToken(err)
	}
	u, err := selectIdentity(ctx, s.identity, c.UserID)
	switch {
	case err != nil:
		return core.Actor{}, err
	case u == nil:
		return core.Actor{}, &core.Error{Kind: core.Unauthenticated, Code: "user_not_found", Msg: "User not found"}
	case !u.IsActive:
		return core.Actor{}, &core.Error{Kind: core.Unauthenticated, Code: "user_inactive", Msg: "User is inactive"}
	}
	return core.Actor{UserID: u.ID, Username: u.Username, Staff: u.IsStaff, Superuser: u.IsSuperuser}, nil
}

// refresh exchanges a refresh token, which is worthless afterwards, for a new pair. Of several exchanges of one token
// exactly one succeeds.
func (s *Service) refresh(ctx context.Context, raw string) (pair tokenPair, err error) {
	c, err := s.tokens.parse(raw, refreshToken)
	if err != nil {
		return tokenPair{}, unauthenticated(err)
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if err := s.blacklist(ctx, tx, raw, c); err != nil {
			return err
		}
		u, err := selectUser(ctx, tx, c.UserID)
		if core.KindOf(err) == core.NotFound || err == nil && !u.IsActive {
			return errNoAccountForToken()
		}
		if err != nil {
			return err
		}
		pair, err = s.issuePair(ctx, tx, c.UserID)
		return err
	})
	if errors.Is(err, errTokenBlacklisted) {
		return tokenPair{}, unauthenticated(errTokenBlacklisted)
	}
	if db.IsForeignKeyViolation(err) {
		return tokenPair{}, errNoAccountForToken() // deleted meanwhile
	}
	return pair, err
}

// blacklist makes the token worthless; errTokenBlacklisted if it is already. A token without a row, issued before
// there were any, gets one.
func (s *Service) blacklist(ctx context.Context, tx bun.Tx, raw string, c claims) error {
	id, err := selectTokenID(ctx, tx, c.ID)
	if core.KindOf(err) == core.NotFound {
		if err := insertToken(ctx, tx, newTokenRow(raw, c, s.now())); err != nil {
			return err
		}
		id, err = selectTokenID(ctx, tx, c.ID)
	}
	if err != nil {
		return err
	}
	done, err := insertBlacklisted(ctx, tx, id, s.now())
	if err == nil && !done {
		return errTokenBlacklisted
	}
	return err
}

// logOut makes a refresh token, no matter whose, worthless. A token that is so already is core.Invalid.
func (s *Service) logOut(ctx context.Context, raw string) error {
	c, err := s.tokens.parse(raw, refreshToken)
	if err == nil {
		err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error { return s.blacklist(ctx, tx, raw, c) })
	}
	if wrong, ok := errors.AsType[tokenError](err); ok {
		return core.InvalidField("refresh", wrong.Error())
	}
	return err
}

// checkToken says what is wrong with a token of whatever type: core.Unauthenticated, or core.Invalid where it is
// blacklisted.
func (s *Service) checkToken(ctx context.Context, raw string) error {
	c, err := s.tokens.parseAny(raw)
	if err != nil {
		return unauthenticated(err)
	}
	blacklisted, err := selectIsBlacklisted(ctx, s.db, c.ID)
	if blacklisted {
		return core.InvalidField(core.NonField, errTokenBlacklisted.Error())
	}
	return err
}
