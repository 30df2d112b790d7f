package vendors_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const noAccess = `{"detail": "No StoreAccess matches the given query."}`

// grant opens a store to a member.
func (s shop) grant(t *testing.T, store, member int64, role string) int64 {
	t.Helper()
	return s.Post(t, accessesPath, map[string]any{"store": store, "member": member, "role": role}).ID(t, http.StatusCreated)
}

func TestStoreAccess_granted(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		annex := alice.Post(t, storesPath, `{"name": "Annex"}`).ID(t, http.StatusCreated)
		_, bob := alice.hire(t, a, "bob", "staff")
		const access = `{"store": %d, "member": %d, "role": %q, "is_active": true, "member_email": "bob@shop.example"}`
		first := alice.Post(t, accessesPath, map[string]any{"store": alice.store, "member": bob, "role": "view_only"})
		wantObject(t, first, http.StatusCreated, fmt.Sprintf(access, alice.store, bob, "view_only"))
		second := alice.Post(t, accessesPath, map[string]any{"store": annex, "member": bob})
		wantObject(t, second, http.StatusCreated, fmt.Sprintf(access, annex, bob, "sales"))

		wantObject(t, alice.Get(t, at(accessesPath, second.ID(t, http.StatusCreated))), http.StatusOK, fmt.Sprintf(access, annex, bob, "sales"))
		want := fmt.Sprintf("%d view_only, %d sales", alice.store, annex)
		if got := show(alice.Get(t, accessesPath).List(t), "store", "role"); got != want {
			t.Errorf("access = %s, want %s", got, want)
		}
	})
}

func TestStoreAccess_badInput(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		alice.grant(t, alice.store, bob, "view_only")
		const foreign = `{"detail": "Store and member must belong to your vendor."}`
		for _, tt := range []struct {
			name, body string
			status     int
			want       string
		}{
			{
				"twice", fmt.Sprintf(`{"store": %d, "member": %d, "role": "sales"}`, alice.store, bob), http.StatusBadRequest,
				`{"non_field_errors": ["The fields store, member must make a unique set."]}`,
			},
			{
				"bad role", fmt.Sprintf(`{"store": %d, "member": %d, "role": "boss"}`, alice.store, bob), http.StatusBadRequest,
				`{"role": ["\"boss\" is not a valid choice."]}`,
			},
			{"another vendor's store", fmt.Sprintf(`{"store": %d, "member": %d}`, dave.store, bob), http.StatusForbidden, foreign},
			{"another vendor's member", fmt.Sprintf(`{"store": %d, "member": %d}`, alice.store, dave.self(t)), http.StatusForbidden, foreign},
			{
				"unknown ids", `{"store": 987654321, "member": 987654321}`, http.StatusBadRequest,
				`{"store": ["Invalid pk \"987654321\" - object does not exist."], "member": ["Invalid pk \"987654321\" - object does not exist."]}`,
			},
			{
				"no numbers", `{"store": "x", "member": true}`, http.StatusBadRequest,
				`{"store": ["Incorrect type. Expected pk value, received str."], "member": ["Incorrect type. Expected pk value, received bool."]}`,
			},
			{"nothing", `{}`, http.StatusBadRequest, `{"store": ["This field is required."], "member": ["This field is required."]}`},
		} {
			t.Run(tt.name, func(t *testing.T) { alice.Post(t, accessesPath, tt.body).Want(t, tt.status, tt.want) })
		}
		if got := show(alice.Get(t, accessesPath).List(t), "role"); got != "view_only" {
			t.Errorf("access = %s, want the one from before", got)
		}
		dave.Get(t, accessesPath).Want(t, http.StatusOK, `[]`)
	})
}

func TestStoreAccess_changed(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		path := at(accessesPath, alice.grant(t, alice.store, bob, "view_only"))
		const access = `{"store": %d, "member": %d, "role": %q, "is_active": true, "member_email": "bob@shop.example"}`
		for _, tt := range []struct{ method, body, role string }{
			{http.MethodPatch, `{"role": "manager"}`, "manager"},
			{http.MethodPatch, `{"is_active": false}`, "manager"},
			{http.MethodPatch, fmt.Sprintf(`{"store": %d, "member": %d}`, dave.store, dave.self(t)), "manager"},
			{http.MethodPut, fmt.Sprintf(`{"store": %d, "member": %d, "role": "sales"}`, alice.store, bob), "sales"},
		} {
			wantObject(t, alice.Do(t, tt.method, path, tt.body), http.StatusOK, fmt.Sprintf(access, alice.store, bob, tt.role))
		}
		alice.Patch(t, path, `{"role": "boss"}`).Want(t, http.StatusBadRequest, `{"role": ["\"boss\" is not a valid choice."]}`)
		wantObject(t, alice.Get(t, path), http.StatusOK, fmt.Sprintf(access, alice.store, bob, "sales"))
	})
}

func TestStoreAccess_revoked(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		path := at(accessesPath, alice.grant(t, alice.store, bob, "view_only"))
		alice.Delete(t, path).Want(t, http.StatusNoContent, "")
		alice.Delete(t, path).Want(t, http.StatusNotFound, noAccess)
		alice.Patch(t, path, `{"role": "sales"}`).Want(t, http.StatusNotFound, noAccess)
		alice.Get(t, accessesPath).Want(t, http.StatusOK, `[]`)
		alice.grant(t, alice.store, bob, "sales")
	})
}

func TestStoreAccess_hiddenFromOthers(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		client, bob := alice.hire(t, a, "bob", "manager")
		id := alice.grant(t, alice.store, bob, "manager")
		a.Get(t, accessesPath).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
		for _, id := range []int64{id, unknown} {
			dave.Get(t, at(accessesPath, id)).Want(t, http.StatusNotFound, noAccess)
			dave.Patch(t, at(accessesPath, id), `{"role": "sales"}`).Want(t, http.StatusNotFound, noAccess)
			dave.Delete(t, at(accessesPath, id)).Want(t, http.StatusNotFound, noAccess)
			client.Get(t, at(accessesPath, id)).Want(t, http.StatusForbidden, notPermitted)
			client.Delete(t, at(accessesPath, id)).Want(t, http.StatusForbidden, notPermitted)
		}
		client.Get(t, accessesPath).Want(t, http.StatusForbidden, notPermitted)
		client.Post(t, accessesPath, map[string]any{"store": alice.store, "member": bob}).Want(t, http.StatusForbidden, notPermitted)
	})
}
