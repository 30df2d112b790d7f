package users

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
)

var tokenTime = time.Date(2026, 11, 22, 20, 11, 31, 42281000, time.UTC)

func tokensAt(now time.Time) *Tokens {
	return newTokenIssuer([]byte(sharedSecret), func() time.Time { return now })
}

// A refresh token of Django 5.0.6 with simplejwt 5.5.1.
const simplejwtToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTc5NTQ2NDY5MSwiaWF0IjoxNzk1Mzc4" +
	"MjkxLCJqdGkiOiIyZDZmNTIwZTViOWE0ZGI1ODUxZDgwNGU3NTc1YjY1ZCIsInVzZXJfaWQiOiIzIn0.mBwS7wObkTdiE4xvgnmc5LKMGOxV-3w0bqCj8-leHPw"

func TestTokens_tokenOfSimplejwt(t *testing.T) {
	want := claims{
		ID: "2d6f520e5b9a4db5851d804e7575b65d", Type: refreshToken, UserID: 3,
		ExpiresAt: time.Date(2026, 11, 23, 20, 11, 31, 0, time.UTC),
	}
	got, err := tokensAt(tokenTime).parse(simplejwtToken, refreshToken)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTokens_pairIsWhatSimplejwtMakes(t *testing.T) {
	refresh, access, err := tokensAt(tokenTime).issuePair(3)
	if err != nil {
		t.Fatal(err)
	}
	checkIssued(t, refresh, map[string]any{
		"token_type": "refresh", "exp": 1795464691.0, "iat": 1795378291.0, "jti": refresh.ID, "user_id": "3",
	})
	checkIssued(t, access, map[string]any{
		"token_type": "access", "exp": 1795378591.0, "iat": 1795378291.0, "jti": access.ID, "user_id": "3",
	})
	if refresh.ID == access.ID {
		t.Errorf("both have the id %s", access.ID)
	}
}

// checkIssued compares a token with the claims it should have, and with what it is said to be.
func checkIssued(t *testing.T, token issuedToken, want map[string]any) {
	t.Helper()
	parts := strings.Split(token.Raw, ".")
	header, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil || string(header) != `{"alg":"HS256","typ":"JWT"}` {
		t.Errorf("header = %s, %v", header, err)
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(payload, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !regexp.MustCompile(`^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`).MatchString(token.ID) {
		t.Errorf("id = %s, want a UUID of version 4", token.ID)
	}
	if !token.CreatedAt.Equal(tokenTime) || float64(token.ExpiresAt.UnixNano())/1e9 != want["exp"] {
		t.Errorf("created, expires = %v, %v", token.CreatedAt, token.ExpiresAt)
	}
}

func TestTokens_lifetimes(t *testing.T) {
	refresh, access, err := tokensAt(tokenTime).issuePair(3)
	if err != nil {
		t.Fatal(err)
	}
	whole := tokenTime.Truncate(time.Second)
	tests := []struct {
		raw  string
		typ  tokenType
		last time.Duration
	}{
		{access.Raw, accessToken, 5 * time.Minute},
		{refresh.Raw, refreshToken, 24 * time.Hour},
	}
	for _, tt := range tests {
		if _, err := tokensAt(whole.Add(tt.last-time.Millisecond)).parse(tt.raw, tt.typ); err != nil {
			t.Errorf("%s at its last moment: %v", tt.typ, err)
		}
		if _, err := tokensAt(whole.Add(tt.last)).parse(tt.raw, tt.typ); !errors.Is(err, errTokenExpired) {
			t.Errorf("%s at its end: %v, want %v", tt.typ, err, errTokenExpired)
		}
	}
}

// goodClaims are those of an access token for user 7 that is valid at tokenTime.
func goodClaims() jwt.MapClaims {
	return jwt.MapClaims{
		"token_type": "access", "exp": tokenTime.Unix() + 300, "iat": tokenTime.Unix(),
		"jti": "00112233445566778899aabbccddeeff", "user_id": "7",
	}
}

// with returns the claims with some set, or removed where the value is nil.
func with(c jwt.MapClaims, changes jwt.MapClaims) jwt.MapClaims {
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

func sign(t *testing.T, c jwt.Claims) string {
	t.Helper()
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString([]byte(sharedSecret))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTokens_refusedClaims(t *testing.T) {
	past, future := tokenTime.Unix()-60, tokenTime.Unix()+60
	type m = jwt.MapClaims
	tests := map[string]struct {
		changes m
		want    error // of parse as an access token
		wantAny error // of parseAny
	}{
		"expired":                  {m{"exp": past}, errTokenExpired, errTokenExpired},
		"expired in 1970":          {m{"exp": 0}, errTokenExpired, errTokenExpired},
		"expired and without id":   {m{"exp": past, "jti": nil}, errTokenExpired, errTokenExpired},
		"no expiry":                {m{"exp": nil}, errTokenNoExpiry, errTokenNoExpiry},
		"expiry in words":          {m{"exp": "tomorrow"}, errTokenInvalid, errTokenInvalid},
		"expiry is an object":      {m{"exp": m{}}, errTokenInvalid, errTokenInvalid},
		"expiry after all dates":   {m{"exp": int64(1) << 60}, errTokenInvalid, errTokenInvalid},
		"not yet valid":            {m{"nbf": future}, errTokenInvalid, errTokenInvalid},
		"neither yet nor still":    {m{"nbf": future, "exp": past}, errTokenInvalid, errTokenInvalid},
		"no id":                    {m{"jti": nil}, errTokenNoID, errTokenNoID},
		"empty id":                 {m{"jti": ""}, errTokenNoID, errTokenNoID},
		"neither id nor type":      {m{"jti": nil, "token_type": nil}, errTokenNoID, errTokenNoID},
		"id is a number":           {m{"jti": 5}, errTokenInvalid, errTokenInvalid},
		"no type":                  {m{"token_type": nil}, errTokenNoType, nil},
		"neither type nor user":    {m{"token_type": nil, "user_id": nil}, errTokenNoType, nil},
		"refresh token":            {m{"token_type": "refresh"}, errTokenWrongType, nil},
		"unknown type":             {m{"token_type": "sliding"}, errTokenWrongType, nil},
		"empty type":               {m{"token_type": ""}, errTokenWrongType, nil},
		"type is a number":         {m{"token_type": 1}, errTokenWrongType, nil},
		"refresh token of no user": {m{"token_type": "refresh", "user_id": nil}, errTokenWrongType, nil},
		"no user":                  {m{"user_id": nil}, errTokenNoUser, nil},
		"user 0":                   {m{"user_id": "0"}, errTokenNoUser, nil},
		"negative user":            {m{"user_id": "-7"}, errTokenNoUser, nil},
		"negative number":          {m{"user_id": -7}, errTokenNoUser, nil},
		"fraction of a user":       {m{"user_id": 7.5}, errTokenNoUser, nil},
		"user overflows":           {m{"user_id": "9223372036854775808"}, errTokenNoUser, nil},
		"number overflows":         {m{"user_id": uint64(1) << 63}, errTokenNoUser, nil},
		"user in words":            {m{"user_id": "seven"}, errTokenNoUser, nil},
		"user with spaces":         {m{"user_id": " 7"}, errTokenNoUser, nil},
		"user is true":             {m{"user_id": true}, errTokenNoUser, nil},
		"user is a list":           {m{"user_id": []int{7}}, errTokenNoUser, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			raw := sign(t, with(goodClaims(), tt.changes))
			if got, err := tokensAt(tokenTime).parse(raw, accessToken); !errors.Is(err, tt.want) || got != (claims{}) {
				t.Errorf("parse: %+v, %v, want %v", got, err, tt.want)
			}
			if _, err := tokensAt(tokenTime).parseAny(raw); !errors.Is(err, tt.wantAny) {
				t.Errorf("parseAny: %v, want %v", err, tt.wantAny)
			}
		})
	}
}

func TestTokens_acceptedClaims(t *testing.T) {
	type m = jwt.MapClaims
	tests := map[string]struct {
		changes m
		user    int64
	}{
		"user as a string":                   {nil, 7},
		"user as a number, as before 5.5":    {m{"user_id": 7}, 7},
		"user that no float holds":           {m{"user_id": int64(9007199254740993)}, 9007199254740993},
		"largest user":                       {m{"user_id": "9223372036854775807"}, 9223372036854775807},
		"issued by a clock ahead":            {m{"iat": tokenTime.Unix() + 2}, 7},
		"no issue time":                      {m{"iat": nil}, 7},
		"claims of somebody else":            {m{"name": "x", "aud": "y", "iss": 5}, 7},
		"valid from now on":                  {m{"nbf": tokenTime.Unix()}, 7},
		"claim that differs in case only":    {m{"User_ID": "8", "EXP": 0, "Token_Type": "refresh"}, 7},
		"expiry with a fraction of a second": {m{"exp": float64(tokenTime.Unix()) + 1.5}, 7},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := tokensAt(tokenTime).parse(sign(t, with(goodClaims(), tt.changes)), accessToken)
			if err != nil || got.UserID != tt.user {
				t.Errorf("user = %d, %v, want %d", got.UserID, err, tt.user)
			}
		})
	}
}

func TestTokens_forgeries(t *testing.T) {
	good := sign(t, goodClaims())
	parts := strings.Split(good, ".")
	other := func(method jwt.SigningMethod, key any) string {
		raw, err := jwt.NewWithClaims(method, goodClaims()).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	tests := map[string]string{
		"empty":                 "",
		"garbage":               "garbage",
		"dots":                  "..",
		"no signature":          parts[0] + "." + parts[1] + ".",
		"two parts":             parts[0] + "." + parts[1],
		"four parts":            good + ".",
		"another payload":       parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"user_id":"1"}`)) + "." + parts[2],
		"another secret":        other(jwt.SigningMethodHS256, []byte("another-secret-another-secret-12345")),
		"alg none":              other(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"alg HS512":             other(jwt.SigningMethodHS512, []byte(sharedSecret)),
		"alg HS384":             other(jwt.SigningMethodHS384, []byte(sharedSecret)),
		"alg unknown":           base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"hs256"}`)) + "." + parts[1] + "." + parts[2],
		"alg missing":           base64.RawURLEncoding.EncodeToString([]byte(`{}`)) + "." + parts[1] + "." + parts[2],
		"header no JSON":        base64.RawURLEncoding.EncodeToString([]byte(`{`)) + "." + parts[1] + "." + parts[2],
		"stray bits":            good[:len(good)-1] + string(good[len(good)-1]+1),
		"padding":               good + "=",
		"spaces":                " " + good,
		"too long, though good": sign(t, with(goodClaims(), jwt.MapClaims{"x": strings.Repeat("x", maxTokenLength)})),
	}
	for name, raw := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := tokensAt(tokenTime).parse(raw, accessToken); !errors.Is(err, errTokenInvalid) {
				t.Errorf("parse: %v, want %v", err, errTokenInvalid)
			}
			if _, err := tokensAt(tokenTime).parseAny(raw); !errors.Is(err, errTokenInvalid) {
				t.Errorf("parseAny: %v, want %v", err, errTokenInvalid)
			}
		})
	}
}

