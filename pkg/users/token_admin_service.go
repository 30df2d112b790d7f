package users

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// errNoToken does not quote the text: it may be a password.
var errNoToken = core.Errorf(core.Invalid, "that is no token: one has three parts with dots between them")

// An inspection is what can be said of a token.
type inspection struct {
	header      map[string]any
	claims      jwt.MapClaims
	isSigned    bool  // with our secret
	user        *User // nil where the token names nobody who is there; without password
	blacklisted bool
	refusal     string // why a server refuses it; "" if it does not
}

// inspect tells all that is known of a token, good or not. The error is errNoToken for a text that is none.
func (s *Service) inspect(ctx context.Context, raw string) (*inspection, error) {
	i := &inspection{}
	var err error
	if i.header, i.claims, err = readUnverified(raw); err != nil {
		return nil, errNoToken
	}
	tokens, err := s.lateTokens()
	if err != nil {
		return nil, err
	}
	i.isSigned = tokens.isSigned(raw)
	if i.user, err = s.userOf(ctx, i.claims); err != nil {
		return nil, err
	}
	if jti, ok := i.claims["jti"].(string); ok && isTokenID(jti) {
		if i.blacklisted, err = selectIsBlacklisted(ctx, s.db, jti); err != nil {
			return nil, err
		}
	}
	_, err = tokens.parse(raw, newTokenType(i.claims))
	i.refusal = i.refuse(err)
	return i, nil
}

// refuse says why a server refuses the token, which was parsed with the given result.
func (i *inspection) refuse(parsed error) string {
	switch typ := newTokenType(i.claims); {
	case !i.isSigned:
		return "signed with another secret"
	case parsed != nil:
		return parsed.Error()
	case typ != accessToken && typ != refreshToken:
		return errTokenWrongType.Error()
	case i.blacklisted:
		return errTokenBlacklisted.Error()
	case i.user == nil:
		return "its user is gone"
	case !i.user.IsActive:
		return "its user is disabled"
	}
	return ""
}

// userOf returns the user that the claims name, or nil.
func (s *Service) userOf(ctx context.Context, m jwt.MapClaims) (*User, error) {
	u, err := selectUser(ctx, s.db, newUserID(m["user_id"]))
	if core.KindOf(err) == core.NotFound {
		return nil, nil //nolint:nilnil // nobody is one of the answers
	}
	return u, err
}

// lateTokens reads tokens also where the secret was not known when the program was put together.
func (s *Service) lateTokens() (*Tokens, error) {
	if len(s.secret) > 0 {
		return s.tokens, nil
	}
	err := s.RequireSecret()
	return s.tokens, err
}

// claimTime is the moment that a claim names, or nil.
func (i *inspection) claimTime(name string) *time.Time {
	number, ok := i.claims[name].(json.Number)
	if !ok {
		return nil
	}
	seconds, err := number.Int64()
	if err != nil || seconds < 0 || seconds > maxTokenTime.Unix() {
		return nil
	}
	t := time.Unix(seconds, 0).UTC()
	return &t
}

// revokeRaw makes a refresh token worthless and reports whether it was not before.
func (s *Service) revokeRaw(ctx context.Context, raw string) (c claims, changed bool, err error) {
	tokens, err := s.lateTokens()
	if err != nil {
		return claims{}, false, err
	}
	if _, m, err := readUnverified(raw); err != nil {
		return claims{}, false, errNoToken
	} else if tokens.isSigned(raw) && newTokenType(m) == accessToken {
		return claims{}, false, core.Errorf(core.Invalid, "an access token cannot be revoked, and lives for minutes: "+
			"revoke the refresh token, or shut the account out with 'user disable'")
	}
	if c, err = tokens.parse(raw, refreshToken); err != nil {
		return c, false, fmt.Errorf("nothing to revoke: %w", err)
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error { return s.blacklist(ctx, tx, raw, c) })
	if errors.Is(err, errTokenBlacklisted) {
		return c, false, nil
	}
	return c, err == nil, err
}

// revokeID is revokeRaw for the token of that id; core.NotFound where there is none.
func (s *Service) revokeID(ctx context.Context, jti string) (changed bool, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		t, err := selectToken(ctx, tx, jti)
		if core.KindOf(err) == core.NotFound {
			return core.Errorf(core.NotFound, "there is no refresh token of the id %q", jti)
		}
		if err != nil {
			return err
		}
		changed, err = insertBlacklisted(ctx, tx, t.ID, s.now())
		return err
	})
	return changed, err
}

// revokeAll makes all refresh tokens of a user worthless and returns how many were not before.
func (s *Service) revokeAll(ctx context.Context, username string) (revoked int64, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		u, err := s.named(ctx, tx, username)
		if err != nil {
			return err
		}
		revoked, err = blacklistAll(ctx, tx, u.ID, s.now())
		return err
	})
	return revoked, err
}
