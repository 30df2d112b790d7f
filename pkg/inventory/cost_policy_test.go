package inventory_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// TestPermissions_costAndAdjustments takes from a seller what v1 gives them.
func TestPermissions_costAndAdjustments(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A-1", `"quantity": 5, "intake_price": "2.50",`)
		bob := alice.Employ(t, "bob", "staff")
		access := alice.Grant(t, alice.Store, bob.Member, "sales")
		path, movements := itemPath(id), itemPath(id)+"movements/"
		if got := bob.Get(t, path).Object(t, http.StatusOK)["intake_price"]; got != "2.50" {
			t.Fatalf("intake price = %v before, want that of v1", got)
		}
		alice.Put(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", access), `{"see_cost": false, "adjust": false}`).Want(t, http.StatusOK, "")

		for _, list := range []string{itemsPath, itemsPath + "?limit=5"} {
			if got := bob.Get(t, list).List(t)[0]["intake_price"]; got != "0.00" {
				t.Errorf("%s: intake price = %v", list, got)
			}
		}
		shown := bob.Get(t, path)
		if got := shown.Object(t, http.StatusOK)["intake_price"]; got != "0.00" {
			t.Errorf("intake price = %v", got)
		}
		careful := bob.With("If-Match", shown.Header.Get("ETag"))
		if got := careful.Patch(t, path, `{"name": "new", "intake_price": "0.00"}`).Object(t, http.StatusOK); got["intake_price"] != "0.00" {
			t.Errorf("changed = %v", got)
		}
		const hidden = `{"detail": "You may neither see nor change what was paid for items of that store."}`
		const fixed = `{"detail": "You may not change quantities in that store."}`
		bob.Patch(t, path, `{"intake_price": "9.00"}`).Want(t, http.StatusForbidden, hidden)
		bob.Patch(t, path, `{"quantity": 4}`).Want(t, http.StatusForbidden, fixed)
		bob.Patch(t, path, `{"quantity": 5}`).Want(t, http.StatusOK, "")
		bob.Delete(t, path).Want(t, http.StatusForbidden, fixed)
		for _, kind := range []string{"adjustment", "write_off", "count"} {
			bob.Post(t, movements, map[string]any{"kind": kind, "delta": -1}).
				Want(t, http.StatusForbidden, `{"detail": "You may only receive, sell and take back in that store."}`)
		}
		bob.Post(t, movements, `{"kind": "sale", "delta": -1}`).Want(t, http.StatusCreated, "")
		if got := bob.Post(t, movements, `{"kind": "receive", "delta": 1}`).Object(t, http.StatusCreated)["unit_cost"]; got != nil {
			t.Errorf("unit cost = %v", got)
		}
		for _, m := range bob.Get(t, movements).List(t) {
			if m["unit_cost"] != nil {
				t.Errorf("movement = %v", m)
			}
		}
		if text := string(bob.Get(t, itemsPath+"export/").Body); strings.Contains(text, "intake_price") || strings.Contains(text, "2.50") {
			t.Errorf("export = %s", text)
		}
		bob.Get(t, itemsPath+"export/?columns=sku,%20intake_price").Want(t, http.StatusForbidden, hidden)
		got := alice.Get(t, path).Object(t, http.StatusOK)
		if got["intake_price"] != "2.50" || fmt.Sprint(got["quantity"]) != "5" || got["name"] != "new" {
			t.Errorf("item = %v", got)
		}
	})
}
