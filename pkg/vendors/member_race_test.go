package vendors_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// rounds is how often a race is run: what goes wrong does so once in a while.
const rounds = 5

// owners is how many active owners the shop has.
func owners(t *testing.T, a *apptest.App, vendor int64) int64 {
	t.Helper()
	n, err := a.DB.NewSelect().Table("collectibles_vendormember").
		Where("vendor_id = ? AND is_active AND role = 'owner'", vendor).Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOwners_leavingAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, bobID := alice.hire(t, a, "bob", "owner")
		aliceID := alice.self(t)
		leave := []func() *apptest.Response{
			func() *apptest.Response { return alice.Delete(t, at(membersPath, aliceID)) },
			func() *apptest.Response { return bob.Patch(t, at(membersPath, bobID), `{"role": "viewer"}`) },
		}
		answers := atOnce(2, func(i int) *apptest.Response { return leave[i]() })
		wantStatuses(t, answers, http.StatusOK, http.StatusNoContent, http.StatusBadRequest)
		if refused := withStatus(answers, http.StatusBadRequest); refused != 1 || owners(t, a, alice.vendor) != 1 {
			t.Errorf("%d were refused and %d owners are left, want 1 and 1", refused, owners(t, a, alice.vendor))
		}
	})
}

func TestOwners_throwingEachOtherOut(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		clients, ids := []apptest.Client{alice.Client}, []int64{alice.self(t)}
		for _, name := range []string{"bob", "carol"} {
			client, id := alice.hire(t, a, name, "owner")
			clients, ids = append(clients, client), append(ids, id)
		}
		answers := atOnce(len(ids), func(i int) *apptest.Response {
			return clients[i].Delete(t, at(membersPath, ids[(i+1)%len(ids)]))
		})
		// Who has been thrown out throws nobody out any more.
		wantStatuses(t, answers, http.StatusNoContent, http.StatusForbidden)
		out := withStatus(answers, http.StatusNoContent)
		if left := owners(t, a, alice.vendor); out < 1 || int(left) != len(ids)-out {
			t.Errorf("%d went and %d owners are left of %d", out, left, len(ids))
		}
	})
}

func TestInvites_ofOneAddressAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		for round := range rounds {
			email := fmt.Sprintf("new%d@shop.example", round)
			shops := []shop{alice, dave, alice, dave}
			answers := atOnce(len(shops), func(i int) *apptest.Response {
				return shops[i].Post(t, membersPath, map[string]any{"email": email})
			})
			wantStatuses(t, answers, http.StatusCreated, http.StatusBadRequest)
			users, err := a.DB.NewSelect().Table("users_user").Where("email = ?", email).Count(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if invited := withStatus(answers, http.StatusCreated); users != 1 || invited != 2 {
				t.Errorf("%d accounts and %d invites, want one account, invited by each vendor once", users, invited)
			}
		}
	})
}

func TestInvites_ofOneAddressInDifferentLettersAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		emails := []string{"new@shop.example", "New@shop.example", "NEW@shop.example"}
		answers := atOnce(len(emails), func(i int) *apptest.Response {
			return alice.Post(t, membersPath, map[string]any{"email": emails[i]})
		})
		wantStatuses(t, answers, http.StatusCreated, http.StatusBadRequest)
		if members := alice.Get(t, membersPath).List(t); len(members) != 2 {
			t.Errorf("members = %s, want alice and one new person", show(members, "email"))
		}
	})
}

func TestInvite_acceptedAndChangedAtOnce(t *testing.T) {
	changes := map[string]func(t *testing.T, s shop, path string) *apptest.Response{
		"revoked": func(t *testing.T, s shop, path string) *apptest.Response { return s.Delete(t, path) },
		"renamed": func(t *testing.T, s shop, path string) *apptest.Response {
			return s.Patch(t, path, `{"title": "Buyer"}`)
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
				for round := range rounds {
					guest := fmt.Sprintf("guest%d", round)
					bob := a.SignUp(t, guest)
					id := alice.invite(t, guest, "staff")
					answers := atOnce(2, func(i int) *apptest.Response {
						if i == 0 {
							return bob.Post(t, answer(id, "accept"), nil)
						}
						return change(t, alice, at(membersPath, id))
					})
					wantStatuses(t, answers[:1], http.StatusOK, http.StatusNotFound)
					wantStatuses(t, answers[1:], http.StatusOK, http.StatusNoContent)
					got := alice.Get(t, at(membersPath, id)).Object(t, http.StatusOK)
					end := fmt.Sprint(got["invite_status"], " ", got["is_active"])
					want := "accepted true"
					if name == "revoked" {
						want = "revoked false"
					}
					if end != want {
						t.Errorf("member is %s, want %s; accepting was answered with %d", end, want, answers[0].Status)
					}
				}
			})
		})
	}
}

func TestVendor_selectedAndMemberRevokedAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for round := range rounds {
			bob, id := alice.hire(t, a, fmt.Sprintf("guest%d", round), "staff")
			answers := atOnce(2, func(i int) *apptest.Response {
				if i == 0 {
					return bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.vendor})
				}
				return alice.Delete(t, at(membersPath, id))
			})
			wantStatuses(t, answers[:1], http.StatusOK, http.StatusForbidden)
			wantStatuses(t, answers[1:], http.StatusNoContent)
			if got := alice.Get(t, at(membersPath, id)).Object(t, http.StatusOK); got["active_store"] != nil || got["is_active"] != false {
				t.Errorf("member = %v, want a revoked one without a store", got)
			}
		}
	})
}

func TestVendor_selectedAndDeletedAtOnce(t *testing.T) {
	eachShop(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for range rounds {
			second := alice.Post(t, vendorsPath, `{"name": "Second"}`).ID(t, http.StatusCreated)
			requests := []func() *apptest.Response{
				func() *apptest.Response { return alice.Delete(t, vendorPath(second)) },
				func() *apptest.Response {
					return alice.Post(t, membersPath+"select/", map[string]any{"vendor": second})
				},
				func() *apptest.Response { return alice.Patch(t, mePath, map[string]any{"vendor_id": second}) },
				func() *apptest.Response { return alice.Get(t, mePath) },
				func() *apptest.Response { return alice.Get(t, vendorsPath) },
			}
			answers := atOnce(len(requests), func(i int) *apptest.Response { return requests[i]() })
			wantStatuses(t, answers[:1], http.StatusNoContent)
			wantStatuses(t, answers[1:3], http.StatusOK, http.StatusBadRequest)
			wantStatuses(t, answers[3:], http.StatusOK)
		}
	})
}
