package vendors_test

import (
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func TestPermissions_ofTheRoleUnlessSaid(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		bobClient, bob := alice.hire(t, a, "bob", "staff")
		access := alice.grant(t, alice.store, bob, "sales")
		path := at(accessesPath, access) + "permissions/"
		const asSales = `{"see_cost": null, "adjust": null, "discount": null, "void": null,
			"effective": {"see_cost": true, "adjust": true, "discount": false, "void": false}}`
		alice.Get(t, path).Want(t, http.StatusOK, asSales)

		const changed = `{"see_cost": false, "adjust": null, "discount": true, "void": null,
			"effective": {"see_cost": false, "adjust": true, "discount": true, "void": false}}`
		alice.Put(t, path, `{"see_cost": false, "discount": true}`).Want(t, http.StatusOK, changed)
		alice.Get(t, path).Want(t, http.StatusOK, changed)
		alice.Put(t, path, changed).Want(t, http.StatusOK, changed) // what was answered can be sent
		alice.Put(t, path, `{"void": "perhaps"}`).Want(t, http.StatusBadRequest, `{"void": ["Must be a valid boolean."]}`)

		alice.Put(t, at(accessesPath, access), map[string]any{"store": alice.store, "member": bob, "role": "view_only"}).Want(t, http.StatusOK, "")
		alice.Get(t, path).Want(t, http.StatusOK, `{"see_cost": false, "adjust": null, "discount": true, "void": null,
			"effective": {"see_cost": false, "adjust": false, "discount": true, "void": false}}`)
		alice.Put(t, path, `{}`).Want(t, http.StatusOK, `{"see_cost": null, "adjust": null, "discount": null, "void": null,
			"effective": {"see_cost": true, "adjust": false, "discount": false, "void": false}}`)

		bobClient.Get(t, path).Want(t, http.StatusForbidden, "")
		bobClient.Put(t, path, `{"discount": true}`).Want(t, http.StatusForbidden, "")
		dave.Get(t, path).Want(t, http.StatusNotFound, noAccess)
		dave.Put(t, path, `{"discount": true}`).Want(t, http.StatusNotFound, noAccess)
	})
}

// TestPermissions_whatStoodThereBefore has what Django's admin may have left in the column.
func TestPermissions_whatStoodThereBefore(t *testing.T) {
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		_, bob := alice.hire(t, a, "bob", "staff")
		path := at(accessesPath, alice.grant(t, alice.store, bob, "manager")) + "permissions/"
		for _, old := range []string{`[]`, `"all"`, `["discount"]`, `null`, `7`, `{"discount": "no", "void": 0, "Adjust": false}`} {
			if _, err := a.DB.NewRaw("UPDATE collectibles_storeaccess SET permissions = ?", old).Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
			alice.Get(t, path).Want(t, http.StatusOK, `{"see_cost": null, "adjust": null, "discount": null, "void": null,
				"effective": {"see_cost": true, "adjust": true, "discount": true, "void": true}}`)
		}
		if _, err := a.DB.NewRaw(`UPDATE collectibles_storeaccess SET permissions = '{"note": [1.50], "void": true}'`).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		alice.Put(t, path, `{"adjust": false}`).Want(t, http.StatusOK, "")
		query := "SELECT permissions ->> 'note' FROM collectibles_storeaccess"
		var note string
		if err := a.DB.NewRaw(query).Scan(t.Context(), &note); err != nil || (note != "[1.50]" && note != "[1.5]") {
			t.Errorf("what else stood there = %q, %v", note, err)
		}
	})
}
