package users

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// A tokenType is what a token may be used for: the claim token_type.
type tokenType string

const (
	accessToken  tokenType = "access"  // goes with each request
	refreshToken tokenType = "refresh" // is exchanged for a new pair
)

// lifetime is how long a token of the type is valid after it was issued.
func (t tokenType) lifetime() time.Duration {
	if t == refreshToken {
		return 24 * time.Hour
	}
	return 5 * time.Minute
}

// Tokens issues and reads JSON Web Tokens as djangorestframework-simplejwt 5.5 does, so that either program honors
// the tokens of the other. It keeps no record: whether a token is blacklisted, it does not know.
type Tokens struct {
	secret []byte
	now    func() time.Time
	parser *jwt.Parser
}

// newTokenIssuer returns the tokens signed with the secret (Django's SECRET_KEY).
func newTokenIssuer(secret []byte, now func() time.Time) *Tokens {
	return &Tokens{secret: secret, now: now, parser: jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(now),
		jwt.WithStrictDecoding(),
		jwt.WithJSONNumber(), // a float64 would round large ids
	)}
}

// An issuedToken is a token and what the table of outstanding tokens says of it.
type issuedToken struct {
	Raw       string    // what the client gets
	ID        string    // the claim jti, 32 hexadecimal digits
	CreatedAt time.Time // UTC
	ExpiresAt time.Time // UTC, whole seconds
}

// issuePair returns a refresh and an access token for the user, both made at the same moment.
func (t *Tokens) issuePair(userID int64) (refresh, access issuedToken, err error) {
	now := t.now().UTC()
	if refresh, err = t.issue(refreshToken, userID, now); err != nil {
		return issuedToken{}, issuedToken{}, err
	}
	access, err = t.issue(accessToken, userID, now)
	return refresh, access, err
}

// issue returns a token of the type for the user, made now.
func (t *Tokens) issue(typ tokenType, userID int64, now time.Time) (issuedToken, error) {
	token := issuedToken{ID: newTokenID(), CreatedAt: now}
	token.ExpiresAt = now.Add(typ.lifetime()).Truncate(time.Second)
	var err error
	token.Raw, err = jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"token_type": typ,
		"exp":        token.ExpiresAt.Unix(),
		"iat":        now.Unix(),
		"jti":        token.ID,
		"user_id":    strconv.FormatInt(userID, 10), // a string since simplejwt 5.5
	}).SignedString(t.secret)
	return token, err
}

// newTokenID returns a random UUID of version 4 as 32 hexadecimal digits.
func newTokenID() string {
	var id [16]byte
	rand.Read(id[:]) // never fails, says its documentation
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return hex.EncodeToString(id[:])
}
