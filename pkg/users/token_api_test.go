package users_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/users"
)

const (
	tokenPath   = "/api/v1/auth/token/"
	refreshPath = "/api/v1/auth/token/refresh/"
	verifyPath  = "/api/v1/auth/token/verify/"
	logoutPath  = "/api/v1/auth/logout/"
	mePath      = "/api/v1/auth/me/"
)

// mint signs claims as another program with the same secret would; nil leaves one out.
func (f *fixture) mint(t *testing.T, more jwt.MapClaims) string {
	t.Helper()
	return sign(t, f.claims(more), jwt.SigningMethodHS256, []byte(secret))
}

func (f *fixture) claims(more jwt.MapClaims) jwt.MapClaims {
	all := jwt.MapClaims{
		"token_type": "access", "exp": f.Clock.Now().Add(time.Minute).Unix(), "iat": f.Clock.Now().Unix(),
		"jti": "0123456789abcdef0123456789abcdef", "user_id": "1",
	}
	for name, value := range more {
		all[name] = value
		if value == nil {
			delete(all, name)
		}
	}
	return all
}

func sign(t *testing.T, claims jwt.MapClaims, method jwt.SigningMethod, key any) string {
	t.Helper()
	token, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestLogIn(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, fields{"password": "  " + annsPassword + " "}) // text is trimmed
		pair := f.logIn(t, "ann")
		if n := f.count(t, "SELECT count(*) FROM token_blacklist_outstandingtoken WHERE user_id = ? AND token = ?", id, pair.refresh); n != 1 {
			t.Errorf("outstanding tokens = %d, want 1", n)
		}
		if n := f.count(t, "SELECT count(*) FROM users_user WHERE last_login IS NULL"); n != 1 {
			t.Error("the log-in changed last_login, over which reset links are signed")
		}
	})
}

