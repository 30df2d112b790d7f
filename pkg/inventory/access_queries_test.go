package inventory_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// Authentication and affiliation are one query each; the images of all items are one more.
func TestCollectibles_queriesOfARequest(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		count := func(path string) int {
			sent := dbtest.Count(t, a.DB)
			alice.Get(t, path).Want(t, http.StatusOK, "")
			return sent()
		}
		var id int64
		for n := range 30 {
			id = alice.add(t, fmt.Sprint("S", n), `"card_details": {"language": "English"}, "image_payloads": [
				{"url": "https://i.example/1"}, {"url": "https://i.example/2"}],`)
			if n == 0 || n == 29 {
				if got := count(itemsPath); got > 4 {
					t.Errorf("list of %d: %d queries, want at most 4", n+1, got)
				}
				if got := count(itemsPath + "?language=english"); got > 4 {
					t.Errorf("filtered list of %d: %d queries, want at most 4", n+1, got)
				}
			}
		}
		if got := count(itemPath(id)); got > 3 {
			t.Errorf("detail: %d queries, want at most 3", got)
		}
		t.Logf("list %d, detail %d queries", count(itemsPath), count(itemPath(id)))
	})
}
