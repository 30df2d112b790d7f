package users

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A terminal is a person who types the lines and passwords given.
type terminal struct {
	prompter
	out bytes.Buffer
}

func newTerminal(lines string, passwords ...string) *terminal {
	term := &terminal{}
	term.prompter = prompter{
		in: bufio.NewReader(strings.NewReader(lines)), out: &term.out, isTerminal: true, restore: func() {},
		readPassword: func() (string, error) {
			if len(passwords) == 0 {
				return "", errors.New("no more passwords")
			}
			next := passwords[0]
			passwords = passwords[1:]
			term.out.WriteString("\n")
			return next, nil
		},
	}
	return term
}

// eachService runs fn on both engines.
func eachService(t *testing.T, fn func(t *testing.T, s *Service)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) {
		fn(t, NewService(db, Options{Secret: []byte("secret"), Now: time.Now, PasswordIterations: 1}))
	})
}

func TestCreateUser_asksAPerson(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		if _, err := s.Create(t.Context(), NewUser{Username: "bob", Email: "bob@shop.example"}); err != nil {
			t.Fatal(err)
		}
		term := newTerminal("bob\nann\nann@shop.example\nn\nY\n",
			"correct horse", "other", "", "", "12345678", "12345678", "password", "password")
		c := &creation{Service: s, prompter: &term.prompter, report: &term.out}
		if err := c.run(t.Context(), NewUser{Superuser: true}); err != nil {
			t.Fatal(err)
		}
		ask, _, _ := strings.Cut(term.out.String(), ": ")
		want := ask + ": Error: That username is already taken.\n" + ask + ": Email address: " +
			"Password: \nPassword (again): \nError: Your passwords didn't match.\n" +
			"Password: \nPassword (again): \nError: Blank passwords aren't allowed.\n" +
			"Password: \nPassword (again): \nThis password is too common.\nThis password is entirely numeric.\n" +
			"Bypass password validation and create user anyway? [y/N]: " +
			"Password: \nPassword (again): \nThis password is too common.\n" +
			"Bypass password validation and create user anyway? [y/N]: " +
			"Superuser created successfully.\n"
		if diff := cmp.Diff(want, term.out.String()); diff != "" {
			t.Errorf("dialog (-want +got):\n%s", diff)
		}
		u, err := s.ByUsername(t.Context(), "ann")
		if err != nil || u.Email != "ann@shop.example" || !u.IsSuperuser {
			t.Errorf("%v, user = %+v", err, u)
		}
		if ok, _, err := s.hasher.Verify(t.Context(), "password", u.Password); err != nil || !ok {
			t.Errorf("the password that the person insisted on is not the one: %v", err)
		}
	})
}

func TestCreateUser_personGivesUp(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		for name, term := range map[string]*terminal{
			"end of input":    newTerminal("ann\n"),
			"end of password": newTerminal("ann\nann@shop.example\n"),
		} {
			c := &creation{Service: s, prompter: &term.prompter, report: &term.out}
			if err := c.run(t.Context(), NewUser{}); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
	})
}

func TestPrompter_interrupted(t *testing.T) {
	term := newTerminal("")
	hang := make(chan struct{})
	defer close(hang)
	restored := false
	term.readPassword = func() (string, error) { <-hang; return "", nil }
	term.restore = func() { restored = true }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := term.password(ctx); !errors.Is(err, errCancelled) || !restored {
		t.Errorf("error = %v, want %v; terminal restored: %t", err, errCancelled, restored)
	}
}

func TestChangePassword_threeAttempts(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		u, err := s.Create(t.Context(), NewUser{Username: "ann", Email: "ann@shop.example"})
		if err != nil {
			t.Fatal(err)
		}
		bad := []string{"password", "password", "12345678", "12345678", "ann@shop.example", "ann@shop.example"}
		term := newTerminal("", append(bad, "correct horse", "correct horse")...)
		if err := s.askNewPassword(t.Context(), &term.prompter, u); err == nil || err.Error() != "password not changed after 3 attempts" {
			t.Errorf("error = %v", err)
		}
		if err := s.askNewPassword(t.Context(), &term.prompter, u); err != nil {
			t.Errorf("good password: %v", err)
		}
		if !strings.Contains(term.out.String(), "Changing password for user 'ann'\n") {
			t.Errorf("dialog: %s", term.out.String())
		}
	})
}
