package vendors_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const noMember = `{"detail": "No VendorMember matches the given query."}`

func TestMembers_listed(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		alice.hire(t, a, "bob", "staff")
		alice.invite(t, "newbie", "viewer")
		want := "alice@shop.example owner true accepted, bob@shop.example staff true accepted, newbie@shop.example viewer false pending"
		if got := show(alice.Get(t, membersPath).List(t), "email", "role", "is_active", "invite_status"); got != want {
			t.Errorf("members = %s\nwant %s", got, want)
		}
		if got := show(dave.Get(t, membersPath).List(t), "email"); got != "dave@shop.example" {
			t.Errorf("dave's members = %s, want him alone", got)
		}
	})
}

func TestMember_shown(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		got := alice.Get(t, at(membersPath, alice.self(t))).Object(t, http.StatusOK)
		store, _ := got["active_store"].(map[string]any)
		if number(t, store["id"]) != alice.store || number(t, store["vendor_id"]) != alice.vendor || store["slug"] != "default-store" {
			t.Errorf("active store = %v, want the whole default store", store)
		}
		for _, name := range []string{"active_store", "user"} {
			delete(got, name)
		}
		hideTimes(got)
		want := "map[email:alice@shop.example invite_status:accepted invited_at:time is_active:true joined_at:time " +
			"responded_at:<nil> revoked_at:<nil> role:owner title:<nil>]"
		if text := fmt.Sprint(got); text != want {
			t.Errorf("member = %s\nwant     %s", text, want)
		}
	})
}

func TestMember_hiddenFromOthers(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		a.Get(t, membersPath).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
		a.SignUp(t, "erin").Get(t, membersPath).Want(t, http.StatusForbidden, notPermitted)
		for _, id := range []int64{alice.self(t), unknown} {
			dave.Get(t, at(membersPath, id)).Want(t, http.StatusNotFound, noMember)
			dave.Patch(t, at(membersPath, id), `{"role": "viewer"}`).Want(t, http.StatusNotFound, noMember)
			dave.Put(t, at(membersPath, id), `{"role": "viewer"}`).Want(t, http.StatusNotFound, noMember)
			dave.Delete(t, at(membersPath, id)).Want(t, http.StatusNotFound, noMember)
		}
		dave.Get(t, membersPath+"abc/").Want(t, http.StatusNotFound, `{"detail": "Not found."}`)
	})
}

func TestMembers_runByOwnersAndAdmins(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, carol := alice.hire(t, a, "carol", "viewer")
		for role, runs := range map[string]bool{
			"owner": true, "admin": true, "manager": false, "member": false, "staff": false, "billing": false, "viewer": false,
		} {
			client, _ := alice.hire(t, a, role+"-person", role)
			done, created := http.StatusForbidden, http.StatusForbidden
			if runs {
				done, created = http.StatusOK, http.StatusCreated
			}
			client.Get(t, membersPath).Want(t, done, "")
			client.Get(t, at(membersPath, carol)).Want(t, done, "")
			client.Patch(t, at(membersPath, carol), `{"title": "Buyer"}`).Want(t, done, "")
			client.Post(t, membersPath, map[string]any{"email": "guest-of-" + role + "@shop.example"}).Want(t, created, "")
			if !runs {
				client.Delete(t, at(membersPath, carol)).Want(t, http.StatusForbidden, notPermitted)
			}
		}
	})
}

func TestMember_changed(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		for _, tt := range []struct{ method, body, want string }{
			{http.MethodPatch, `{"role": "manager", "title": "Lead", "invite_status": "revoked"}`, `{"role": "manager", "title": "Lead", "is_active": true}`},
			{http.MethodPut, `{"title": null}`, `{"role": "manager", "title": null, "is_active": true}`},
			{http.MethodPatch, `{"is_active": true}`, `{"role": "manager", "title": null, "is_active": true}`},
			{http.MethodPatch, `{}`, `{"role": "manager", "title": null, "is_active": true}`},
		} {
			alice.Do(t, tt.method, at(membersPath, bob), tt.body).Want(t, http.StatusOK, tt.want)
		}
		for body, want := range map[string]string{
			`{"role": "king"}`:     `{"role": ["\"king\" is not a valid choice."]}`,
			`{"role": null}`:       `{"role": ["This field may not be null."]}`,
			`{"is_active": "bah"}`: `{"is_active": ["Must be a valid boolean."]}`,
			`{"title": "` + strings.Repeat("t", 256) + `"}`: `{"title": ["Ensure this field has no more than 255 characters."]}`,
		} {
			alice.Patch(t, at(membersPath, bob), body).Want(t, http.StatusBadRequest, want)
		}
	})
}

