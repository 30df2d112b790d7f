package users_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/users"
)

const (
	resetPath   = "/api/v1/auth/password/reset/"
	confirmPath = "/api/v1/auth/password/reset/confirm/"
	resetSent   = `{"detail": "If an account with that email exists, a password reset link has been sent."}`
)

// ask asks for reset links for the address.
func (f *fixture) ask(t *testing.T, email string) {
	t.Helper()
	f.Post(t, resetPath, fields{"email": email}).Want(t, http.StatusOK, resetSent)
}

// mails waits until n mails were sent and returns them.
func (f *fixture) mails(t *testing.T, n int) []mail.Message {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); len(f.Mail.Sent()) < n; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("mails = %d, want %d", len(f.Mail.Sent()), n)
		}
	}
	return f.Mail.Sent()
}

// link takes uid and token out of a mail, as the page behind its link does.
func link(t *testing.T, m mail.Message) fields {
	t.Helper()
	_, rest, _ := strings.Cut(m.Text, "https://shop.example/reset-password?")
	query, err := url.ParseQuery(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return fields{"uid": query.Get("uid"), "token": query.Get("token"), "new_password": "battery staple"}
}

func TestReset(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.ask(t, "ANN@shop.example")
		m := f.mails(t, 1)[0]
		if m.To != "ann@shop.example" || !strings.Contains(m.Text, "24 hours") {
			t.Errorf("mail = %+v", m)
		}
		body := link(t, m)
		f.Post(t, confirmPath, body).Want(t, http.StatusOK, `{"detail": "Password has been reset successfully."}`)
		f.Post(t, tokenPath, fields{"username": "ann", "password": annsPassword}).Want(t, http.StatusUnauthorized, "")
		f.Post(t, tokenPath, fields{"username": "ann", "password": "battery staple"}).Want(t, http.StatusOK, "")
		f.Post(t, confirmPath, body).Want(t, http.StatusBadRequest, `{"detail": ["Invalid or expired reset link."]}`)
	})
}

func TestReset_oneMailInFiveMinutes(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for range 3 {
			f.ask(t, "ann@shop.example")
		}
		f.Clock.Move(5 * time.Minute)
		f.ask(t, "ann@shop.example")
		f.mails(t, 2)
		f.wantMails(t, "ann@shop.example", "ann@shop.example")
	})
}

// wantMails stops the sending of mails and compares whom they went to.
func (f *fixture) wantMails(t *testing.T, to ...string) {
	t.Helper()
	if err := f.Users.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range f.Mail.Sent() {
		got = append(got, m.To)
	}
	if diff := cmp.Diff(to, got); diff != "" {
		t.Errorf("mails to (-want +got):\n%s", diff)
	}
}

func TestReset_eachAccountOfTheAddress(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.register(t, fields{"username": "ann2", "email": "Ann@shop.example"})
		f.register(t, fields{"username": "gone", "email": "ANN@shop.example"})
		f.exec(t, "UPDATE users_user SET is_active = false WHERE username = 'gone'")
		f.ask(t, "ann@Shop.example")
		f.wantMails(t, "ann@shop.example", "Ann@shop.example")
		for i, m := range f.Mail.Sent() {
			if name := []string{`"ann"`, `"ann2"`}[i]; !strings.Contains(m.Text, name) {
				t.Errorf("no %s in %s", name, m.Text)
			}
			f.Post(t, confirmPath, link(t, m)).Want(t, http.StatusOK, "")
		}
	})
}

func TestReset_unknownAddress(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.ask(t, "nobody@shop.example")
		f.Post(t, resetPath, fields{"email": "nope"}).Want(t, http.StatusBadRequest, `{"email": ["Enter a valid email address."]}`)
		f.Post(t, resetPath, fields{}).Want(t, http.StatusBadRequest, `{"email": ["This field is required."]}`)
		f.wantMails(t)
	})
}

func TestReset_invitedPersonGetsALink(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if _, err := f.Users.Create(t.Context(), users.NewUser{Username: "invited", Email: "i@shop.example"}); err != nil {
			t.Fatal(err)
		}
		f.ask(t, "i@shop.example")
		f.Post(t, confirmPath, link(t, f.mails(t, 1)[0])).Want(t, http.StatusOK, "")
		f.Post(t, tokenPath, fields{"username": "invited", "password": "battery staple"}).Want(t, http.StatusOK, "")
	})
}

func TestConfirmReset_refused(t *testing.T) {
	const expired, unknown = `{"detail": ["Invalid or expired reset link."]}`, `{"detail": ["Invalid reset link."]}`
	tests := map[string]struct {
		with fields
		want string
	}{
		"bad token":         {fields{"token": "abc-123"}, expired},
		"no token":          {fields{"token": "-"}, expired},
		"unknown user":      {fields{"uid": 987654321}, unknown},
		"user beyond all":   {fields{"uid": "99999999999999999999999"}, unknown},
		"uid is no number":  {fields{"uid": "abc"}, `{"uid": ["A valid integer is required."]}`},
		"short password":    {fields{"new_password": "x"}, `{"new_password": ["Ensure this field has at least 8 characters."]}`},
		"common password":   {fields{"new_password": "password123"}, `{"new_password": ["This password is too common."]}`},
		"common, bad token": {fields{"new_password": "password123", "token": "abc-123"}, expired},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.ask(t, "ann@shop.example")
		good := link(t, f.mails(t, 1)[0])
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				f.Post(t, confirmPath, good.with(test.with)).Want(t, http.StatusBadRequest, test.want)
			})
		}
		f.Post(t, confirmPath, fields{}).Want(t, http.StatusBadRequest,
			`{"uid": ["This field is required."], "token": ["This field is required."], "new_password": ["This field is required."]}`)
		f.logIn(t, "ann")
		f.Clock.Move(3*24*time.Hour + time.Second)
		f.Post(t, confirmPath, good).Want(t, http.StatusBadRequest, expired)
	})
}

func TestConfirmReset_inactive(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.ask(t, "ann@shop.example")
		good := link(t, f.mails(t, 1)[0])
		f.exec(t, "UPDATE users_user SET is_active = false")
		f.Post(t, confirmPath, good).Want(t, http.StatusBadRequest, `{"detail": ["Invalid reset link."]}`)
	})
}

func TestConfirmReset_sameLinkAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.ask(t, "ann@shop.example")
		good := link(t, f.mails(t, 1)[0])
		statuses := atOnce(6, func(i int) *apptest.Response {
			return f.Post(t, confirmPath, good.with(fields{"new_password": "battery staple " + strings.Repeat("x", i)}))
		})
		if diff := cmp.Diff(map[int]int{http.StatusOK: 1, http.StatusBadRequest: 5}, statuses); diff != "" {
			t.Error(diff)
		}
	})
}
