package vendors_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const noStore = `{"detail": "No Store matches the given query."}`

// plainStore is a store of which only the name is known.
const plainStore = `{"vendor_id": %d, "name": %q, "slug": %q, "type": null, "description": null, "address": null,
	"metadata": {}, "logo_url": null, "banner_url": null, "currency": null, "default_tax_rate": null, "is_active": true,
	"created_at": "time", "updated_at": "time"}`

func TestStore_createdWithEverything(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		const members = `"name": "Online Shop", "type": "online", "description": "d", "address": "1 Main St\n94110",
			"metadata": {"b": [1, null, "é"], "a": 1.5}, "logo_url": "https://cdn.example/l.png", "banner_url": "",
			"currency": "EUR", "is_active": true`
		created := alice.Post(t, storesPath, `{`+members+`, "default_tax_rate": "8.6", "slug": "zzz"}`)
		want := fmt.Sprintf(`{`+members+`, "default_tax_rate": "8.60", "slug": "online-shop", "vendor_id": %d,
			"created_at": "time", "updated_at": "time"}`, alice.vendor)
		wantObject(t, created, http.StatusCreated, want)
		wantObject(t, alice.Get(t, at(storesPath, created.ID(t, http.StatusCreated))), http.StatusOK, want)
	})
}

func TestStore_createdWithItsNameAlone(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		for _, tt := range []struct{ name, slug string }{
			{"Annex", "annex"}, {"Annex", "annex-1"}, {"日本橋", "store"}, {" Annex ", "annex-2"}, {"Default Store", "default-store-1"},
		} {
			wantObject(t, alice.Post(t, storesPath, map[string]any{"name": tt.name}), http.StatusCreated,
				fmt.Sprintf(plainStore, alice.vendor, strings.TrimSpace(tt.name), tt.slug))
		}
		wantObject(t, dave.Post(t, storesPath, `{"name": "Annex"}`), http.StatusCreated,
			fmt.Sprintf(plainStore, dave.vendor, "Annex", "annex"))
	})
}

func TestStore_slugsOfTheLongestName(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		long := strings.Repeat("n", 255)
		for i, slug := range []string{long, long[:253] + "-1", long[:253] + "-2", long[:253] + "-3"} {
			got := alice.Post(t, storesPath, map[string]any{"name": long}).Object(t, http.StatusCreated)
			if got["slug"] != slug {
				t.Errorf("slug %d = %v, want %s", i, got["slug"], slug)
			}
		}
	})
}

func TestStore_badInput(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for body, want := range map[string]string{
			`{}`:             `{"name": ["This field is required."]}`,
			`{"name": "  "}`: `{"name": ["This field may not be blank."]}`,
			`{"name": "` + strings.Repeat("n", 256) + `"}`: `{"name": ["Ensure this field has no more than 255 characters."]}`,
			`{"name": "x", "type": "castle", "default_tax_rate": "1234.567", "logo_url": "nope", "currency": "TOOLONGXX", "metadata": null}`: `{
				"type": ["\"castle\" is not a valid choice."], "metadata": ["This field may not be null."],
				"logo_url": ["Enter a valid URL."], "currency": ["Ensure this field has no more than 8 characters."],
				"default_tax_rate": ["Ensure that there are no more than 5 digits in total."]}`,
			`{"name": "x", "default_tax_rate": "abc"}`: `{"default_tax_rate": ["A valid number is required."]}`,
			`[1]`: `{"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}`,
		} {
			alice.Post(t, storesPath, body).Want(t, http.StatusBadRequest, want)
		}
		if list := alice.Get(t, storesPath).List(t); len(list) != 1 {
			t.Errorf("%d stores, want the default store alone", len(list))
		}
	})
}

func TestStore_changed(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		path := at(storesPath, alice.Post(t, storesPath, `{"name": "Annex"}`).ID(t, http.StatusCreated))
		foreign := fmt.Sprintf(`{"name": "Annexe B", "type": null, "default_tax_rate": -1, "vendor_id": %d, "slug": "x"}`, dave.vendor)
		for _, tt := range []struct{ method, body, want string }{
			{http.MethodPatch, foreign, "Annexe B annex <nil> -1.00"},
			{http.MethodPatch, `{"type": ""}`, "Annexe B annex  -1.00"},
			{http.MethodPut, `{"name": "Annex Three"}`, "Annex Three annex  -1.00"},
			{http.MethodPatch, `{}`, "Annex Three annex  -1.00"},
			{http.MethodPatch, `{"type": "retail", "default_tax_rate": null}`, "Annex Three annex retail <nil>"},
		} {
			got := alice.Do(t, tt.method, path, tt.body).Object(t, http.StatusOK)
			text := fmt.Sprint(got["name"], " ", got["slug"], " ", got["type"], " ", got["default_tax_rate"])
			if text != tt.want || number(t, got["vendor_id"]) != alice.vendor {
				t.Errorf("%s %s: %s at vendor %v, want %s at %d", tt.method, tt.body, text, got["vendor_id"], tt.want, alice.vendor)
			}
		}
		alice.Put(t, path, `{"type": "retail"}`).Want(t, http.StatusBadRequest, `{"name": ["This field is required."]}`)
	})
}

func TestStores_listedByName(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		for _, name := range []string{"Online", "Annex", "Zoo"} {
			alice.Post(t, storesPath, map[string]any{"name": name}).Want(t, http.StatusCreated, "")
		}
		if got := show(alice.Get(t, storesPath).List(t), "slug"); got != "annex, default-store, online, zoo" {
			t.Errorf("stores = %s, want alice's by name", got)
		}
		if got := show(dave.Get(t, storesPath).List(t), "slug"); got != "default-store" {
			t.Errorf("dave's stores = %s, want his own", got)
		}
	})
}

