package users_test

import (
	"net/http"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/omni-stock/omnistock/pkg/users"
)

const completePath = "/api/v1/auth/profile/complete/"

func TestComplete_invitedPersonTakesOver(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		invited, err := f.Users.Create(t.Context(), users.NewUser{Username: "invited", Email: "ann@shop.example"})
		if err != nil {
			t.Fatal(err)
		}
		client := f.As(f.mint(t, jwt.MapClaims{"user_id": invited.ID}))
		me := client.Post(t, completePath, fields{
			"username": "ann", "password": annsPassword, "company_name": "A Co", "company_site": "", "company_code": nil,
			"phone_number": "+15555550123", "birthdate": "1991-03-04", "role": "viewer",
		}).Object(t, http.StatusOK)
		want := fields{
			"username": "ann", "company_name": "A Co", "company_site": "", "company_code": nil,
			"phone_number": "+15555550123", "birthdate": "1991-03-04", "role": "viewer", "profile_completed": true,
		}
		for member, value := range want {
			if me[member] != value {
				t.Errorf("%s = %v, want %v", member, me[member], value)
			}
		}
		f.logIn(t, "ann")
	})
}

func TestComplete_refused(t *testing.T) {
	tests := map[string]struct {
		body fields
		want string
	}{
		"nothing":         {fields{}, `{"username": ["This field is required."], "password": ["This field is required."]}`},
		"taken user name": {fields{"username": "bob", "password": annsPassword}, `{"username": ["A user with that username already exists."]}`},
		"bad": {
			fields{"username": "ann", "password": "x", "role": "king", "company_site": "y"},
			`{"password": ["Ensure this field has at least 8 characters."], "company_site": ["Enter a valid URL."],
				"role": ["\"king\" is not a valid choice."]}`,
		},
		"administrator":   {fields{"username": "ann", "password": annsPassword, "role": "admin"}, `{"role": ["You cannot give yourself this role."]}`},
		"common password": {fields{"username": "ann", "password": "password123"}, `{"password": ["This password is too common."]}`},
		"password like the new name": {
			fields{"username": "annabella", "password": "annabella1"},
			`{"password": ["The password is too similar to the username."]}`,
		},
		"several": {
			fields{"username": "bob", "password": "password123", "role": "admin"},
			`{"username": ["A user with that username already exists."], "password": ["This password is too common."],
				"role": ["You cannot give yourself this role."]}`,
		},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, fields{"username": "bob", "email": "bob@shop.example"})
		client := f.asAnn(t)
		before := client.Get(t, mePath)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { client.Post(t, completePath, test.body).Want(t, http.StatusBadRequest, test.want) })
		}
		client.Get(t, mePath).Want(t, http.StatusOK, string(before.Body))
		client.Get(t, completePath).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"GET\" not allowed."}`)
		f.Post(t, completePath, fields{}).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
	})
}

func TestComplete_administratorStaysOne(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		f.exec(t, "UPDATE users_user SET role = 'admin'")
		client.Post(t, completePath, fields{"username": "ann", "password": annsPassword, "role": "admin"}).Want(t, http.StatusOK, "")
	})
}