// A wrong signature is told before anything else: what is not signed may not be looked at.
func TestTokens_expiredForgery(t *testing.T) {
	raw := sign(t, with(goodClaims(), jwt.MapClaims{"exp": 1, "jti": nil}))
	tokens := newTokenIssuer([]byte("another-secret-another-secret-12345"), time.Now)
	if _, err := tokens.parse(raw, accessToken); !errors.Is(err, errTokenInvalid) {
		t.Errorf("parse: %v, want %v", err, errTokenInvalid)
	}
}

func TestTokens_payloadIsNoObject(t *testing.T) {
	for _, payload := range []string{"null", "5", "[]", `"x"`, "{", ""} {
		text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." +
			base64.RawURLEncoding.EncodeToString([]byte(payload))
		signature, err := jwt.SigningMethodHS256.Sign(text, []byte(sharedSecret))
		if err != nil {
			t.Fatal(err)
		}
		raw := text + "." + base64.RawURLEncoding.EncodeToString(signature)
		var refused tokenError
		if _, err := tokensAt(tokenTime).parseAny(raw); !errors.As(err, &refused) {
			t.Errorf("payload %q: %v, want a tokenError", payload, err)
		}
	}
}

func TestTokens_largestTokenFits(t *testing.T) {
	refresh, _, err := tokensAt(tokenTime).issuePair(1<<63 - 1)
	if err != nil || len(refresh.Raw)*10 > maxTokenLength {
		t.Errorf("%d bytes, %v, want a tenth of %d", len(refresh.Raw), err, maxTokenLength)
	}
}

