package vendors_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// invited is an answer about a person who has not answered yet.
const invited = `{"user": %d, "email": %q, "role": %q, "title": %s, "is_active": false, "joined_at": "time",
	"invite_status": "pending", "invited_at": "time", "responded_at": null, "revoked_at": null, "active_store": null}`

// userID is the id of the account that a client is logged in as.
func userID(t *testing.T, client apptest.Client) int64 {
	t.Helper()
	return client.Get(t, mePath).ID(t, http.StatusOK)
}

func TestInvite_sent(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, carol := userID(t, a.SignUp(t, "bob")), userID(t, a.SignUp(t, "carol"))
		wantObject(t, alice.Post(t, membersPath, `{"email": "bob@shop.example", "role": "staff", "title": "Buyer"}`),
			http.StatusCreated, fmt.Sprintf(invited, bob, "bob@shop.example", "staff", `"Buyer"`))
		wantObject(t, alice.Post(t, membersPath, `{"email": "carol@shop.example", "title": null}`),
			http.StatusCreated, fmt.Sprintf(invited, carol, "carol@shop.example", "member", "null"))
	})
}

func TestInvite_makesAnAccount(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		newbie := number(t, alice.Post(t, membersPath, `{"email": "newbie@shop.example", "role": "viewer"}`).Object(t, http.StatusCreated)["user"])
		a.Post(t, "/api/v1/auth/token/", `{"username": "newbie", "password": "newbie"}`).Want(t, http.StatusUnauthorized, "")
		a.Post(t, "/api/v1/auth/register/", map[string]any{
			"username": "newbie2", "email": "newbie@shop.example", "password": "Some-Golden-99!", "birthdate": "1990-01-01",
		}).Want(t, http.StatusBadRequest, `{"email": ["A user with that email already exists."]}`)

		again := number(t, dave.Post(t, membersPath, `{"email": "newbie@shop.example"}`).Object(t, http.StatusCreated)["user"])
		if again != newbie {
			t.Errorf("user = %d, want the account of the first invite, %d", again, newbie)
		}
	})
}

func TestInvite_usernameTaken(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		for _, email := range []string{"dave@elsewhere.example", "dave@nowhere.example"} {
			got := alice.Post(t, membersPath, map[string]any{"email": email}).Object(t, http.StatusCreated)
			if got["email"] != email || number(t, got["user"]) == userID(t, dave.Client) {
				t.Errorf("member = %v, want a new account for %s", got, email)
			}
		}
		var names []string
		err := a.DB.NewSelect().Table("users_user").Column("username").Where("username LIKE 'dave%'").Order("id").Scan(t.Context(), &names)
		if err != nil || strings.Join(names, " ") != "dave dave1 dave2" {
			t.Errorf("usernames = %s, %v; want dave dave1 dave2", names, err)
		}
	})
}

func TestInvite_badInput(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		alice.hire(t, a, "bob", "owner")
		alice.invite(t, "carol", "staff")
		const member, waiting = `{"email": ["This person is a member already."]}`, `{"email": ["This person is invited already."]}`
		for _, tt := range []struct{ name, body, want string }{
			{"oneself", `{"email": "alice@shop.example"}`, `{"email": ["You cannot invite yourself."]}`},
			{"oneself in capitals", `{"email": "ALICE@shop.example"}`, `{"email": ["You cannot invite yourself."]}`},
			{"an owner", `{"email": "bob@shop.example"}`, member},
			{"a member in other letters", `{"email": "Bob@Shop.Example", "role": "viewer"}`, member},
			{"twice", `{"email": "carol@shop.example"}`, waiting},
			{"twice, in other letters", `{"email": "CAROL@shop.example", "role": "owner"}`, waiting},
			{"a bad role", `{"email": "z@shop.example", "role": "king"}`, `{"role": ["\"king\" is not a valid choice."]}`},
			{"a bad address", `{"email": "z"}`, `{"email": ["Enter a valid email address."]}`},
			{
				"a long address", `{"email": "` + strings.Repeat("z", 250) + `@shop.example"}`,
				`{"email": ["Ensure this field has no more than 254 characters."]}`,
			},
			{"nobody", `{}`, `{"email": ["This field is required."]}`},
			{"null", `{"email": null}`, `{"email": ["This field may not be null."]}`},
		} {
			t.Run(tt.name, func(t *testing.T) { alice.Post(t, membersPath, tt.body).Want(t, http.StatusBadRequest, tt.want) })
		}
		want := "alice@shop.example owner accepted, bob@shop.example owner accepted, carol@shop.example staff pending"
		if got := show(alice.Get(t, membersPath).List(t), "email", "role", "invite_status"); got != want {
			t.Errorf("members = %s\nwant     %s", got, want)
		}
	})
}

