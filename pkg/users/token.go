package users

import (
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An OutstandingToken is a refresh token that was issued.
type OutstandingToken struct {
	bun.BaseModel `bun:"table:token_blacklist_outstandingtoken,alias:ot"`

	ID        int64      `bun:"id,pk,autoincrement"`
	Token     string     `bun:"token"` // the whole of it
	CreatedAt *time.Time `bun:"created_at"`
	ExpiresAt time.Time  `bun:"expires_at"`
	UserID    *int64     `bun:"user_id"` // nil once the user is deleted
	JTI       string     `bun:"jti"`     // unique
}

// A BlacklistedToken makes an outstanding token worthless.
type BlacklistedToken struct {
	bun.BaseModel `bun:"table:token_blacklist_blacklistedtoken,alias:bt"`

	ID            int64     `bun:"id,pk,autoincrement"`
	BlacklistedAt time.Time `bun:"blacklisted_at"`
	TokenID       int64     `bun:"token_id"` // unique
}

// A tokenPair is what a client gets for a password or for a refresh token.
type tokenPair struct{ Refresh, Access string }

const errTokenBlacklisted tokenError = "Token is blacklisted"

// newTokenRow is the row of a token. It is the user's only as long as there is such a user: see insertToken.
func newTokenRow(raw string, c claims, created time.Time) *OutstandingToken {
	return &OutstandingToken{Token: raw, CreatedAt: &created, ExpiresAt: c.ExpiresAt, UserID: &c.UserID, JTI: c.ID}
}

// The failures of credentials, as simplejwt answers them.

func errNoActiveAccount() error {
	return core.Errorf(core.Unauthenticated, "No active account found with the given credentials")
}

func errNoAccountForToken() error {
	return &core.Error{
		Kind: core.Unauthenticated, Code: "no_active_account", Msg: "No active account found for the given token.",
	}
}

// unauthenticated is the answer to a token that is worthless.
func unauthenticated(err error) error {
	return &core.Error{Kind: core.Unauthenticated, Code: "token_not_valid", Msg: err.Error(), Err: err}
}

// badAccessToken is the answer to a request that comes with a worthless access token.
func badAccessToken(err error) error {
	if errors.Is(err, errTokenNoUser) {
		return unauthenticated(err)
	}
	return &core.Error{
		Kind: core.Unauthenticated, Code: "token_not_valid", Msg: "Given token not valid for any token type", Err: err,
		More: map[string]any{"messages": []map[string]string{
			{"token_class": "AccessToken", "token_type": string(accessToken), "message": err.Error()},
		}},
	}
}
