package inventory_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func skus(t *testing.T, res *apptest.Response) string {
	t.Helper()
	var list []string
	for _, item := range res.List(t) {
		list = append(list, fmt.Sprint(item["sku"]))
	}
	return strings.Join(list, " ")
}

func TestCollectibles_listedByName(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		for i, name := range []string{"zebra", "Banana", "apple", "Éclair", "ポケモン", "apple"} {
			alice.add(t, fmt.Sprintf("S%d", i), fmt.Sprintf(`"name": %q,`, name))
		}
		dave.add(t, "D", "")
		if got := skus(t, alice.Get(t, itemsPath)); got != "S1 S2 S5 S0 S3 S4" {
			t.Errorf("skus = %s, want them by name, then in the order of creation", got)
		}
		if got := skus(t, dave.Get(t, itemsPath)); got != "D" {
			t.Errorf("dave's skus = %s, want his own", got)
		}
	})
}

func TestCollectibles_filtered(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		alice.add(t, "EN", `"card_details": {"language": "English", "market_region": "US"},`)
		alice.add(t, "JP", `"card_details": {"language": "Japanese", "market_region": "JP"},`)
		alice.add(t, "FR", `"card_details": {"language": "Français"},`)
		alice.add(t, "NO", "")
		for query, want := range map[string]string{
			"?language=jAPANESE":                 "JP",
			"?language=FRANÇAIS":                 "FR",
			"?market_region=us":                  "EN",
			"?language=English&market_region=JP": "",
			"?language=Klingon":                  "",
			"?language=%20english%20":            "EN",
			"?language=":                         "EN FR JP NO",
			"?search=x&ordering=-name&page=2":    "EN FR JP NO",
			"?format=json&language=English":      "EN",
			"?language=%25":                      "",
			"?language=English'%20OR%20'1'%3D'1": "",
		} {
			if got := skus(t, alice.Get(t, itemsPath+query)); got != want {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
		alice.Get(t, itemsPath+"?language=a%00b").Want(t, http.StatusBadRequest, `{"language": ["Null characters are not allowed."]}`)
		alice.Get(t, itemsPath+"?format=xml").Want(t, http.StatusNotFound, `{"detail": "Not found."}`)
		if got := skus(t, alice.Get(t, "/api/v1/collectibles.json?language=English")); got != "EN" {
			t.Errorf("with the suffix .json: %q, want EN", got)
		}
	})
}

func TestCollectibles_ofWhoHasNoVendor(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		erin := a.SignUp(t, "erin")
		erin.Get(t, itemsPath).Want(t, http.StatusOK, `[]`)
		erin.Get(t, itemPath(id)).Want(t, http.StatusNotFound, `{"detail": "Collectible matching query does not exist."}`)
		erin.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusForbidden, `{"detail": "You do not have access to that store."}`)
		erin.Post(t, itemsPath, `{"name": "x", "sku": "X"}`).Want(t, http.StatusBadRequest, "")
	})
}

func TestCollectible_hiddenFromOtherVendors(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		id := alice.add(t, "A", "")
		const absent = `{"detail": "Collectible matching query does not exist."}`
		dave.Get(t, itemPath(id)).Want(t, http.StatusNotFound, absent)
		dave.Patch(t, itemPath(id), `{"name": "stolen"}`).Want(t, http.StatusNotFound, absent)
		dave.Put(t, itemPath(id), dave.body("A", "")).Want(t, http.StatusNotFound, absent)
		dave.Delete(t, itemPath(id)).Want(t, http.StatusNotFound, absent)
		dave.Get(t, itemPath(987654321)).Want(t, http.StatusNotFound, absent)
		dave.Get(t, itemsPath+"99999999999999999999/").Want(t, http.StatusNotFound, absent)
		dave.Get(t, itemsPath+"abc/").Want(t, http.StatusNotFound, `{"detail": "Not found."}`)

		const closed = `{"detail": "You do not have access to that store."}`
		dave.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusForbidden, closed)
		dave.Post(t, itemsPath, dave.body("B", `"store": 987654321,`)).Want(t, http.StatusForbidden, closed)
		alice.Patch(t, itemPath(id), fmt.Sprintf(`{"store": %d}`, dave.Store)).Want(t, http.StatusForbidden, closed)
		if got := alice.Get(t, itemPath(id)).Object(t, http.StatusOK); got["name"] != "item A" {
			t.Errorf("name = %v: a stranger changed it", got["name"])
		}
	})
}

func TestCollectible_deleted(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", `"card_details": {"notes": "n"}, "image_payloads": [{"url": "https://i.example/1"}],`)
		alice.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		alice.Delete(t, itemPath(id)).Want(t, http.StatusNotFound, "")
		for _, table := range []string{"collectible", "carddetails", "inventorymedia", "stockledger"} {
			n, err := a.DB.NewSelect().Table("collectibles_" + table).Count(t.Context())
			if n != 0 || err != nil {
				t.Errorf("%d rows in %s, %v; want none", n, table, err)
			}
		}
	})
}

func TestVendor_keptWhileItHasStock(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		path := fmt.Sprintf("/api/v1/vendors/%d/", alice.Vendor)
		alice.Delete(t, path).Want(t, http.StatusConflict,
			`{"detail": "Collectibles stand in the way: 1. Move or delete them first."}`)
		alice.Get(t, itemPath(id)).Want(t, http.StatusOK, "")
		alice.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		alice.Delete(t, path).Want(t, http.StatusNoContent, "")
	})
}

type ledgerRow struct {
	Delta    int
	Reason   string
	From, To int64
}

func TestLedger_hasEachChangeOfQuantity(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", `"quantity": 7,`)
		alice.add(t, "EMPTY", `"quantity": 0,`)
		for _, body := range []string{`{"quantity": 4}`, `{"quantity": 4}`, `{"name": "same"}`, `{"quantity": 10}`} {
			alice.Patch(t, itemPath(id), body).Want(t, http.StatusOK, "")
		}
		want := []ledgerRow{{7, "intake", 0, alice.Store}, {-3, "adjustment", alice.Store, 0}, {6, "adjustment", 0, alice.Store}}
		var got []ledgerRow
		err := a.DB.NewSelect().Table("collectibles_stockledger").ColumnExpr("delta, reason").
			ColumnExpr(`coalesce(from_store_id, 0) AS "from", coalesce(to_store_id, 0) AS "to"`).Order("id").Scan(t.Context(), &got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
	})
}
