package users_test

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/omni-stock/omnistock/pkg/users"
)

// inspected runs "token inspect" and returns what it says, and its error.
func (f *fixture) inspected(t *testing.T, raw string) (shown map[string]any, err error) {
	t.Helper()
	text, textErr := f.run(t, raw, "token", "inspect")
	out, err := f.run(t, "Bearer "+raw+"\n", "token", "inspect", "--json")
	if (textErr == nil) != (err == nil) {
		t.Errorf("text: %v, JSON: %v", textErr, err)
	}
	parts := strings.Split(raw, ".")
	if signature := parts[len(parts)-1]; signature != "" && strings.Contains(text+out, signature) || strings.Contains(text+out, secret) {
		t.Errorf("the signature or the key is shown:\n%s%s", text, out)
	}
	if strings.ContainsAny(text, "\x1b\u009b") {
		t.Errorf("a terminal would do more than show it: %q", text)
	}
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return shown, err
}

// signed is a token of any claims.
func signed(t *testing.T, key string, claims jwt.MapClaims) string {
	t.Helper()
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTokenInspect_verdicts(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		pair := f.logIn(t, "ann")
		good := jwt.MapClaims{"token_type": "refresh", "jti": "0123", "user_id": "1", "exp": f.Clock.Now().Add(time.Hour).Unix()}
		with := func(name string, value any) jwt.MapClaims {
			claims := maps.Clone(good)
			claims[name] = value
			return claims
		}
		none, err := jwt.NewWithClaims(jwt.SigningMethodNone, good).SignedString(jwt.UnsafeAllowNoneSignatureType)
		if err != nil {
			t.Fatal(err)
		}
		for name, test := range map[string]struct{ raw, refusal string }{
			"access":         {pair.access, ""},
			"refresh":        {pair.refresh, ""},
			"before rows":    {signed(t, secret, good), ""},
			"another secret": {signed(t, "another secret", good), "signed with another secret"},
			"no signature":   {none, "signed with another secret"},
			"expired":        {signed(t, secret, with("exp", f.Clock.Now().Unix()-1)), "Token is expired"},
			"no type":        {signed(t, secret, with("token_type", nil)), "Token has wrong type"},
			"sliding":        {signed(t, secret, with("token_type", "sliding")), "Token has wrong type"},
			"nobody":         {signed(t, secret, with("user_id", "abc")), "Token contained no recognizable user identification"},
			"gone":           {signed(t, secret, with("user_id", 9223372036854775807)), "its user is gone"},
			"null in its id": {signed(t, secret, with("jti", "a\x00\u009b2J\x1b[2J")), "Token is invalid"},
			"no time":        {signed(t, secret, with("exp", "soon")), "Token is invalid"},
		} {
			shown, err := f.inspected(t, test.raw)
			if shown["refusal"] != test.refusal || (err == nil) != (test.refusal == "") || shown["good"] != (err == nil) {
				t.Errorf("%s: refusal = %q, want %q; error %v", name, shown["refusal"], test.refusal, err)
			}
		}
		f.exec(t, "UPDATE users_user SET is_active = false")
		if shown, err := f.inspected(t, pair.access); err == nil || shown["refusal"] != "its user is disabled" {
			t.Errorf("%v: %v", err, shown)
		}
	})
}

func TestTokenInspect_secretMadeLate(t *testing.T) {
	late := users.Options{PasswordIterations: 1, LateSecret: func() ([]byte, error) { return []byte("late secret"), nil }}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		late.Now = f.Clock.Now
		commands := users.NewService(f.DB, late)
		raw := signed(t, "late secret", jwt.MapClaims{
			"token_type": "access", "jti": "0123", "user_id": 1, "exp": f.Clock.Now().Add(time.Hour).Unix(),
		})
		f.Users = commands
		if shown, err := f.inspected(t, raw); err != nil {
			t.Errorf("%v: %v", err, shown)
		}
	})
}

func TestTokenRevoke_byID(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		pair := f.logIn(t, "ann")
		shown, _ := f.inspected(t, pair.refresh)
		jti, _ := shown["jti"].(string)
		for _, want := range []string{" is revoked.\n", " was revoked already.\n"} {
			out, err := f.run(t, "", "token", "revoke", "--jti", jti)
			if err != nil || out != "Refresh token "+jti+want {
				t.Errorf("%v, output %q, want %q", err, out, want)
			}
		}
		if shown, err := f.inspected(t, pair.refresh); err == nil || shown["blacklisted"] != true {
			t.Errorf("%v: %v", err, shown)
		}
	})
}

func TestTokenRevoke_tokenWithoutRow(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		raw := signed(t, secret, jwt.MapClaims{
			"token_type": "refresh", "jti": "0123", "user_id": 1, "exp": f.Clock.Now().Add(time.Hour).Unix(),
		})
		if out, err := f.run(t, raw, "token", "revoke"); err != nil || out != "Refresh token 0123 is revoked.\n" {
			t.Errorf("%v: %s", err, out)
		}
		if shown, err := f.inspected(t, raw); err == nil || shown["refusal"] != "Token is blacklisted" {
			t.Errorf("%v: %v", err, shown)
		}
	})
}

func TestDeleteExpired_inBatchesAndOnlyWhatExpired(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		past, future := f.Clock.Now().Add(-time.Hour), f.Clock.Now().Add(time.Hour)
		const n = 2500
		tokens := make([]users.OutstandingToken, n)
		for i := range tokens {
			tokens[i] = users.OutstandingToken{Token: "x", JTI: strconv.Itoa(i), ExpiresAt: past}
			if i%5 == 0 {
				tokens[i].ExpiresAt = future
			}
		}
		f.insert(t, &tokens)
		f.exec(t, "INSERT INTO token_blacklist_blacklistedtoken (token_id, blacklisted_at) SELECT id, ? FROM token_blacklist_outstandingtoken", past)
		f.exec(t, "CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text NOT NULL, expire_date timestamp NOT NULL)")
		f.exec(t, "INSERT INTO django_session VALUES ('a', '', ?), ('b', '', ?)", past, future)
		for _, onlyLook := range []bool{true, false} {
			tokens, err := f.Users.DeleteExpiredTokens(t.Context(), onlyLook)
			if err != nil || tokens != n*4/5 {
				t.Errorf("%d tokens, %v", tokens, err)
			}
			sessions, err := f.Users.DeleteExpiredSessions(t.Context(), onlyLook)
			if err != nil || sessions != 1 {
				t.Errorf("%d sessions, %v", sessions, err)
			}
		}
		for _, table := range []string{"outstandingtoken", "blacklistedtoken"} {
			if left := f.count(t, "SELECT count(*) FROM token_blacklist_"+table); left != n/5 {
				t.Errorf("%s: %d rows left, want %d", table, left, n/5)
			}
		}
		if left := f.count(t, "SELECT count(*) FROM django_session WHERE session_key = 'b'"); left != 1 {
			t.Error("a session that lives is gone")
		}
	})
}
