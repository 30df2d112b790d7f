package vendors_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func storeImage(store int64, what string) string { return at(storesPath, store) + what + "/" }

func TestStoreImages_replacedAndRemoved(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for _, what := range []string{"logo", "banner"} {
			path, field := storeImage(alice.store, what), what+"_url"
			first := alice.Upload(t, path, apptest.File(apptest.PNG(t, 30, 20))).Object(t, http.StatusOK)[field]
			a.GetURL(t, first).Want(t, http.StatusOK, "")
			second := alice.Upload(t, path, apptest.File(apptest.PNG(t, 30, 20))).Object(t, http.StatusOK)[field]
			a.GetURL(t, first).Want(t, http.StatusNotFound, "")
			a.GetURL(t, second).Want(t, http.StatusOK, "")
			for range 2 {
				alice.Delete(t, path).Want(t, http.StatusNoContent, "")
			}
			a.GetURL(t, second).Want(t, http.StatusNotFound, "")
			if got := alice.Get(t, at(storesPath, alice.store)).Object(t, http.StatusOK)[field]; got != nil {
				t.Errorf("%s = %v, want null", field, got)
			}
		}
	})
}

func TestStoreImages_goWithTheStoreAndTheVendor(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		other := alice.Post(t, storesPath, map[string]any{"name": "other"}).ID(t, http.StatusCreated)
		file := apptest.File(apptest.PNG(t, 30, 20))
		logo := alice.Upload(t, storeImage(other, "logo"), file).Object(t, http.StatusOK)["logo_url"]
		banner := alice.Upload(t, storeImage(alice.store, "banner"), file).Object(t, http.StatusOK)["banner_url"]
		alice.Delete(t, at(storesPath, other)).Want(t, http.StatusNoContent, "")
		a.GetURL(t, logo).Want(t, http.StatusNotFound, "")
		a.GetURL(t, banner).Want(t, http.StatusOK, "")
		alice.Delete(t, at(vendorsPath, alice.vendor)).Want(t, http.StatusNoContent, "")
		a.GetURL(t, banner).Want(t, http.StatusNotFound, "")
	})
}

func TestStoreImages_anAddressFromElsewhereIsLeftAlone(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		logo := alice.Upload(t, storeImage(alice.store, "logo"), apptest.File(apptest.PNG(t, 30, 20))).Object(t, http.StatusOK)["logo_url"]
		dave.Patch(t, at(storesPath, dave.store), map[string]any{"logo_url": logo}).Want(t, http.StatusOK, "")
		dave.Delete(t, storeImage(dave.store, "logo")).Want(t, http.StatusNoContent, "")
		a.GetURL(t, logo).Want(t, http.StatusOK, "")
		alice.Patch(t, at(storesPath, alice.store), map[string]any{"banner_url": logo, "logo_url": nil}).Want(t, http.StatusOK, "")
		a.GetURL(t, logo).Want(t, http.StatusOK, "")
		alice.Patch(t, at(storesPath, alice.store), map[string]any{"banner_url": "https://img.example/1.png"}).Want(t, http.StatusOK, "")
		a.GetURL(t, logo).Want(t, http.StatusNotFound, "")
	})
}

func TestStoreImages_onlyForThoseWhoRunTheVendor(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		manager, _ := alice.hire(t, a, "mary", "manager")
		for _, what := range []string{"logo", "banner"} {
			path := storeImage(alice.store, what)
			for _, tt := range []struct {
				apptest.Client
				status int
			}{{a.Client, http.StatusUnauthorized}, {dave.Client, http.StatusNotFound}, {manager, http.StatusForbidden}} {
				tt.Upload(t, path, apptest.File(apptest.PNG(t, 3, 2))).Want(t, tt.status, "")
				tt.Delete(t, path).Want(t, tt.status, "")
			}
		}
	})
}

func TestStoreImages_noImage(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		path := storeImage(alice.store, "logo")
		alice.Upload(t, path, apptest.File([]byte("<svg/>"))).Want(t, http.StatusBadRequest, "")
		alice.Upload(t, path).Want(t, http.StatusBadRequest, `{"file": ["No file was submitted."]}`)
		alice.Upload(t, path, apptest.File(make([]byte, apptest.MaxImage+1))).Want(t, http.StatusRequestEntityTooLarge, "")
		alice.Upload(t, fmt.Sprint(storesPath, "x/logo/"), apptest.File(apptest.PNG(t, 3, 2))).Want(t, http.StatusNotFound, "")
	})
}
