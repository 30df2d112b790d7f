package inventory_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const (
	vendorsPath  = "/api/v1/vendors/"
	storesPath   = "/api/v1/vendor-stores/"
	membersPath  = "/api/v1/vendor-members/"
	invitesPath  = "/api/v1/vendor-invites/"
	accessesPath = "/api/v1/vendor-store-access/"
)

// at is the path of one object of a collection.
func at(collection string, id int64) string { return fmt.Sprintf("%s%d/", collection, id) }

// nameVendor makes a person's profile name a vendor, as profiles from before memberships do.
func nameVendor(t testing.TB, a *apptest.App, username string, vendor int64) {
	t.Helper()
	user := a.DB.NewSelect().Table("users_user").Column("id").Where("username = ?", username)
	_, err := a.DB.NewUpdate().Table("collectibles_userprofile").Set("vendor_id = ?", vendor).Where("user_id = (?)", user).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
}

const closed = `{"detail": "You do not have access to that store."}`

func TestCollectible_accessOfMembers(t *testing.T) {
	const ok, created, gone, no = http.StatusOK, http.StatusCreated, http.StatusNoContent, http.StatusForbidden
	rules := []struct {
		role, access              string
		read, write, create, kill int
	}{
		{"owner", "", ok, ok, created, gone},
		{"admin", "", ok, ok, created, gone},
		{"manager", "", no, no, no, no},
		{"manager", "manager", ok, ok, created, gone},
		{"member", "sales", ok, ok, created, gone},
		{"staff", "view_only", ok, no, no, no},
		{"billing", "", no, no, no, no},
		{"viewer", "view_only", ok, no, no, no},
		{"viewer", "sales", ok, ok, created, gone},
	}
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for i, rule := range rules {
			t.Run(fmt.Sprintf("%s with access %q", rule.role, rule.access), func(t *testing.T) {
				sku := fmt.Sprint("A", i)
				id := alice.add(t, sku, "")
				person := alice.Employ(t, fmt.Sprint("person", i), rule.role)
				if rule.access != "" {
					alice.Grant(t, alice.Store, person.Member, rule.access)
				}
				if list := person.Get(t, itemsPath).List(t); len(list) == 0 {
					t.Error("the list is empty, want the vendor's stock")
				}
				person.Get(t, itemPath(id)).Want(t, rule.read, "")
				person.Patch(t, itemPath(id), `{"quantity": 42}`).Want(t, rule.write, "")
				person.Put(t, itemPath(id), map[string]any{"name": "x", "sku": sku}).Want(t, rule.write, "")
				person.Post(t, itemsPath, alice.body(fmt.Sprint("B", i), "")).Want(t, rule.create, "")
				person.Delete(t, itemPath(id)).Want(t, rule.kill, "")
			})
		}
	})
}

func TestCollectible_movedToOpenStoresOnly(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		annex, attic := alice.OpenStore(t, "Annex"), alice.OpenStore(t, "Attic")
		id := alice.add(t, "A", "")
		bob := alice.Employ(t, "bob", "manager")
		alice.Grant(t, alice.Store, bob.Member, "sales")
		alice.Grant(t, annex, bob.Member, "manager")
		alice.Grant(t, attic, bob.Member, "view_only")
		move := func(store int64) *apptest.Response {
			return bob.Patch(t, itemPath(id), map[string]any{"store": store})
		}
		move(attic).Want(t, http.StatusForbidden, closed)
		move(dave.Store).Want(t, http.StatusForbidden, closed)
		move(987654321).Want(t, http.StatusForbidden, closed)
		move(annex).Want(t, http.StatusOK, "")

		alice.Patch(t, itemPath(id), map[string]any{"store": attic}).Want(t, http.StatusOK, "")
		bob.Get(t, itemPath(id)).Want(t, http.StatusOK, "")
		move(annex).Want(t, http.StatusForbidden, closed)
	})
}

func TestCollectible_accessTakenAway(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		bob := alice.Employ(t, "bob", "staff")
		access := alice.Grant(t, alice.Store, bob.Member, "view_only")
		bob.Get(t, itemPath(id)).Want(t, http.StatusOK, "")
		bob.Patch(t, itemPath(id), `{"quantity": 2}`).Want(t, http.StatusForbidden, closed)
		alice.Patch(t, at(accessesPath, access), `{"role": "sales"}`).Want(t, http.StatusOK, "")
		bob.Patch(t, itemPath(id), `{"quantity": 2}`).Want(t, http.StatusOK, "")
		alice.Delete(t, at(accessesPath, access)).Want(t, http.StatusNoContent, "")
		bob.Get(t, itemPath(id)).Want(t, http.StatusForbidden, closed)
	})
}

func TestCollectibles_hiddenFromRevokedMembers(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		bob := alice.Employ(t, "bob", "manager")
		alice.Grant(t, alice.Store, bob.Member, "manager")
		bob.Post(t, membersPath+"select/", map[string]any{"vendor": alice.Vendor}).Want(t, http.StatusOK, "")
		alice.Delete(t, at(membersPath, bob.Member)).Want(t, http.StatusNoContent, "")

		bob.Get(t, itemsPath).Want(t, http.StatusOK, `[]`)
		bob.Get(t, itemPath(id)).Want(t, http.StatusNotFound, "")
		bob.Patch(t, itemPath(id), `{"quantity": 0}`).Want(t, http.StatusNotFound, "")
		bob.Delete(t, itemPath(id)).Want(t, http.StatusNotFound, "")
		bob.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusForbidden, closed)
	})
}

// A profile that names a vendor without a membership, as profiles did before there were any, lists and no more.
func TestCollectibles_listedByProfile(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		erin := a.SignUp(t, "erin")
		nameVendor(t, a, "erin", alice.Vendor)
		if got := skus(t, erin.Get(t, itemsPath)); got != "A" {
			t.Errorf("list = %s, want alice's stock", got)
		}
		erin.Get(t, itemPath(id)).Want(t, http.StatusForbidden, closed)
		erin.Patch(t, itemPath(id), `{"quantity": 0}`).Want(t, http.StatusForbidden, closed)
		erin.Delete(t, itemPath(id)).Want(t, http.StatusForbidden, closed)
		erin.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusForbidden, closed)
		erin.Get(t, membersPath).Want(t, http.StatusForbidden, "")

		alice.Invite(t, "erin", "staff") // a membership, even if it only waits, counts more
		erin.Get(t, itemsPath).Want(t, http.StatusOK, `[]`)
	})
}

func TestStore_keptWhileItHasStock(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		annex := alice.OpenStore(t, "Annex")
		id := alice.add(t, "A", fmt.Sprintf(`"store": %d,`, annex))
		alice.Delete(t, at(storesPath, annex)).Want(t, http.StatusConflict,
			`{"detail": "Collectibles stand in the way: 1. Move or delete them first."}`)
		alice.Patch(t, itemPath(id), map[string]any{"store": alice.Store}).Want(t, http.StatusOK, "")
		alice.Delete(t, at(storesPath, annex)).Want(t, http.StatusNoContent, "")
		alice.Get(t, itemPath(id)).Want(t, http.StatusOK, "")
	})
}