func TestMember_revoked(t *testing.T) {
	for how, revoke := range map[string]func(*testing.T, shop, string){
		"by DELETE": func(t *testing.T, s shop, path string) { s.Delete(t, path).Want(t, http.StatusNoContent, "") },
		"by PATCH": func(t *testing.T, s shop, path string) {
			s.Patch(t, path, `{"is_active": false}`).Want(t, http.StatusOK, `{"role": "manager", "title": null, "is_active": false}`)
		},
	} {
		t.Run(how, func(t *testing.T) {
			eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
				bob, id := alice.hire(t, a, "bob", "manager")
				bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor}).Want(t, http.StatusOK, "")
				revoke(t, alice, at(membersPath, id))

				got := alice.Get(t, at(membersPath, id)).Object(t, http.StatusOK)
				text := fmt.Sprint(got["role"], got["is_active"], got["invite_status"], got["active_store"], got["revoked_at"] != nil)
				if want := "manager" + "false" + "revoked<nil>true"; strings.ReplaceAll(text, " ", "") != want {
					t.Errorf("member = %s, want %s", text, want)
				}
				bob.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)
				bob.Get(t, vendorPath(alice.vendor)).Want(t, http.StatusForbidden, "")
				bob.Get(t, invitesPath).Want(t, http.StatusOK, `[]`)
				bob.Post(t, answer(id, "accept"), nil).Want(t, http.StatusNotFound, noMember)
				bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor}).Want(t, http.StatusForbidden, "")
				alice.Patch(t, at(membersPath, id), `{"is_active": true}`).Want(t, http.StatusOK, `{"role": "manager", "title": null, "is_active": false}`)
				alice.Delete(t, at(membersPath, id)).Want(t, http.StatusNoContent, "")
			})
		})
	}
}

// A vendor that a person does not work for any more shows them nothing, not even a new name.
func TestMember_revokedSeesNoNameOfTheVendor(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, id := alice.hire(t, a, "bob", "manager")
		bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor}).Want(t, http.StatusOK, "")
		alice.Delete(t, at(membersPath, id)).Want(t, http.StatusNoContent, "")
		alice.Patch(t, vendorPath(alice.vendor), `{"name": "Secret"}`).Want(t, http.StatusOK, "")

		me := bob.Get(t, mePath)
		if got := me.Object(t, http.StatusOK); strings.Contains(string(me.Body), "Secret") || got["active_vendor"] != nil {
			t.Errorf("account = %s, want no name of a vendor", me.Body)
		}
	})
}

func TestOwner_lastOneStays(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		self := at(membersPath, alice.self(t))
		const needed = `["A vendor needs an owner: make somebody else one first."]`
		alice.Patch(t, self, `{"role": "admin"}`).Want(t, http.StatusBadRequest, `{"role": `+needed+`}`)
		alice.Put(t, self, `{"role": "viewer", "is_active": false}`).Want(t, http.StatusBadRequest, `{"role": `+needed+`}`)
		alice.Patch(t, self, `{"is_active": false}`).Want(t, http.StatusBadRequest, `{"is_active": `+needed+`}`)
		alice.Delete(t, self).Want(t, http.StatusBadRequest, `{"is_active": `+needed+`}`)
		alice.Patch(t, self, `{"title": "Boss", "role": "owner"}`).Want(t, http.StatusOK, `{"role": "owner", "title": "Boss", "is_active": true}`)

		_, bob := alice.hire(t, a, "bob", "staff")
		alice.invite(t, "guest", "owner")
		alice.Delete(t, self).Want(t, http.StatusBadRequest, "") // who is only invited owns nothing
		alice.Patch(t, at(membersPath, bob), `{"role": "owner"}`).Want(t, http.StatusOK, "")
		alice.Patch(t, self, `{"role": "admin"}`).Want(t, http.StatusOK, "")
		alice.Get(t, membersPath).Want(t, http.StatusOK, "")
	})
}

func TestOwner_whoseAccountIsClosedDoesNotCount(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "owner")
		_, err := a.DB.NewUpdate().Table("users_user").Set("is_active = ?", false).Where("username = 'bob'").Exec(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		alice.Delete(t, at(membersPath, alice.self(t))).Want(t, http.StatusBadRequest, "")
		alice.Delete(t, at(membersPath, bob)).Want(t, http.StatusNoContent, "")
	})
}

