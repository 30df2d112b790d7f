package users_test

import (
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const avatarPath = "/api/v1/auth/me/avatar/"

// avatar uploads one and returns its address.
func avatar(t *testing.T, c apptest.Client) any {
	t.Helper()
	return c.Upload(t, avatarPath, apptest.File(apptest.PNG(t, 30, 20))).Object(t, http.StatusCreated)["url"]
}

func TestAvatar_replacedAndRemoved(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		first := avatar(t, client)
		f.GetURL(t, first).Want(t, http.StatusOK, "")
		second := avatar(t, client)
		f.GetURL(t, first).Want(t, http.StatusNotFound, "")
		f.GetURL(t, second).Want(t, http.StatusOK, "")
		if n := f.count(t, "SELECT count(*) FROM users_usermedia WHERE media_type = 'profile_avatar'"); n != 1 {
			t.Errorf("%d avatars, want 1", n)
		}
		for range 2 {
			client.Delete(t, avatarPath).Want(t, http.StatusNoContent, "")
		}
		f.GetURL(t, second).Want(t, http.StatusNotFound, "")
	})
}

func TestAvatar_removedByAChangeOfTheAccount(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		first := avatar(t, client)
		client.Patch(t, "/api/v1/auth/me/", fields{"profile_picture_url": first, "avatar": nil}).Want(t, http.StatusOK, "")
		f.GetURL(t, first).Want(t, http.StatusOK, "") // the profile shows it
		client.Patch(t, "/api/v1/auth/me/", fields{"delete_profile_picture": true}).Want(t, http.StatusOK, "")
		f.GetURL(t, first).Want(t, http.StatusNotFound, "")
		second := avatar(t, client)
		client.Patch(t, "/api/v1/auth/me/", fields{"avatar": fields{"media_type": "profile_avatar", "url": "https://img.example/1.png"}}).
			Want(t, http.StatusOK, "")
		f.GetURL(t, second).Want(t, http.StatusNotFound, "")
	})
}

func TestAvatar_goesWithTheUser(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		ann := f.register(t, nil)
		address := avatar(t, f.As(f.logIn(t, "ann").access))
		if err := f.Users.Delete(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
		f.GetURL(t, address).Want(t, http.StatusNotFound, "")
	})
}

func TestAvatar_twoAtOnceLeaveOne(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		statuses := atOnce(4, func(int) *apptest.Response {
			return client.Upload(t, avatarPath, apptest.File(apptest.PNG(t, 30, 20)))
		})
		if statuses[http.StatusCreated] != 4 {
			t.Errorf("statuses = %v, want 201 alone", statuses)
		}
		if n := f.count(t, "SELECT count(*) FROM users_usermedia"); n != 1 {
			t.Errorf("%d avatars, want 1", n)
		}
	})
}

func TestAvatar_badInput(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.Upload(t, avatarPath, apptest.File(apptest.PNG(t, 3, 2))).Want(t, http.StatusUnauthorized, "")
		f.Delete(t, avatarPath).Want(t, http.StatusUnauthorized, "")
		client := f.asAnn(t)
		client.Upload(t, avatarPath).Want(t, http.StatusBadRequest, `{"file": ["No file was submitted."]}`)
		client.Upload(t, avatarPath, apptest.File([]byte("<svg onload=alert(1)>"))).Want(t, http.StatusBadRequest, "")
		client.Post(t, avatarPath, fields{"file": "x"}).Want(t, http.StatusUnsupportedMediaType, "")
	})
}
