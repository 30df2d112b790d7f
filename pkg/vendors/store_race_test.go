package vendors_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func TestStores_ofOneNameAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		const n = 16
		answers := atOnce(n, func(int) *apptest.Response { return alice.Post(t, storesPath, `{"name": "Annex"}`) })
		wantStatuses(t, answers, http.StatusCreated)
		want := []string{"annex", "default-store"}
		for i := 1; i < n; i++ {
			want = append(want, fmt.Sprintf("annex-%d", i))
		}
		var got []string
		for _, store := range alice.Get(t, storesPath).List(t) {
			got = append(got, fmt.Sprint(store["slug"]))
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("slugs (-want +got):\n%s", diff)
		}
	})
}

func TestDefaultStore_madeOnceByMany(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, _ := alice.hire(t, a, "bob", "staff")
		for range rounds {
			for _, store := range alice.Get(t, storesPath).List(t) {
				alice.Delete(t, at(storesPath, number(t, store["id"]))).Want(t, http.StatusNoContent, "")
			}
			answers := atOnce(8, func(i int) *apptest.Response {
				switch i % 4 {
				case 0:
					return alice.Get(t, mePath)
				case 1:
					return bob.Get(t, mePath)
				case 2:
					return alice.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor})
				}
				return bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor})
			})
			wantStatuses(t, answers, http.StatusOK)
			for _, res := range answers {
				if store, _ := res.Object(t, http.StatusOK)["active_store"].(map[string]any); store["name"] != "Default Store" {
					t.Errorf("active store = %v, want the default store", store)
				}
			}
			if got := show(alice.Get(t, storesPath).List(t), "slug"); got != "default-store" {
				t.Errorf("stores = %s, want one default store", got)
			}
		}
	})
}

func TestStore_deletedAndUsedAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		for range rounds {
			annex := alice.Post(t, storesPath, `{"name": "Annex"}`).ID(t, http.StatusCreated)
			requests := []func() *apptest.Response{
				func() *apptest.Response { return alice.Delete(t, at(storesPath, annex)) },
				func() *apptest.Response { return alice.Post(t, storesPath+"select/", map[string]any{"store": annex}) },
				func() *apptest.Response {
					return alice.Post(t, accessesPath, map[string]any{"store": annex, "member": bob})
				},
				func() *apptest.Response { return alice.Patch(t, at(storesPath, annex), `{"name": "Renamed"}`) },
			}
			answers := atOnce(len(requests), func(i int) *apptest.Response { return requests[i]() })
			wantStatuses(t, answers[:1], http.StatusNoContent, http.StatusConflict)
			wantStatuses(t, answers[1:2], http.StatusOK, http.StatusBadRequest)
			wantStatuses(t, answers[2:3], http.StatusCreated, http.StatusBadRequest, http.StatusConflict)
			wantStatuses(t, answers[3:], http.StatusOK, http.StatusNotFound)
			if answers[0].Status == http.StatusConflict {
				alice.Delete(t, at(storesPath, annex)).Want(t, http.StatusNoContent, "")
			}
			alice.Get(t, accessesPath).Want(t, http.StatusOK, `[]`)
			if got := activeStore(t, alice.Client); got != alice.store {
				t.Errorf("active store = %d, want the one that is left, %d", got, alice.store)
			}
		}
	})
}

func TestStoreAccess_grantedAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		answers := atOnce(4, func(int) *apptest.Response {
			return alice.Post(t, accessesPath, map[string]any{"store": alice.store, "member": bob})
		})
		wantStatuses(t, answers, http.StatusCreated, http.StatusBadRequest)
		id := alice.Get(t, accessesPath).List(t)
		if len(id) != 1 || withStatus(answers, http.StatusCreated) != 1 {
			t.Fatalf("access = %v, want one", id)
		}
		gone := atOnce(4, func(int) *apptest.Response { return alice.Delete(t, at(accessesPath, number(t, id[0]["id"]))) })
		wantStatuses(t, gone, http.StatusNoContent, http.StatusNotFound)
		if n := withStatus(gone, http.StatusNoContent); n != 1 {
			t.Errorf("%d deletions succeeded, want 1", n)
		}
	})
}

func TestVendor_deletedAndJoinedAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob := a.SignUp(t, "bob")
		for range rounds {
			second := alice.Post(t, vendorsPath, `{"name": "Second"}`).ID(t, http.StatusCreated)
			invite := alice.invite(t, "bob", "staff")
			requests := []func() *apptest.Response{
				func() *apptest.Response { return alice.Delete(t, vendorPath(second)) },
				func() *apptest.Response { return bob.Post(t, answer(invite, "accept"), nil) },
				func() *apptest.Response {
					return alice.Post(t, membersPath, `{"email": "carol@shop.example"}`)
				},
				func() *apptest.Response { return alice.Post(t, storesPath, `{"name": "Annex"}`) },
			}
			answers := atOnce(len(requests), func(i int) *apptest.Response { return requests[i]() })
			wantStatuses(t, answers[:1], http.StatusNoContent)
			wantStatuses(t, answers[1:2], http.StatusOK, http.StatusNotFound)
			// After the deletion alice works for her first vendor again: the invite and the store are that one's.
			wantStatuses(t, answers[2:], http.StatusCreated, http.StatusBadRequest, http.StatusForbidden)
			for _, table := range []string{"store", "vendormember"} {
				n, err := a.DB.NewSelect().Table("collectibles_"+table).Where("vendor_id = ?", second).Count(t.Context())
				if err != nil || n != 0 {
					t.Errorf("%d rows of the deleted vendor in %s, %v; want none", n, table, err)
				}
			}
			bob.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)
		}
	})
}
