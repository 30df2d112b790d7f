package users_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const changePath = "/api/v1/auth/password/change/"

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		refresh := f.logIn(t, "ann").refresh
		client.Post(t, changePath, fields{"old_password": annsPassword, "new_password": " battery staple "}).
			Want(t, http.StatusOK, `{"detail": "Password changed successfully."}`)
		f.Post(t, tokenPath, fields{"username": "ann", "password": annsPassword}).Want(t, http.StatusUnauthorized, "")
		f.Post(t, tokenPath, fields{"username": "ann", "password": "battery staple"}).Want(t, http.StatusOK, "")
		client.Get(t, mePath).Want(t, http.StatusOK, "")
		f.Post(t, refreshPath, fields{"refresh": refresh}).Want(t, http.StatusOK, "")
	})
}

func TestChangePassword_refused(t *testing.T) {
	const wrongOld = `"old_password": ["Current password is incorrect."]`
	tests := map[string]struct{ old, fresh, want string }{
		"wrong old":          {"nope", "battery staple", "{" + wrongOld + "}"},
		"short":              {annsPassword, "short", `{"new_password": ["Ensure this field has at least 8 characters."]}`},
		"endless":            {annsPassword, strings.Repeat("x", 129), `{"new_password": ["Ensure this field has no more than 128 characters."]}`},
		"common":             {annsPassword, "password123", `{"new_password": ["This password is too common."]}`},
		"numeric":            {annsPassword, "8374650192837", `{"new_password": ["This password is entirely numeric."]}`},
		"common and numeric": {annsPassword, "12345678", `{"new_password": ["This password is too common.", "This password is entirely numeric."]}`},
		"like the address":   {annsPassword, "ann@shop.exam1", `{"new_password": ["The password is too similar to the email address."]}`},
		"both wrong":         {"nope", "password123", "{" + wrongOld + `, "new_password": ["This password is too common."]}`},
	}
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				client.Post(t, changePath, fields{"old_password": test.old, "new_password": test.fresh}).
					Want(t, http.StatusBadRequest, test.want)
			})
		}
		client.Post(t, changePath, fields{}).Want(t, http.StatusBadRequest,
			`{"old_password": ["This field is required."], "new_password": ["This field is required."]}`)
		f.Post(t, changePath, fields{}).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
		client.Get(t, changePath).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"GET\" not allowed."}`)
		f.logIn(t, "ann")
	})
}

func TestChangePassword_atOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		statuses := atOnce(6, func(i int) *apptest.Response {
			return client.Post(t, changePath, fields{
				"old_password": annsPassword, "new_password": "battery staple " + strings.Repeat("x", i),
			})
		})
		if diff := cmp.Diff(map[int]int{http.StatusOK: 1, http.StatusBadRequest: 5}, statuses); diff != "" {
			t.Error(diff)
		}
	})
}