// Whatever comes in is refused with one of simplejwt's messages, or is a token that we signed.
func FuzzParseToken(f *testing.F) {
	f.Add(simplejwtToken, `{"exp":1795464691,"jti":"x","token_type":"access","user_id":"1"}`)
	f.Add("", `{"exp":1e400,"nbf":-1e400,"jti":null,"user_id":1e3}`)
	f.Add("..", `{"exp":"1795464691","iat":{},"token_type":[]}`)
	tokens := tokensAt(tokenTime)
	f.Fuzz(func(t *testing.T, raw, payload string) {
		var refused tokenError
		if c, err := tokens.parse(raw, refreshToken); err == nil && c.UserID < 1 || err != nil && !errors.As(err, &refused) {
			t.Errorf("raw: %+v, %v", c, err)
		}
		text := "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload))
		signature, err := jwt.SigningMethodHS256.Sign(text, []byte(sharedSecret))
		if err != nil {
			t.Fatal(err)
		}
		c, err := tokens.parseAny(text + "." + base64.RawURLEncoding.EncodeToString(signature))
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("signed payload: %v, want a tokenError", err)
		}
		if err == nil && (c.ID == "" || c.UserID < 0 || !c.ExpiresAt.After(tokenTime) || c.ExpiresAt.After(maxTokenTime)) {
			t.Errorf("signed payload: %+v", c)
		}
	})
}