func TestLogIn_refused(t *testing.T) {
	const noAccount = `{"detail": "No active account found with the given credentials"}`
	tests := map[string]struct {
		body   fields
		status int
		want   string
	}{
		"wrong password":     {fields{"username": "ann", "password": "wrong"}, http.StatusUnauthorized, noAccount},
		"unknown name":       {fields{"username": "ghost", "password": annsPassword}, http.StatusUnauthorized, noAccount},
		"address as name":    {fields{"username": "ann@shop.example", "password": annsPassword}, http.StatusUnauthorized, noAccount},
		"other case":         {fields{"username": "Ann", "password": annsPassword}, http.StatusUnauthorized, noAccount},
		"inactive":           {fields{"username": "gone", "password": annsPassword}, http.StatusUnauthorized, noAccount},
		"no usable password": {fields{"username": "invited", "password": "!"}, http.StatusUnauthorized, noAccount},
		"empty password":     {fields{"username": "empty", "password": "x"}, http.StatusUnauthorized, noAccount},
		"too costly hash":    {fields{"username": "costly", "password": annsPassword}, http.StatusUnauthorized, noAccount},
		"no password":        {fields{"username": "ann"}, http.StatusBadRequest, `{"password": ["This field is required."]}`},
		"null character":     {fields{"username": "a\x00", "password": "x"}, http.StatusBadRequest, `{"username": ["Null characters are not allowed."]}`},
		"nothing":            {fields{}, http.StatusBadRequest, `{"username": ["This field is required."], "password": ["This field is required."]}`},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.register(t, fields{"username": "gone", "email": "gone@shop.example"})
		f.exec(t, "UPDATE users_user SET is_active = false WHERE username = 'gone'")
		for _, name := range []string{"invited", "empty", "costly"} {
			if _, err := f.Users.Create(t.Context(), users.NewUser{Username: name, Email: name + "@shop.example"}); err != nil {
				t.Fatal(err)
			}
		}
		f.exec(t, "UPDATE users_user SET password = '' WHERE username = 'empty'")
		f.exec(t, "UPDATE users_user SET password = ? WHERE username = 'costly'",
			"pbkdf2_sha256$999999999$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=")
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { f.Post(t, tokenPath, test.body).Want(t, test.status, test.want) })
		}
		f.Get(t, tokenPath).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"GET\" not allowed."}`)
	})
}

func TestLogIn_unknownNameTakesAsLong(t *testing.T) {
	eachWith(t, users.Options{PasswordIterations: 200_000}, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		took := func(username string) time.Duration {
			start := time.Now()
			f.Post(t, tokenPath, fields{"username": username, "password": "wrong"}).Want(t, http.StatusUnauthorized, "")
			return time.Since(start)
		}
		if known, unknown := took("ann"), took("ghost"); unknown < known/3 {
			t.Errorf("an unknown name takes %v, a known one %v", unknown, known)
		}
	})
}

func TestLogIn_upgradesTheHash(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		dear := users.NewService(f.DB, users.Options{
			Secret: []byte(secret), Now: f.Clock.Now, PasswordIterations: 7,
		})
		res := withService(t, f.DB, dear).Post(t, tokenPath, fields{"username": "ann", "password": annsPassword})
		res.Want(t, http.StatusOK, "")
		if n := f.count(t, "SELECT count(*) FROM users_user WHERE password LIKE 'pbkdf2_sha256$7$%'"); n != 1 {
			t.Error("the hash was not upgraded")
		}
		f.logIn(t, "ann")
		if n := f.count(t, "SELECT count(*) FROM users_user WHERE password LIKE 'pbkdf2_sha256$7$%'"); n != 1 {
			t.Error("the hash was weakened")
		}
	})
}

// withService returns a client of another service on the same database.
func withService(t *testing.T, db *bun.DB, s *users.Service) apptest.Client {
	t.Helper()
	return apptest.New(t, func(testing.TB, *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		return s.Authenticate, []app.Module{s.Module()}
	}, db).Client
}

func TestRefresh_rotates(t *testing.T) {
	const blacklisted = `{"detail": "Token is blacklisted", "code": "token_not_valid"}`
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		old := f.logIn(t, "ann")
		pair := newTokenPair(t, f.Post(t, refreshPath, fields{"refresh": old.refresh}))
		f.Post(t, refreshPath, fields{"refresh": old.refresh}).Want(t, http.StatusUnauthorized, blacklisted)
		f.Post(t, verifyPath, fields{"token": old.refresh}).
			Want(t, http.StatusBadRequest, `{"non_field_errors": ["Token is blacklisted"]}`)
		f.As(pair.access).Get(t, mePath).Want(t, http.StatusOK, "")
		f.As(old.access).Get(t, mePath).Want(t, http.StatusOK, "")
		newTokenPair(t, f.Post(t, refreshPath, fields{"refresh": pair.refresh}))
		if n := f.count(t, "SELECT count(*) FROM token_blacklist_outstandingtoken WHERE user_id IS NOT NULL"); n != 3 {
			t.Errorf("outstanding tokens = %d, want 3", n)
		}
	})
}

func TestRefresh_sameTokenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, nil)
		unknown := f.mint(t, jwt.MapClaims{"token_type": "refresh", "user_id": id})
		for name, token := range map[string]string{"outstanding": f.logIn(t, "ann").refresh, "without a row": unknown} {
			statuses := atOnce(8, func(int) *apptest.Response { return f.Post(t, refreshPath, fields{"refresh": token}) })
			if diff := cmp.Diff(map[int]int{http.StatusOK: 1, http.StatusUnauthorized: 7}, statuses); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

func TestRefresh_refused(t *testing.T) {
	const noAccount = `{"detail": "No active account found for the given token.", "code": "no_active_account"}`
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		pair := f.logIn(t, "ann")
		inactive := f.register(t, fields{"username": "bob", "email": "bob@shop.example"})
		f.exec(t, "UPDATE users_user SET is_active = false WHERE id = ?", inactive)
		for name, test := range map[string]struct{ token, want string }{
			"garbage":      {"garbage", `{"detail": "Token is invalid", "code": "token_not_valid"}`},
			"access token": {pair.access, `{"detail": "Token has wrong type", "code": "token_not_valid"}`},
			"expired": {
				f.mint(t, jwt.MapClaims{"token_type": "refresh", "exp": f.Clock.Now().Add(-time.Second).Unix()}),
				`{"detail": "Token is expired", "code": "token_not_valid"}`,
			},
			"endless id": {
				f.mint(t, jwt.MapClaims{"token_type": "refresh", "jti": strings.Repeat("x", 256)}),
				`{"detail": "Token is invalid", "code": "token_not_valid"}`,
			},
			"null character as id": {
				f.mint(t, jwt.MapClaims{"token_type": "refresh", "jti": "x\x00"}),
				`{"detail": "Token is invalid", "code": "token_not_valid"}`,
			},
			"user gone":     {f.mint(t, jwt.MapClaims{"token_type": "refresh", "user_id": "987654321"}), noAccount},
			"user inactive": {f.mint(t, jwt.MapClaims{"token_type": "refresh", "user_id": inactive}), noAccount},
		} {
			t.Run(name, func(t *testing.T) {
				f.Post(t, refreshPath, fields{"refresh": test.token}).Want(t, http.StatusUnauthorized, test.want)
			})
		}
		f.Post(t, refreshPath, fields{}).Want(t, http.StatusBadRequest, `{"refresh": ["This field is required."]}`)
		if n := f.count(t, "SELECT count(*) FROM token_blacklist_blacklistedtoken"); n != 0 {
			t.Errorf("blacklisted tokens = %d, want 0", n)
		}
	})
}

func TestVerify(t *testing.T) {
	const invalid = `{"detail": "Token is invalid", "code": "token_not_valid"}`
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		pair := f.logIn(t, "ann")
		for name, test := range map[string]struct {
			token  string
			status int
			want   string
		}{
			"access":  {pair.access, http.StatusOK, "{}"},
			"refresh": {pair.refresh, http.StatusOK, "{}"},
			"garbage": {"garbage", http.StatusUnauthorized, invalid},
			"endless": {strings.Repeat("a", 100_000), http.StatusUnauthorized, invalid},
			"expired": {
				f.mint(t, jwt.MapClaims{"exp": f.Clock.Now().Unix()}), http.StatusUnauthorized,
				`{"detail": "Token is expired", "code": "token_not_valid"}`,
			},
		} {
			t.Run(name, func(t *testing.T) {
				f.Post(t, verifyPath, fields{"token": test.token}).Want(t, test.status, test.want)
			})
		}
		f.Post(t, verifyPath, fields{}).Want(t, http.StatusBadRequest, `{"token": ["This field is required."]}`)
		f.As("garbage").Post(t, verifyPath, fields{"token": pair.access}).Want(t, http.StatusOK, "{}")
	})
}

func TestLogOut(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.register(t, fields{"username": "bob", "email": "bob@shop.example"})
		pair, bobs := f.logIn(t, "ann"), f.logIn(t, "bob")
		client := f.As(pair.access)
		f.Post(t, logoutPath, fields{"refresh": pair.refresh}).
			Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
		for _, step := range []struct {
			body   fields
			status int
			want   string
		}{
			{fields{}, http.StatusBadRequest, `{"refresh": ["This field is required."]}`},
			{fields{"refresh": "garbage"}, http.StatusBadRequest, `{"refresh": ["Token is invalid"]}`},
			{fields{"refresh": pair.access}, http.StatusBadRequest, `{"refresh": ["Token has wrong type"]}`},
			{fields{"refresh": pair.refresh}, http.StatusOK, `{"detail": "Successfully logged out."}`},
			{fields{"refresh": pair.refresh}, http.StatusBadRequest, `{"refresh": ["Token is blacklisted"]}`},
			{fields{"refresh": bobs.refresh}, http.StatusOK, `{"detail": "Successfully logged out."}`},
			{
				fields{"refresh": f.mint(t, jwt.MapClaims{"token_type": "refresh", "user_id": "987654321"})},
				http.StatusOK, `{"detail": "Successfully logged out."}`,
			},
		} {
			client.Post(t, logoutPath, step.body).Want(t, step.status, step.want)
		}
		f.Post(t, refreshPath, fields{"refresh": pair.refresh}).Want(t, http.StatusUnauthorized, "")
		f.Post(t, refreshPath, fields{"refresh": bobs.refresh}).Want(t, http.StatusUnauthorized, "")
		client.Get(t, mePath).Want(t, http.StatusOK, "") // for its few minutes
	})
}

func TestAuthenticate_refused(t *testing.T) {
	reason := func(msg string) string {
		return `{"detail": "Given token not valid for any token type", "code": "token_not_valid",
			"messages": [{"token_class": "AccessToken", "token_type": "access", "message": "` + msg + `"}]}`
	}
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, nil)
		inactive := f.register(t, fields{"username": "bob", "email": "bob@shop.example"})
		f.exec(t, "UPDATE users_user SET is_active = false WHERE id = ?", inactive)
		for name, test := range map[string]struct{ token, want string }{
			"garbage":         {"garbage", reason("Token is invalid")},
			"expired":         {f.mint(t, jwt.MapClaims{"exp": f.Clock.Now().Add(-time.Hour).Unix()}), reason("Token is expired")},
			"wrong signature": {sign(t, f.claims(nil), jwt.SigningMethodHS256, []byte("another secret of some length")), reason("Token is invalid")},
			"wrong algorithm": {sign(t, f.claims(nil), jwt.SigningMethodHS512, []byte(secret)), reason("Token is invalid")},
			"unsigned":        {sign(t, f.claims(nil), jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType), reason("Token is invalid")},
			"refresh token":   {f.logIn(t, "ann").refresh, reason("Token has wrong type")},
			"no id":           {f.mint(t, jwt.MapClaims{"jti": nil}), reason("Token has no id")},
			"no type":         {f.mint(t, jwt.MapClaims{"token_type": nil}), reason("Token has no type")},
			"no user":         {f.mint(t, jwt.MapClaims{"user_id": nil}), `{"detail": "Token contained no recognizable user identification", "code": "token_not_valid"}`},
			"user is no id":   {f.mint(t, jwt.MapClaims{"user_id": "x' OR 1=1"}), `{"detail": "Token contained no recognizable user identification", "code": "token_not_valid"}`},
			"user gone":       {f.mint(t, jwt.MapClaims{"user_id": "987654321"}), `{"detail": "User not found", "code": "user_not_found"}`},
			"user inactive":   {f.mint(t, jwt.MapClaims{"user_id": inactive}), `{"detail": "User is inactive", "code": "user_inactive"}`},
		} {
			t.Run(name, func(t *testing.T) {
				res := f.As(test.token).Get(t, mePath)
				res.Want(t, http.StatusUnauthorized, test.want)
				if got, want := res.Header.Get("WWW-Authenticate"), `Bearer realm="api"`; got != want {
					t.Errorf("WWW-Authenticate = %q, want %q", got, want)
				}
			})
		}
		f.As(f.mint(t, jwt.MapClaims{"user_id": id})).Get(t, mePath).Want(t, http.StatusOK, "") // a number, as before simplejwt 5.5
	})
}

func TestAuthenticate_takesOneQuery(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		access := f.logIn(t, "ann").access
		queries := dbtest.Count(t, f.DB)
		actor, err := f.Users.Authenticate(t.Context(), access)
		if err != nil || actor.Username != "ann" {
			t.Errorf("actor = %v, %v, want ann", actor, err)
		}
		if n := queries(); n != 1 {
			t.Errorf("queries = %d, want 1", n)
		}
	})
}

func TestAuthenticate_outageIsNoAbsence(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		access := f.logIn(t, "ann").access
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Users.Authenticate(ctx, access); core.KindOf(err) != core.Internal {
			t.Errorf("error = %v, want an internal one", err)
		}
	})
}
