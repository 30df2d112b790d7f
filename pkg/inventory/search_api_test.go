package inventory_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// found is the SKUs that a search finds, by one page and by pages of one.
func found(t *testing.T, s shop, search string) string {
	t.Helper()
	query := "search=" + url.QueryEscape(search)
	whole := skus(t, s.Get(t, itemsPath+"?limit=100&"+query))
	if got := strings.Join(strings.Fields(strings.Join(walk(t, s, "?limit=1&"+query, nothing), " ")), " "); got != whole {
		t.Errorf("%q: pages of one have %s, one page has %s", search, got, whole)
	}
	return whole
}

func wantFound(t *testing.T, s shop, searches map[string]string) {
	t.Helper()
	for search, want := range searches {
		if got := found(t, s, search); got != want {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

func TestSearch_partsOfWords(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		alice.add(t, "AB-100", `"name": "Blue Dragon", "description": "From a smoke-free home.\nSigned by the artist",`)
		alice.add(t, "AB-200", `"name": "Red Dragonfly", "description": null,`)
		alice.add(t, "XY-300", `"name": "Élan vital", "description": "ÉCLAIR façade STRASSE ÑANDÚ",`)
		alice.add(t, "XY-400", `"name": "ポケモンカード", "description": "ピカチュウ",`)
		alice.add(t, "XY-500", `"name": "Ωmega Привет", "description": "",`)
		dave.add(t, "AB-999", `"name": "Blue Dragon ポケモン",`)
		wantFound(t, alice, map[string]string{
			"":                     "AB-100 AB-200 XY-300 XY-500 XY-400",
			"  ":                   "AB-100 AB-200 XY-300 XY-500 XY-400",
			"dragon":               "AB-100 AB-200",
			"RAGO":                 "AB-100 AB-200",
			"dragonfly":            "AB-200",
			"dragon blue":          "AB-100",
			"blue dragon ab-1 ART": "AB-100",
			"blue dragonfly":       "",
			"ab-":                  "AB-100 AB-200",
			"b-20":                 "AB-200",
			"smoke-free":           "AB-100",
			"home.":                "AB-100",
			"signed":               "AB-100",
			"dragonab":             "", // no word goes from the name into the SKU
			"Dragon AB-100 From":   "AB-100",
			"élan":                 "XY-300",
			"ÉLAN":                 "XY-300",
			"elan":                 "",
			"éclair FAÇADE ñandú":  "XY-300",
			"ポケモン":                 "XY-400",
			"モンカ":                  "XY-400",
			"ピカチュウ ポケ":             "XY-400",
			"ポケ":                   "XY-400",
			"ωMEGA":                "XY-500",
			"привет":               "XY-500",
			"ПРИВЕТ":               "XY-500",
		})
		if got := found(t, dave, "dragon"); got != "AB-999" {
			t.Errorf("dave finds %q, want his own", got)
		}
	})
}

func TestSearch_shortWords(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		alice.add(t, "S1", `"name": "Éa ox", "description": "xx",`)
		alice.add(t, "S2", `"name": "ox ボ", "description": "dragon",`)
		alice.add(t, "S3", `"name": "cat",`)
		dave.add(t, "D1", `"name": "ox",`)
		wantFound(t, alice, map[string]string{
			"ox": "S2 S1", "O": "S2 S1", "é": "S1", "ボ": "S2", "1": "S1", "ox cat": "", "c a": "S3", "ox dragon": "S2", "q": "", "x": "S2 S1",
		})
	})
}

