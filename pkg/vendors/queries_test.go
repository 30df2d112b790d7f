package vendors_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// Each request takes so many queries, authentication included, however many rows there are.
func TestQueries_independentOfTheNumberOfRows(t *testing.T) {
	most := map[string]int{
		vendorsPath: 4, storesPath: 3, membersPath: 3, accessesPath: 3, invitesPath: 2, mePath: 5,
		at(vendorsPath, 1): 4, at(storesPath, 1): 3, at(membersPath, 1): 3,
	}
	eachShop(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		count := func(when string) {
			for path, want := range most {
				sent := dbtest.Count(t, a.DB)
				alice.Get(t, path).Want(t, http.StatusOK, "")
				if got := sent(); got != want {
					t.Errorf("%s with %s rows: %d queries, want %d", path, when, got, want)
				}
			}
		}
		count("few")
		for i := range 5 {
			store := alice.Post(t, storesPath, map[string]any{"name": fmt.Sprint("Store ", i)}).ID(t, http.StatusCreated)
			_, member := alice.hire(t, a, fmt.Sprint("guest", i), "staff")
			alice.grant(t, store, member, "sales")
			alice.grant(t, alice.store, member, "sales")
		}
		count("many")
	})
}
