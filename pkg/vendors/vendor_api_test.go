package vendors_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const vendorsPath = "/api/v1/vendors/"

func vendorPath(id int64) string { return fmt.Sprintf("%s%d/", vendorsPath, id) }

func TestVendor_created(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		alice.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)

		v := alice.Post(t, vendorsPath, `{"name": " Alpha Cards & Comics ", "description": "Buys", "slug": "mine", "bogus": 1}`).
			Object(t, http.StatusCreated)
		got := []any{v["name"], v["slug"], v["description"], v["contact_info"], v["is_active"]}
		if diff := cmp.Diff([]any{"Alpha Cards & Comics", "alpha-cards-comics", "Buys", nil, true}, got); diff != "" {
			t.Errorf("vendor (-want +got):\n%s", diff)
		}
		stores, _ := v["stores"].([]any)
		if len(stores) != 1 {
			t.Fatalf("stores = %v, want the default store", v["stores"])
		}
		store, _ := stores[0].(map[string]any)
		if store["name"] != "Default Store" || store["slug"] != "default-store" {
			t.Errorf("store = %v, want the default store", store)
		}

		if list := alice.Get(t, vendorsPath).List(t); len(list) != 1 || list[0]["slug"] != v["slug"] {
			t.Errorf("list = %v, want the vendor alone", list)
		}
	})
}

func TestVendor_badInput(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		for body, want := range map[string]string{
			`{"description": "x"}`:                         `{"name": ["This field is required."]}`,
			`{"name": "  "}`:                               `{"name": ["This field may not be blank."]}`,
			`{"name": null}`:                               `{"name": ["This field may not be null."]}`,
			`{"name": "a\u0000b"}`:                         `{"name": ["Null characters are not allowed."]}`,
			`{"name": "` + strings.Repeat("n", 201) + `"}`: `{"name": ["Ensure this field has no more than 200 characters."]}`,
			`{"name": {"a": 1}, "is_active": "maybe"}`:     `{"name": ["Not a valid string."], "is_active": ["Must be a valid boolean."]}`,
			`[1]`: `{"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}`,
		} {
			alice.Post(t, vendorsPath, body).Want(t, http.StatusBadRequest, want)
		}
		alice.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)
	})
}

func TestVendor_changed(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		path := vendorPath(alice.Post(t, vendorsPath, `{"name": "Alpha", "description": "Buys"}`).ID(t, http.StatusCreated))

		patched := alice.Patch(t, path, `{"description": null, "contact_info": "hi", "slug": "x"}`).Object(t, http.StatusOK)
		if patched["description"] != nil || patched["contact_info"] != "hi" || patched["slug"] != "alpha" {
			t.Errorf("patched = %v", patched)
		}
		alice.Put(t, path, `{"description": "d"}`).Want(t, http.StatusBadRequest, `{"name": ["This field is required."]}`)
		put := alice.Put(t, path, `{"name": "Omega"}`).Object(t, http.StatusOK)
		if put["name"] != "Omega" || put["slug"] != "alpha" || put["contact_info"] != "hi" {
			t.Errorf("put = %v, want the new name, the old slug and contact", put)
		}
	})
}

func TestVendor_hiddenFromOthers(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		path := vendorPath(a.SignUp(t, "alice").Post(t, vendorsPath, `{"name": "Alpha"}`).ID(t, http.StatusCreated))
		dave, erin := a.SignUp(t, "dave"), a.SignUp(t, "erin")
		dave.Post(t, vendorsPath, `{"name": "Beta"}`).Want(t, http.StatusCreated, "")
		const refused = `{"detail": "You do not have access to this vendor."}`
		for name, other := range map[string]apptest.Client{"another vendor's": dave, "nobody's": erin} {
			t.Run(name, func(t *testing.T) {
				other.Get(t, path).Want(t, http.StatusForbidden, refused)
				other.Patch(t, path, `{"name": "Mine now"}`).Want(t, http.StatusForbidden, refused)
				other.Put(t, path, `{"name": "Mine now"}`).Want(t, http.StatusForbidden, refused)
				other.Delete(t, path).Want(t, http.StatusForbidden, refused)
				other.Get(t, vendorPath(987654321)).Want(t, http.StatusForbidden, refused)
			})
		}
		erin.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)
		if list := dave.Get(t, vendorsPath).List(t); len(list) != 1 || list[0]["name"] != "Beta" {
			t.Errorf("dave's list = %v, want Beta alone", list)
		}
		a.Get(t, path).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
	})
}

