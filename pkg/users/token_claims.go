package users

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// A tokenError says, in the words of simplejwt, why a token is refused. Clients see it.
type tokenError string

func (e tokenError) Error() string { return string(e) }

const (
	errTokenInvalid   tokenError = "Token is invalid"
	errTokenExpired   tokenError = "Token is expired"
	errTokenNoExpiry  tokenError = "Token has no 'exp' claim"
	errTokenNoID      tokenError = "Token has no id"
	errTokenNoType    tokenError = "Token has no type"
	errTokenWrongType tokenError = "Token has wrong type"
	errTokenNoUser    tokenError = "Token contained no recognizable user identification"
)

// maxTokenLength is over ten times the length of a token of ours, in bytes.
const maxTokenLength = 4 << 10

// maxTokenID is what the column jti holds.
const maxTokenID = 255

// maxTokenTime is the last second that has a date in both Python and PostgreSQL.
var maxTokenTime = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// claims are what a token says, once its signature and time are found good.
type claims struct {
	ID        string    // jti, not empty
	Type      tokenType // "" if the token has none
	UserID    int64     // 0 if the token names no user
	ExpiresAt time.Time // UTC
}

// parse reads a token of the wanted type that names a user. The error is a tokenError for the first thing wrong, in
// the order of simplejwt: signature and time, id, type, user.
func (t *Tokens) parse(raw string, want tokenType) (claims, error) {
	c, err := t.parseAny(raw)
	switch {
	case err != nil:
		return claims{}, err
	case c.Type == "":
		return claims{}, errTokenNoType
	case c.Type != want:
		return claims{}, errTokenWrongType
	case c.UserID == 0:
		return claims{}, errTokenNoUser
	}
	return c, nil
}

// parseAny reads a token that need not have a type or name a user. The error is a tokenError.
func (t *Tokens) parseAny(raw string) (claims, error) {
	if len(raw) > maxTokenLength {
		return claims{}, errTokenInvalid
	}
	m := jwt.MapClaims{}
	if _, err := t.parser.ParseWithClaims(raw, m, t.key); err != nil {
		return claims{}, newTokenError(err)
	}
	return newClaims(m)
}

// isSigned reports whether the token was signed with our secret, be it worthless for other reasons.
func (t *Tokens) isSigned(raw string) bool {
	_, err := t.parser.ParseWithClaims(raw, jwt.MapClaims{}, t.key)
	foreign := errors.Is(err, jwt.ErrTokenSignatureInvalid) || errors.Is(err, jwt.ErrTokenUnverifiable) ||
		errors.Is(err, jwt.ErrTokenMalformed)
	return !foreign
}

// readUnverified returns what a token says, whoever says it; errTokenInvalid where the text is no token.
func readUnverified(raw string) (header map[string]any, m jwt.MapClaims, err error) {
	if len(raw) > maxTokenLength {
		return nil, nil, errTokenInvalid
	}
	m = jwt.MapClaims{}
	token, _, err := jwt.NewParser(jwt.WithJSONNumber(), jwt.WithStrictDecoding()).ParseUnverified(raw, m)
	if token == nil || errors.Is(err, jwt.ErrTokenMalformed) {
		return nil, nil, errTokenInvalid
	}
	return token.Header, m, nil
}

func (t *Tokens) key(*jwt.Token) (any, error) { return t.secret, nil }

// newTokenError returns the tokenError for one of the parser. A token that is not yet valid is invalid even where it
// has expired too. The claim iat is not looked at: the clocks of two servers that honor each other's tokens differ.
func newTokenError(err error) tokenError {
	switch {
	case errors.Is(err, jwt.ErrTokenNotValidYet), errors.Is(err, jwt.ErrInvalidType):
		return errTokenInvalid
	case errors.Is(err, jwt.ErrTokenExpired):
		return errTokenExpired
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return errTokenNoExpiry
	}
	return errTokenInvalid
}

// newClaims picks our claims out of verified ones.
func newClaims(m jwt.MapClaims) (claims, error) {
	expires, err := m.GetExpirationTime()
	if err != nil || expires.After(maxTokenTime) {
		return claims{}, errTokenInvalid
	}
	id, isText := m["jti"].(string)
	if _, sent := m["jti"]; sent && !isText || !isTokenID(id) {
		return claims{}, errTokenInvalid
	}
	if id == "" {
		return claims{}, errTokenNoID
	}
	return claims{ID: id, Type: newTokenType(m), UserID: newUserID(m["user_id"]), ExpiresAt: expires.UTC()}, nil
}

// isTokenID reports whether the column jti can hold the text.
func isTokenID(id string) bool { return len(id) <= maxTokenID && !strings.ContainsRune(id, 0) }

// newTokenType returns the type that the claims name, "" if they have none.
func newTokenType(m jwt.MapClaims) tokenType {
	claim, sent := m["token_type"]
	name, isText := claim.(string)
	if sent && (!isText || name == "") {
		return "unknown" // there is one, and it is wrong
	}
	return tokenType(name)
}

// newUserID reads the id of a user, a string since simplejwt 5.5 and a number before, or 0 if it is none.
func newUserID(claim any) int64 {
	var digits string
	switch v := claim.(type) {
	case string:
		digits = v
	case json.Number:
		digits = v.String()
	}
	id, err := strconv.ParseUint(digits, 10, 63)
	if err != nil {
		return 0
	}
	return int64(id)
}