func TestOwner_outOfReachOfAdmins(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		admin, id := alice.hire(t, a, "admin", "admin")
		_, owner := alice.hire(t, a, "owner", "owner")
		_, bob := alice.hire(t, a, "bob", "staff")
		invited := alice.invite(t, "guest", "owner")
		const refused = `{"detail": "Only an owner can do that."}`
		for _, member := range []int64{owner, invited} {
			admin.Patch(t, at(membersPath, member), `{"role": "viewer"}`).Want(t, http.StatusForbidden, refused)
			admin.Patch(t, at(membersPath, member), `{"title": "x"}`).Want(t, http.StatusForbidden, refused)
			admin.Patch(t, at(membersPath, member), `{"is_active": false}`).Want(t, http.StatusForbidden, refused)
			admin.Delete(t, at(membersPath, member)).Want(t, http.StatusForbidden, refused)
		}
		for _, member := range []int64{id, bob} {
			admin.Patch(t, at(membersPath, member), `{"role": "owner"}`).Want(t, http.StatusForbidden, refused)
		}
		admin.Post(t, membersPath, `{"email": "x@shop.example", "role": "owner"}`).Want(t, http.StatusForbidden, refused)
		a.Post(t, "/api/v1/auth/register/check-email/", `{"email": "x@shop.example"}`).Want(t, http.StatusOK, "")

		admin.Patch(t, at(membersPath, bob), `{"role": "admin"}`).Want(t, http.StatusOK, "")
		admin.Delete(t, at(membersPath, bob)).Want(t, http.StatusNoContent, "")
		admin.Delete(t, vendorPath(alice.vendor)).Want(t, http.StatusForbidden, notPermitted)
		want := "alice@shop.example owner true, admin@shop.example admin true, owner@shop.example owner true, " +
			"bob@shop.example admin false, guest@shop.example owner false"
		if got := show(alice.Get(t, membersPath).List(t), "email", "role", "is_active"); got != want {
			t.Errorf("members = %s\nwant     %s", got, want)
		}
	})
}

func TestVendor_selected(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		bob, id := alice.hire(t, a, "bob", "manager")
		const selection = membersPath + "select/"
		got := bob.Post(t, selection, map[string]any{"vendor": alice.vendor}).Object(t, http.StatusOK)
		store, _ := got["active_store"].(map[string]any)
		if number(t, got["id"]) != id || got["role"] != "manager" || number(t, store["id"]) != alice.store {
			t.Errorf("member = %v, want bob in alice's default store", got)
		}
		profile, _ := bob.Get(t, mePath).Object(t, http.StatusOK)["profile"].(map[string]any)
		if number(t, profile["vendor_id"]) != alice.vendor || profile["vendor_name"] != "alice's shop" {
			t.Errorf("profile = %v, want alice's shop", profile)
		}
		for _, tt := range []struct {
			body   string
			status int
			want   string
		}{
			{fmt.Sprintf(`{"vendor": %d}`, dave.vendor), http.StatusForbidden, `{"detail": "You do not belong to that vendor."}`},
			{`{"vendor": 987654321}`, http.StatusBadRequest, `{"vendor": ["Invalid pk \"987654321\" - object does not exist."]}`},
			{`{"vendor": "abc"}`, http.StatusBadRequest, `{"vendor": ["Incorrect type. Expected pk value, received str."]}`},
			{`{}`, http.StatusBadRequest, `{"vendor": ["This field is required."]}`},
		} {
			bob.Post(t, selection, tt.body).Want(t, tt.status, tt.want)
		}
		invited := dave.invite(t, "bob", "admin")
		bob.Post(t, selection, map[string]any{"vendor": dave.vendor}).Want(t, http.StatusForbidden, "")
		bob.Post(t, answer(invited, "decline"), nil).Want(t, http.StatusOK, "")
		bob.Post(t, selection, map[string]any{"vendor": dave.vendor}).Want(t, http.StatusForbidden, "")
	})
}

func TestVendor_selectedAmongSeveral(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		bob, _ := alice.hire(t, a, "bob", "staff")
		bob.Post(t, answer(dave.invite(t, "bob", "viewer"), "accept"), nil).Want(t, http.StatusOK, "")
		for _, s := range []shop{dave, alice, dave} {
			bob.Post(t, membersPath+"select/", map[string]any{"vendor": s.vendor}).Want(t, http.StatusOK, "")
			bob.Get(t, vendorPath(s.vendor)).Want(t, http.StatusOK, "")
			if list := bob.Get(t, vendorsPath).List(t); len(list) != 1 || number(t, list[0]["id"]) != s.vendor {
				t.Errorf("vendors = %v, want the selected one, %d", list, s.vendor)
			}
		}
		bob.Get(t, vendorPath(alice.vendor)).Want(t, http.StatusForbidden, "")
		// The active store stays with each membership.
		if got := activeStore(t, bob); got != dave.store {
			t.Errorf("active store = %d, want dave's, %d", got, dave.store)
		}
	})
}

// A database from before may hold an active store of another vendor.
func TestMember_foreignActiveStoreHidden(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		_, err := a.DB.NewUpdate().Table("collectibles_vendormember").Set("active_store_id = ?", dave.store).
			Where("vendor_id = ?", alice.vendor).Exec(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := alice.Get(t, membersPath).List(t)[0]; got["active_store"] != nil {
			t.Errorf("active store = %v, want none", got["active_store"])
		}
		if got := activeStore(t, alice.Client); got != alice.store {
			t.Errorf("active store = %d, want alice's, %d", got, alice.store)
		}
		selected := alice.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor}).Object(t, http.StatusOK)
		if store, _ := selected["active_store"].(map[string]any); number(t, store["id"]) != alice.store {
			t.Errorf("active store = %v, want alice's, %d", store, alice.store)
		}
	})
}
