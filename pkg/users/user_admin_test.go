package users_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/users"
)

// root makes a superuser of that name.
func (f *fixture) root(t *testing.T, username string) {
	t.Helper()
	_, err := f.Users.Create(t.Context(), users.NewUser{Username: username, Email: username + "@shop.example", Superuser: true})
	if err != nil {
		t.Fatal(err)
	}
}

// insert puts rows into the database behind the program's back.
func (f *fixture) insert(t *testing.T, rows any) {
	t.Helper()
	if _, err := f.DB.NewInsert().Model(rows).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestUserList_goesThroughAllPages(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		const n = 1201
		all := make([]users.User, n)
		for i := range all {
			all[i] = users.User{
				Username: fmt.Sprintf("user%04d", i), Email: fmt.Sprintf("%d@shop.example", i), IsActive: i%2 == 0,
				DateJoined: f.Clock.Now(), Role: users.RoleSolo,
			}
		}
		f.insert(t, &all)
		out, err := f.run(t, "", "user", "list")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if len(lines) != n+1 || !strings.HasPrefix(lines[n], "1201  user1200  1200@shop.example  yes     no     no ") {
			t.Errorf("%d lines, the last one is %q", len(lines), lines[len(lines)-1])
		}
		out, err = f.run(t, "", "user", "list", "--inactive", "--json")
		var list []struct{ Username string }
		if err := json.Unmarshal([]byte(out), &list); err != nil {
			t.Fatal(err)
		}
		if err != nil || len(list) != n/2 || list[0].Username != "user0001" {
			t.Errorf("%d accounts, %v", len(list), err)
		}
	})
}

// TestUserList_namesMoveNoCursor: people choose their names, and an operator's terminal shows them.
func TestUserList_namesMoveNoCursor(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.insert(t, &users.User{
			Username: "\x1b[2Jann\r\n", FirstName: "\x1b]0;title\a", DateJoined: f.Clock.Now(), Role: users.RoleSolo,
		})
		for _, args := range [][]string{{"user", "list"}, {"user", "show", "\x1b[2Jann\r\n"}} {
			out, err := f.run(t, "", args...)
			if err != nil || strings.ContainsAny(out, "\x1b\r\a") || !strings.Contains(out, "?[2Jann??") {
				t.Errorf("%q, %v", out, err)
			}
		}
	})
}

func TestUserShow_howThePasswordIsHashed(t *testing.T) {
	tests := map[string]string{
		"pbkdf2_sha256$600000$saltsaltsaltsaltsaltsa$" + strings.Repeat("A", 43) + "=": "pbkdf2_sha256, cost 600000",
		"!abcdefgh": "unusable: nobody can log in with it",
		"":          "of a form that nobody can log in with",
		"hunter2":   "of a form that nobody can log in with",
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for encoded, want := range tests {
			f.exec(t, "UPDATE users_user SET password = ?", encoded)
			out, err := f.run(t, "", "user", "show", "ann")
			if err != nil || !strings.Contains(out, "\npassword      "+want+"\n") {
				t.Errorf("%q: %v\n%s", encoded, err, out)
			}
			asJSON, err := f.run(t, "", "user", "show", "ann", "--json")
			if err != nil || encoded != "" && strings.Contains(out+asJSON, encoded) {
				t.Errorf("%v: the hash is shown:\n%s%s", err, out, asJSON)
			}
		}
	})
}

// TestUserDisable_twoSuperusersAtOnce: each would leave the other one, and together they would leave nobody.
func TestUserDisable_twoSuperusersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.root(t, "ann")
		f.root(t, "bob")
		for range 30 {
			f.exec(t, "UPDATE users_user SET is_active = true")
			failures := make(chan error, 2)
			for _, name := range []string{"ann", "bob"} {
				go func() { failures <- f.Users.Disable(t.Context(), name) }()
			}
			var kinds []core.Kind
			for range 2 {
				if err := <-failures; err != nil {
					kinds = append(kinds, core.KindOf(err))
				}
			}
			if diff := cmp.Diff([]core.Kind{core.Conflict}, kinds); diff != "" {
				t.Fatal(diff)
			}
			if n := f.count(t, "SELECT count(*) FROM users_user WHERE is_active"); n != 1 {
				t.Fatalf("active superusers = %d, want 1", n)
			}
		}
	})
}

func TestUserDisable_leavesNothingHalfDone(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		token := f.logIn(t, "ann")
		f.exec(t, "UPDATE users_user SET is_superuser = true")
		if _, err := f.run(t, "", "user", "disable", "ann"); err == nil {
			t.Fatal("the last superuser is disabled")
		}
		if n := f.count(t, "SELECT count(*) FROM token_blacklist_blacklistedtoken"); n != 0 {
			t.Errorf("%d tokens are blacklisted", n)
		}
		if _, err := f.run(t, "", "user", "disable", "ann", "--force"); err != nil {
			t.Fatal(err)
		}
		f.Post(t, "/api/v1/auth/token/refresh/", fields{"refresh": token.refresh}).Want(t, http.StatusUnauthorized, "")
	})
}
