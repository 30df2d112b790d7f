package vendors_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const (
	storesPath   = "/api/v1/vendor-stores/"
	membersPath  = "/api/v1/vendor-members/"
	invitesPath  = "/api/v1/vendor-invites/"
	accessesPath = "/api/v1/vendor-store-access/"
	mePath       = "/api/v1/auth/me/"
)

// unknown is an id that no object has.
const unknown = 987654321

// notPermitted is what those hear who do not run a vendor.
const notPermitted = `{"detail": "You do not have permission to perform this action."}`

// at is the path of one object of a collection.
func at(collection string, id int64) string { return fmt.Sprintf("%s%d/", collection, id) }

// answer is the path under which an invite is accepted or declined.
func answer(invite int64, how string) string { return at(invitesPath, invite) + how + "/" }

// A shop is a vendor with its default store, and its owner's client.
type shop struct {
	apptest.Client
	vendor, store int64
}

func newShop(t *testing.T, a *apptest.App, owner string) shop {
	t.Helper()
	client := a.SignUp(t, owner)
	vendor := client.Post(t, vendorsPath, map[string]any{"name": owner + "'s shop"}).ID(t, http.StatusCreated)
	return shop{Client: client, vendor: vendor, store: number(t, client.Get(t, storesPath).List(t)[0]["id"])}
}

// eachShop runs fn on both engines with two shops.
func eachShop(t *testing.T, fn func(t *testing.T, a *apptest.App, alice, dave shop)) {
	t.Helper()
	each(t, func(t *testing.T, a *apptest.App) { fn(t, a, newShop(t, a, "alice"), newShop(t, a, "dave")) })
}

// invite invites the account of that name and returns the membership's id.
func (s shop) invite(t *testing.T, username, role string) int64 {
	t.Helper()
	return s.Post(t, membersPath, map[string]any{"email": username + "@shop.example", "role": role}).ID(t, http.StatusCreated)
}

// hire signs a person up who is then invited and accepts.
func (s shop) hire(t *testing.T, a *apptest.App, username, role string) (client apptest.Client, member int64) {
	t.Helper()
	client = a.SignUp(t, username)
	member = s.invite(t, username, role)
	client.Post(t, answer(member, "accept"), nil).Want(t, http.StatusOK, "")
	return client, member
}

// self is the membership of the shop's owner.
func (s shop) self(t *testing.T) int64 {
	t.Helper()
	return number(t, s.Get(t, membersPath).List(t)[0]["id"])
}

// number reads an id out of JSON.
func number(t *testing.T, v any) (n int64) {
	t.Helper()
	if _, err := fmt.Sscan(fmt.Sprint(v), &n); err != nil {
		t.Fatalf("%v is no id: %v", v, err)
	}
	return n
}

// wantObject compares an answer with a JSON object in which the id is left out and every time is "time".
func wantObject(t *testing.T, res *apptest.Response, status int, want string) {
	t.Helper()
	got := res.Object(t, status)
	hideTimes(got)
	decoder := json.NewDecoder(strings.NewReader(want))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(object, got); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func hideTimes(object map[string]any) {
	delete(object, "id")
	for name, v := range object {
		if _, isText := v.(string); isText && strings.HasSuffix(name, "_at") {
			object[name] = "time"
		}
	}
}

// show lists some members of the objects, in order.
func show(list []map[string]any, names ...string) string {
	lines := make([]string, len(list))
	for i, object := range list {
		for _, name := range names {
			lines[i] = strings.TrimSpace(lines[i] + " " + fmt.Sprint(object[name]))
		}
	}
	return strings.Join(lines, ", ")
}

// atOnce sends n requests at the same time and returns the answers.
func atOnce(n int, send func(i int) *apptest.Response) []*apptest.Response {
	answers := make([]*apptest.Response, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { answers[i] = send(i) })
	}
	wait.Wait()
	return answers
}

// wantStatuses fails the test if an answer has none of the statuses.
func wantStatuses(t *testing.T, answers []*apptest.Response, statuses ...int) {
	t.Helper()
	for _, res := range answers {
		known := false
		for _, status := range statuses {
			known = known || res.Status == status
		}
		if !known {
			t.Errorf("status = %d, want one of %d; body %s", res.Status, statuses, res.Body)
		}
	}
}

// withStatus counts the answers that have the status.
func withStatus(answers []*apptest.Response, status int) (n int) {
	for _, res := range answers {
		if res.Status == status {
			n++
		}
	}
	return n
}