func TestStore_hiddenFromOthers(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		for _, path := range []string{at(storesPath, alice.store), at(storesPath, unknown), storesPath + "99999999999999999999/"} {
			dave.Get(t, path).Want(t, http.StatusNotFound, noStore)
			dave.Patch(t, path, `{"name": "x"}`).Want(t, http.StatusNotFound, noStore)
			dave.Put(t, path, `{"name": "x"}`).Want(t, http.StatusNotFound, noStore)
			dave.Delete(t, path).Want(t, http.StatusNotFound, noStore)
		}
		dave.Get(t, storesPath+"abc/").Want(t, http.StatusNotFound, `{"detail": "Not found."}`)
		a.Get(t, storesPath).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
		a.SignUp(t, "erin").Get(t, storesPath).Want(t, http.StatusForbidden, notPermitted)
	})
}

func TestStores_runByOwnersAndAdmins(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for role, runs := range map[string]bool{
			"owner": true, "admin": true, "manager": false, "member": false, "staff": false, "billing": false, "viewer": false,
		} {
			client, _ := alice.hire(t, a, role+"-person", role)
			list, read, written := http.StatusForbidden, http.StatusForbidden, http.StatusForbidden
			if runs {
				list, read, written = http.StatusOK, http.StatusOK, http.StatusCreated
			}
			client.Get(t, storesPath).Want(t, list, "")
			client.Get(t, at(storesPath, alice.store)).Want(t, read, "")
			client.Patch(t, at(storesPath, alice.store), `{}`).Want(t, read, "")
			client.Post(t, storesPath, `{"name": "no"}`).Want(t, written, "")
			if !runs {
				client.Delete(t, at(storesPath, alice.store)).Want(t, http.StatusForbidden, notPermitted)
			}
		}
	})
}

func TestStore_deleted(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		annex := alice.Post(t, storesPath, `{"name": "Annex"}`).ID(t, http.StatusCreated)
		bob, member := alice.hire(t, a, "bob", "staff")
		alice.grant(t, annex, member, "sales")
		bob.Post(t, storesPath+"select/", map[string]any{"store": annex}).Want(t, http.StatusOK, "")

		alice.Delete(t, at(storesPath, annex)).Want(t, http.StatusNoContent, "")
		alice.Delete(t, at(storesPath, annex)).Want(t, http.StatusNotFound, noStore)
		alice.Get(t, accessesPath).Want(t, http.StatusOK, `[]`)
		if got := alice.Get(t, at(membersPath, member)).Object(t, http.StatusOK); got["active_store"] != nil {
			t.Errorf("active store = %v, want none", got["active_store"])
		}
		if got := activeStore(t, bob); got != alice.store {
			t.Errorf("active store in the account = %d, want the vendor's oldest, %d", got, alice.store)
		}
	})
}

// activeStore is the store in which a person works, as their account shows it.
func activeStore(t *testing.T, client apptest.Client) int64 {
	t.Helper()
	store, _ := client.Get(t, mePath).Object(t, http.StatusOK)["active_store"].(map[string]any)
	return number(t, store["id"])
}

func TestStore_selected(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		online := alice.Post(t, storesPath, `{"name": "Online"}`).ID(t, http.StatusCreated)
		const selection = storesPath + "select/"
		wantObject(t, alice.Post(t, selection, map[string]any{"store": online}), http.StatusOK,
			fmt.Sprintf(plainStore, alice.vendor, "Online", "online"))
		if got := activeStore(t, alice.Client); got != online {
			t.Errorf("active store = %d, want %d", got, online)
		}
		for _, tt := range []struct {
			body   string
			status int
			want   string
		}{
			{fmt.Sprintf(`{"store": %d}`, dave.store), http.StatusForbidden, `{"detail": "Store must belong to your active vendor."}`},
			{`{"store": 987654321}`, http.StatusBadRequest, `{"store": ["Invalid pk \"987654321\" - object does not exist."]}`},
			{`{"store": {"id": 1}}`, http.StatusBadRequest, `{"store": ["Incorrect type. Expected pk value, received dict."]}`},
			{`{"store": null}`, http.StatusBadRequest, `{"store": ["This field may not be null."]}`},
			{`{}`, http.StatusBadRequest, `{"store": ["This field is required."]}`},
		} {
			alice.Post(t, selection, tt.body).Want(t, tt.status, tt.want)
		}
		if got := activeStore(t, alice.Client); got != online {
			t.Errorf("active store = %d, want still %d", got, online)
		}
	})
}

func TestStore_selectedByMembersWithAccess(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		annex := alice.Post(t, storesPath, `{"name": "Annex"}`).ID(t, http.StatusCreated)
		bob, member := alice.hire(t, a, "bob", "manager")
		alice.grant(t, annex, member, "view_only")
		bob.Post(t, storesPath+"select/", map[string]any{"store": annex}).Want(t, http.StatusOK, "")
		bob.Post(t, storesPath+"select/", map[string]any{"store": alice.store}).
			Want(t, http.StatusForbidden, `{"detail": "You do not have access to that store."}`)

		erin := a.SignUp(t, "erin")
		nameVendor(t, a, "erin", alice.vendor)
		erin.Post(t, storesPath+"select/", map[string]any{"store": annex}).
			Want(t, http.StatusForbidden, `{"detail": "You do not belong to the active vendor."}`)
	})
}

// nameVendor makes a person's profile name a vendor, as profiles from before memberships do.
func nameVendor(t *testing.T, a *apptest.App, username string, vendor int64) {
	t.Helper()
	user := a.DB.NewSelect().Table("users_user").Column("id").Where("username = ?", username)
	_, err := a.DB.NewUpdate().Table("collectibles_userprofile").Set("vendor_id = ?", vendor).Where("user_id = (?)", user).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
}