// What means something in LIKE or in a full-text query means itself.
func TestSearch_charactersAreLiteral(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		alice.add(t, "P", `"name": "100% wool",`)
		alice.add(t, "U", `"name": "snake_case",`)
		alice.add(t, "Q", `"name": "the \"best\" of O'Neill",`)
		alice.add(t, "B", `"name": "back\\slash !bang!",`)
		alice.add(t, "A", `"name": "cats AND dogs OR birds NOT NEAR(x) co*l name:x ^a -b {c} [d] (e)",`)
		alice.add(t, "N", `"name": "plain wool snakescase",`)
		wantFound(t, alice, map[string]string{
			"100%":       "P",
			"%":          "P",
			"%%%":        "",
			"0%w":        "",
			"wo%l":       "",
			"_":          "U",
			"___":        "",
			"ke_ca":      "U",
			"wo_l":       "",
			`"best"`:     "Q",
			`"`:          "Q",
			`"""`:        "",
			"o'neill":    "Q",
			"'":          "Q",
			"' OR 1=1--": "",
			`back\slash`: "B",
			`\`:          "B",
			`\\\`:        "",
			"!bang!":     "B",
			"!!!":        "",
			"AND":        "A",
			"wool AND":   "",
			"wool OR":    "",
			"NOT wool":   "",
			"NOT":        "A",
			"near(x)":    "A",
			"NEAR(wool)": "",
			"co*l":       "A",
			"woo*":       "",
			"***":        "",
			"name:x":     "A",
			"name:wool":  "",
			"item:wool":  "",
			"^a":         "A",
			"-b {c} [d]": "A",
			"(e)":        "A",
			"?":          "",
			"???":        "",
			"$1 ?1 :a":   "",
		})
	})
}

func TestSearch_followsChanges(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		id := alice.add(t, "OLD-SKU", `"name": "first name", "description": "earlier words",`)
		alice.add(t, "OTHER", `"name": "other",`)
		alice.Patch(t, itemPath(id), `{"name": "second name"}`).Want(t, http.StatusOK, "")
		wantFound(t, alice, map[string]string{"first": "", "second": "OLD-SKU", "earlier": "OLD-SKU", "name": "OLD-SKU"})
		alice.Patch(t, itemPath(id), `{"sku": "NEW-SKU", "description": null}`).Want(t, http.StatusOK, "")
		wantFound(t, alice, map[string]string{"old-sku": "", "new-sku": "NEW-SKU", "earlier": "", "second": "NEW-SKU"})
		alice.Patch(t, itemPath(id), `{"quantity": 5}`).Want(t, http.StatusOK, "")
		mustExec(t, a, "UPDATE collectibles_collectible SET name = ? WHERE id = ?", "third name", id)
		wantFound(t, alice, map[string]string{"second": "", "third": "NEW-SKU"})
		alice.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		wantFound(t, alice, map[string]string{"third": "", "new-sku": "", "oth": "OTHER"})
		alice.add(t, "NEW-SKU", `"name": "fourth name",`)
		wantFound(t, alice, map[string]string{"third": "", "new-sku": "NEW-SKU"})
	})
}

// What fits may stand beyond the items that a page looks at in the order of the list.
func TestSearch_beyondReach(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		id := alice.add(t, "SEED", `"name": "a", "description": "common", "price": "1.00",`)
		alice.add(t, "Z1", `"name": "zebra one", "description": "common", "category": "last",`)
		mustExec(t, a, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)
			INSERT INTO collectibles_collectible (name, sku, quantity, description, price, intake_price, projected_price, vendor_id,
				store_id, created_at, updated_at)
			SELECT 'b', 'N' || i, 1, description, price, price, price, vendor_id, store_id, created_at, updated_at
			FROM collectibles_collectible, n WHERE id = ?`, id)
		alice.add(t, "Z2", `"name": "zebra two", "description": "common", "category": "last",`)
		dave.add(t, "D", `"name": "zebra", "category": "last",`)
		for _, query := range []string{"search=zebra", "category=last", "search=ebra+common", "search=ze", "category=last&search=o"} {
			if got := strings.Join(walk(t, alice, "?limit=1&"+query, nothing), " "); got != "Z1 Z2" {
				t.Errorf("%s: %s, want Z1 Z2", query, got)
			}
			if got := strings.Join(walk(t, alice, "?limit=1&sort_order=desc&"+query, nothing), " "); got != "Z2 Z1" {
				t.Errorf("%s, turned round: %s, want Z2 Z1", query, got)
			}
			if got := strings.Join(walk(t, alice, "?limit=1&offset=0&"+query, nothing), " "); got != "Z1 Z2" {
				t.Errorf("%s, by offset: %s, want Z1 Z2", query, got)
			}
		}
		n := 0
		for _, page := range walk(t, alice, "?limit=500&search=common", nothing) {
			n += len(strings.Fields(page))
		}
		if n != 2103 {
			t.Errorf("found %d items, want 2103", n)
		}
		if got := skus(t, alice.Get(t, fmt.Sprintf("%s?limit=2&offset=2101&search=common", itemsPath))); got != "Z1 Z2" {
			t.Errorf("the last ones by offset: %s, want Z1 Z2", got)
		}
	})
}