func TestInvite_answered(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, carol := a.SignUp(t, "bob"), a.SignUp(t, "carol")
		forBob, forCarol := alice.invite(t, "bob", "staff"), alice.invite(t, "carol", "viewer")
		if got := show(bob.Get(t, invitesPath).List(t), "id", "email", "invite_status"); got != fmt.Sprintf("%d bob@shop.example pending", forBob) {
			t.Errorf("bob's invites = %s, want his own", got)
		}
		alice.Get(t, invitesPath).Want(t, http.StatusOK, `[]`)
		for _, how := range []string{"accept", "decline"} {
			carol.Post(t, answer(forBob, how), nil).Want(t, http.StatusNotFound, noMember)
			carol.Post(t, answer(unknown, how), nil).Want(t, http.StatusNotFound, noMember)
			a.Post(t, answer(forBob, how), nil).Want(t, http.StatusUnauthorized, "")
			bob.Get(t, answer(forBob, how)).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"GET\" not allowed."}`)
		}
		bob.Post(t, invitesPath, `{}`).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"POST\" not allowed."}`)
		a.Get(t, invitesPath).Want(t, http.StatusUnauthorized, "")

		const answered = `{"user": %d, "email": %q, "role": %q, "title": null, "is_active": %t, "joined_at": "time",
			"invite_status": %q, "invited_at": "time", "responded_at": "time", "revoked_at": null, "active_store": null}`
		wantObject(t, bob.Post(t, answer(forBob, "accept"), nil), http.StatusOK,
			fmt.Sprintf(answered, userID(t, bob), "bob@shop.example", "staff", true, "accepted"))
		wantObject(t, carol.Post(t, answer(forCarol, "decline"), nil), http.StatusOK,
			fmt.Sprintf(answered, userID(t, carol), "carol@shop.example", "viewer", false, "declined"))
		for _, how := range []string{"accept", "decline"} {
			bob.Post(t, answer(forBob, how), nil).Want(t, http.StatusNotFound, noMember)
			carol.Post(t, answer(forCarol, how), nil).Want(t, http.StatusNotFound, noMember)
		}
		bob.Get(t, vendorPath(alice.vendor)).Want(t, http.StatusOK, "")
		carol.Get(t, vendorPath(alice.vendor)).Want(t, http.StatusForbidden, "")
	})
}

func TestInvite_acceptedShownInTheAccount(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		bob, _ := alice.hire(t, a, "bob", "staff")
		me := bob.Get(t, mePath).Object(t, http.StatusOK)
		profile, _ := me["profile"].(map[string]any)
		got := fmt.Sprint(me["active_vendor"], me["active_store"], profile["vendor_id"])
		want := fmt.Sprintf("map[id:%d name:alice's shop slug:alices-shop] map[id:%d name:Default Store vendor_id:%[1]d] <nil>", alice.vendor, alice.store)
		if got != want {
			t.Errorf("account = %s, want %s", got, want)
		}
		bob.Patch(t, vendorPath(alice.vendor), `{"contact_info": "bob was here"}`).Want(t, http.StatusOK, "")
	})
}

func TestInvite_sentAgain(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		carol := a.SignUp(t, "carol")
		id := alice.invite(t, "carol", "member")
		carol.Post(t, answer(id, "decline"), nil).Want(t, http.StatusOK, "")
		for _, role := range []string{"viewer", "staff"} { // after declining, after being revoked
			again := alice.Post(t, membersPath, map[string]any{"email": "Carol@shop.example", "role": role})
			wantObject(t, again, http.StatusCreated, fmt.Sprintf(invited, userID(t, carol), "carol@shop.example", role, "null"))
			if got := again.ID(t, http.StatusCreated); got != id {
				t.Errorf("member = %d, want the old one, %d", got, id)
			}
			carol.Post(t, answer(id, "accept"), nil).Want(t, http.StatusOK, "")
			alice.Delete(t, at(membersPath, id)).Want(t, http.StatusNoContent, "")
		}
	})
}

func TestInvite_withdrawn(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		carol := a.SignUp(t, "carol")
		id := alice.invite(t, "carol", "member")
		alice.Delete(t, at(membersPath, id)).Want(t, http.StatusNoContent, "")
		carol.Get(t, invitesPath).Want(t, http.StatusOK, `[]`)
		carol.Post(t, answer(id, "accept"), nil).Want(t, http.StatusNotFound, noMember)
		carol.Get(t, vendorsPath).Want(t, http.StatusOK, `[]`)
	})
}