func TestVendor_idIsNoNumber(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		alice.Get(t, vendorsPath+"abc/").Want(t, http.StatusNotFound, `{"detail": "Not found."}`)
		alice.Get(t, vendorsPath+"99999999999999999999/").Want(t, http.StatusForbidden, "")
	})
}

func TestVendor_secondTakesOver(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		first := alice.Post(t, vendorsPath, `{"name": "First"}`).ID(t, http.StatusCreated)
		second := alice.Post(t, vendorsPath, `{"name": "Second"}`).ID(t, http.StatusCreated)
		alice.Get(t, vendorPath(first)).Want(t, http.StatusForbidden, "")

		alice.Delete(t, vendorPath(second)).Want(t, http.StatusNoContent, "")
		alice.Get(t, vendorPath(first)).Want(t, http.StatusOK, "")
		me := alice.Get(t, "/api/v1/auth/me/").Object(t, http.StatusOK)
		vendor, _ := me["active_vendor"].(map[string]any)
		profile, _ := me["profile"].(map[string]any)
		if vendor["name"] != "First" || profile["vendor_id"] != nil {
			t.Errorf("active vendor = %v, profile = %v; want First, and a profile that names none", vendor, profile)
		}
	})
}

func TestVendor_shownAtWork(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		id := alice.Post(t, vendorsPath, `{"name": "Alpha"}`).ID(t, http.StatusCreated)
		me := alice.Get(t, "/api/v1/auth/me/").Object(t, http.StatusOK)
		want := fmt.Sprintf(`map[id:%d name:Alpha slug:alpha]`, id)
		if got := fmt.Sprint(me["active_vendor"]); got != want {
			t.Errorf("active vendor = %s, want %s", got, want)
		}
		if store, _ := me["active_store"].(map[string]any); store["name"] != "Default Store" {
			t.Errorf("active store = %v, want the default store", store)
		}
	})
}

func TestVendor_namedByProfileOnlyOfMembers(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice, erin := a.SignUp(t, "alice"), a.SignUp(t, "erin")
		id := alice.Post(t, vendorsPath, `{"name": "Alpha"}`).ID(t, http.StatusCreated)
		body := fmt.Sprintf(`{"vendor_id": %d}`, id)
		erin.Patch(t, "/api/v1/auth/me/", body).Want(t, http.StatusBadRequest, `{"vendor_id": ["Vendor not found."]}`)
		erin.Patch(t, "/api/v1/auth/me/", `{"vendor_id": 987654321}`).
			Want(t, http.StatusBadRequest, `{"vendor_id": ["Vendor not found."]}`)
		alice.Patch(t, "/api/v1/auth/me/", `{"vendor_id": null}`).Want(t, http.StatusOK, "")
		alice.Patch(t, "/api/v1/auth/me/", body).Want(t, http.StatusOK, "")
	})
}

func TestVendors_ofOneNameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		const n = 8
		slugs := make([]string, n)
		var wg sync.WaitGroup
		for i := range n {
			client := a.SignUp(t, fmt.Sprintf("seller%d", i))
			wg.Go(func() {
				v := client.Post(t, vendorsPath, `{"name": "日本 Cards"}`)
				if v.Status == http.StatusCreated {
					slugs[i], _ = v.Object(t, http.StatusCreated)["slug"].(string)
				}
			})
		}
		wg.Wait()
		seen := map[string]bool{}
		for _, slug := range slugs {
			seen[slug] = true
		}
		for i := range n {
			want := "cards"
			if i > 0 {
				want = fmt.Sprintf("cards-%d", i)
			}
			if !seen[want] {
				t.Errorf("no vendor has the slug %q: %q", want, slugs)
			}
		}
	})
}
