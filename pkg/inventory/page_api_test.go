package inventory_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// nextPage is where the response's Link leads, "" on the last page.
func nextPage(t *testing.T, res *apptest.Response) string {
	t.Helper()
	link := res.Header.Get("Link")
	if link == "" {
		return ""
	}
	address, ok := strings.CutSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
	if !ok || !strings.HasPrefix(address, itemsPath+"?") {
		t.Fatalf("Link = %s", link)
	}
	return address
}

// walk follows the links from a first page and returns the SKUs of each page. It calls between after each page.
func walk(t *testing.T, s shop, query string, between func(page int)) (pages []string) {
	t.Helper()
	for path := itemsPath + query; path != ""; {
		res := s.Get(t, path)
		pages = append(pages, skus(t, res))
		path = nextPage(t, res)
		between(len(pages))
		if len(pages) > 100 {
			t.Fatalf("no end: %v", pages)
		}
	}
	return pages
}

func nothing(int) {}

// sortedShop has items of which many are equal in each column but the SKU.
func sortedShop(t *testing.T, alice shop) {
	t.Helper()
	for i := range 12 {
		alice.add(t, fmt.Sprintf("S%02d", (i*7)%12), fmt.Sprintf(`"name": %q, "price": "%d.50", "quantity": %d, "description": "Stock",`,
			[]string{"zebra", "Éclair", "apple"}[i%3], i%4*9, i%2*11))
	}
}

func TestPages_eachSortWalksAllOnce(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		sortedShop(t, alice)
		dave.add(t, "DAVE", "")
		mustExec(t, a, `UPDATE collectibles_collectible SET created_at = (SELECT min(created_at) FROM collectibles_collectible),
			updated_at = (SELECT min(updated_at) FROM collectibles_collectible) WHERE quantity = 0`)
		for _, sort := range []string{"name", "sku", "price", "quantity", "created_at", "updated_at"} {
			ascending := strings.Fields(skus(t, alice.Get(t, itemsPath+"?limit=500&sort_by="+sort)))
			if len(ascending) != 12 {
				t.Fatalf("by %s: %v, want 12 items", sort, ascending)
			}
			for _, narrow := range []string{"", "&search=ock", "&in_stock=true&search=a", "&offset=0", "&offset=0&max_price=50"} {
				for _, limit := range []int{1, 5} {
					query := fmt.Sprintf("?limit=%d&sort_by=%s%s", limit, sort, narrow)
					up := strings.Fields(strings.Join(walk(t, alice, query, nothing), " "))
					down := strings.Fields(strings.Join(walk(t, alice, query+"&sort_order=desc", nothing), " "))
					want := ascending
					if strings.Contains(narrow, "in_stock") {
						want = strings.Fields(skus(t, alice.Get(t, itemsPath+"?limit=500&in_stock=1&sort_by="+sort)))
					}
					if diff := cmp.Diff(want, up); diff != "" {
						t.Errorf("%s (-want +got):\n%s", query, diff)
					}
					slices.Reverse(down)
					if diff := cmp.Diff(want, down); diff != "" {
						t.Errorf("%s, turned round (-want +got):\n%s", query, diff)
					}
				}
			}
		}
	})
}

func mustExec(t *testing.T, a *apptest.App, query string, args ...any) {
	t.Helper()
	if _, err := a.DB.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

func TestPages_inOrder(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for i, members := range []string{
			`"name": "b", "price": "10.00", "quantity": 2,`, `"name": "a", "price": "9.90", "quantity": 10,`,
			`"name": "a", "price": "100.00", "quantity": 0,`,
		} {
			alice.add(t, fmt.Sprint(3-i), members)
		}
		for query, want := range map[string]string{
			"":                              "2 1 3",
			"&sort_order=desc":              "3 1 2",
			"&sort_by=sku":                  "1 2 3",
			"&sort_by=price":                "2 3 1",
			"&sort_by=price&sort_order=asc": "2 3 1",
			"&sort_by=quantity":             "1 3 2",
			"&sort_by=created_at":           "3 2 1",
			"&sort_by=updated_at":           "3 2 1",
		} {
			for _, limit := range []string{"?limit=1", "?limit=2", "?limit=500"} {
				if got := strings.Join(walk(t, alice, limit+query, nothing), " "); got != want {
					t.Errorf("%s%s: %s, want %s", limit, query, got, want)
				}
			}
		}
	})
}

func TestPages_whileItemsComeAndGo(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for _, narrow := range []string{"", "&search=item"} {
			ids := map[string]int64{}
			for _, name := range []string{"b", "d", "f", "h", "j"} {
				ids[name] = alice.add(t, name+narrow, fmt.Sprintf(`"name": "item %s",`, name))
			}
			pages := walk(t, alice, "?limit=2"+narrow, func(page int) {
				switch page {
				case 1: // at d: behind it, before it, and d itself goes
					alice.add(t, "a"+narrow, `"name": "item a",`)
					alice.add(t, "e"+narrow, `"name": "item e",`)
					alice.Delete(t, itemPath(ids["d"])).Want(t, http.StatusNoContent, "")
				case 2: // at f: h goes
					alice.Delete(t, itemPath(ids["h"])).Want(t, http.StatusNoContent, "")
				}
			})
			got := strings.ReplaceAll(strings.Join(pages, " | "), narrow, "")
			if want := "b d | e f | j"; got != want {
				t.Errorf("pages = %s, want %s", got, want)
			}
			for _, item := range alice.Get(t, itemsPath).List(t) {
				alice.Delete(t, fmt.Sprintf("%s%v/", itemsPath, item["id"])).Want(t, http.StatusNoContent, "")
			}
		}
	})
}

func TestPages_byOffset(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for i := range 5 {
			alice.add(t, fmt.Sprint("S", i), "")
		}
		for query, want := range map[string]string{
			"?limit=2&offset=0":                       "S0 S1 | S2 S3 | S4",
			"?limit=2&offset=1":                       "S1 S2 | S3 S4",
			"?limit=2&offset=4&search=item":           "S4",
			"?limit=2&offset=1&search=item":           "S1 S2 | S3 S4",
			"?limit=5&offset=0":                       "S0 S1 S2 S3 S4",
			"?limit=2&offset=5":                       "",
			"?limit=2&offset=2147483647":              "",
			"?limit=2&offset=2147483647&search=item":  "",
			"?limit=2&offset=3&sort_order=desc&x=y#z": "S1 S0",
		} {
			if got := strings.Join(walk(t, alice, query, nothing), " | "); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
	})
}

// A limit makes pages unless a parameter of numbered pages stands beside it; the rest counts with it only.
func TestPages_onlyWithALimit(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		alice.add(t, "A", `"name": "zebra", "category": "TCG",`)
		alice.add(t, "B", `"name": "banana", "price": "5.00",`)
		whole := alice.Get(t, itemsPath)
		for _, query := range []string{
			"?search=banana", "?ordering=-name&sort=price", "?page=2&page_size=1&limit=1&offset=1", "?limit=1&page=",
			"?page_size=1&limit=1", "?limit=", "?limit=1&limit=", "?sort_by=sku&sort_order=desc", "?offset=1", "?offset=-1", "?cursor=x",
			"?category=TCG", "?condition=x", "?store=0", "?store=x", "?min_price=6", "?max_price=x", "?in_stock=false", "?sort_by=x",
			"?page=x&limit=x&search=a%00b", "?search=" + strings.Repeat("x", 500),
		} {
			res := alice.Get(t, itemsPath+query)
			if res.Status != http.StatusOK || string(res.Body) != string(whole.Body) || res.Header.Get("Link") != "" {
				t.Errorf("%s: status %d, Link %q, body %s; want the whole list", query, res.Status, res.Header.Get("Link"), res.Body)
			}
		}
		if got := skus(t, whole); got != "B A" {
			t.Errorf("whole list = %s, want it by name", got)
		}
	})
}

func TestPages_haveCardsAndImages(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for i := range 4 {
			alice.add(t, fmt.Sprint("S", i), `"description": "blue", "card_details": {"language": "English"}, "image_payloads": [
				{"url": "https://i.example/b", "sort_order": 2}, {"url": "https://i.example/a", "sort_order": 1}],`)
		}
		whole := alice.Get(t, itemsPath).List(t)
		for _, narrow := range []string{"", "&search=blue", "&language=ENGLISH", "&in_stock=1&offset=0"} {
			sent := dbtest.Count(t, a.DB)
			got := alice.Get(t, itemsPath+"?limit=3"+narrow).List(t)
			if n := sent(); n > 4 {
				t.Errorf("%q: %d queries, want at most 4", narrow, n)
			}
			if diff := cmp.Diff(whole[:3], got); diff != "" {
				t.Errorf("%q (-whole list +page):\n%s", narrow, diff)
			}
		}
	})
}

func TestPages_filtered(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		other := alice.Post(t, "/api/v1/vendor-stores/", map[string]any{"name": "Second"}).ID(t, http.StatusCreated)
		alice.add(t, "A", `"category": "TCG", "condition": "Near Mint", "price": "10.00", "quantity": 0,
			"card_details": {"language": "English", "market_region": "US"},`)
		alice.add(t, "B", `"category": "Trésor", "condition": "Mint", "price": "9.99", "card_details": {"language": "Japanese"},`)
		alice.add(t, "C", fmt.Sprintf(`"category": "50%%_", "price": "100.00", "store": %d,`, other))
		dave.add(t, "D", `"category": "TCG",`)
		for query, want := range map[string]string{
			"category=tcg":                                     "A",
			"category=TR%C3%89SOR":                             "B",
			"category=50%25_":                                  "C",
			"category=50%25%25":                                "",
			"category=TC":                                      "",
			"condition=mint":                                   "B",
			"condition=near+MINT&category=TCG":                 "A",
			"condition=mint&category=TCG":                      "",
			"language=english":                                 "A",
			"market_region=us&language=ENGLISH":                "A",
			"market_region=jp":                                 "",
			"min_price=10":                                     "A C",
			"max_price=10.0":                                   "A B",
			"min_price=9.99&max_price=9.99":                    "B",
			"min_price=-0":                                     "A B C",
			"max_price=-1":                                     "",
			"in_stock=true":                                    "B C",
			"in_stock=0":                                       "A",
			"in_stock=false&min_price=10.01":                   "",
			fmt.Sprint("store=", alice.Store):                  "A B",
			fmt.Sprint("store=", other, "&in_stock=yes"):       "C",
			fmt.Sprint("store=", dave.Store):                   "",
			"store=987654321":                                  "",
			"store=-1":                                         "",
			"store=99999999999999999999":                       "",
			"category=&condition=&store=&min_price=&in_stock=": "A B C",
			"category=x'+OR+'1'%3D'1":                          "",
		} {
			for _, limit := range []string{"?limit=1&", "?limit=100&", "?offset=0&limit=2&"} {
				if got := strings.Join(walk(t, alice, limit+query, nothing), " "); got != want {
					t.Errorf("%s%s: %q, want %q", limit, query, got, want)
				}
			}
		}
	})
}

func TestPages_badInput(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for query, want := range map[string]string{
			"limit=0":                              `{"limit": ["Ensure this value is greater than or equal to 1."]}`,
			"limit=-1":                             `{"limit": ["Ensure this value is greater than or equal to 1."]}`,
			"limit=501":                            `{"limit": ["Ensure this value is less than or equal to 500."]}`,
			"limit=99999999999999999999":           `{"limit": ["Ensure this value is less than or equal to 500."]}`,
			"limit=ten":                            `{"limit": ["A valid integer is required."]}`,
			"limit=1&offset=-1":                    `{"offset": ["Ensure this value is greater than or equal to 0."]}`,
			"limit=1&offset=1.5":                   `{"offset": ["A valid integer is required."]}`,
			"limit=1&sort_by=id":                   `{"sort_by": ["\"id\" is not a valid choice."]}`,
			"limit=1&sort_by=name;--":              `{"sort_by": ["\"name;--\" is not a valid choice."]}`,
			"limit=1&sort_order=up":                `{"sort_order": ["\"up\" is not a valid choice."]}`,
			"limit=1&store=x":                      `{"store": ["Incorrect type. Expected pk value, received str."]}`,
			"limit=1&min_price=a&max_price=1.23":   `{"min_price": ["A valid number is required."]}`,
			"limit=1&max_price=1.234":              `{"max_price": ["Ensure that there are no more than 2 decimal places."]}`,
			"limit=1&in_stock=maybe":               `{"in_stock": ["Must be a valid boolean."]}`,
			"limit=1&search=a%00b":                 `{"search": ["Null characters are not allowed."]}`,
			"limit=1&search=%ff":                   `{"search": ["Not a valid string."]}`,
			"limit=1&category=%ff":                 `{"category": ["Not a valid string."]}`,
			"limit=1&search=a+b+c+d+e+f+g+h+i+j+k": `{"search": ["Ensure this field has no more than 10 words."]}`,
			"limit=1&search=" + strings.Repeat("%C3%89", 201): `{"search": ["Ensure this field has no more than 200 characters."]}`,
			"limit=1&cursor=x&offset=0":                       `{"cursor": ["Give either a cursor or an offset."]}`,
			"limit=1&cursor=" + strings.Repeat("A", 2001):     `{"cursor": ["Ensure this field has no more than 2000 characters."]}`,
		} {
			alice.Get(t, itemsPath+"?"+query).Want(t, http.StatusBadRequest, want)
		}
	})
}

const badCursor = `{"cursor": ["Invalid cursor"]}`

func TestCursor_ofAnotherList(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		for i := range 3 {
			alice.add(t, fmt.Sprint("A", i), `"category": "x",`)
			dave.add(t, fmt.Sprint("D", i), "")
		}
		next := nextPage(t, alice.Get(t, itemsPath+"?limit=1&category=x&search=item"))
		address, err := url.Parse(next)
		if err != nil {
			t.Fatal(err)
		}
		alice.Get(t, next).Want(t, http.StatusOK, "")
		dave.Get(t, next).Want(t, http.StatusBadRequest, badCursor)
		dave.Get(t, strings.ReplaceAll(next, "category=x", "category=y")).Want(t, http.StatusBadRequest, badCursor)
		for name, value := range map[string]string{
			"sort_by": "sku", "sort_order": "desc", "search": "items", "category": "y", "condition": "x", "language": "x",
			"market_region": "x", "store": "1", "min_price": "1", "max_price": "1", "in_stock": "1",
		} {
			query := address.Query()
			query.Set(name, value)
			alice.Get(t, itemsPath+"?"+query.Encode()).Want(t, http.StatusBadRequest, badCursor)
		}
		for name, value := range map[string]string{"limit": "2", "sort_by": "name", "sort_order": "asc", "search": " item  item "} {
			query := address.Query()
			query.Set(name, value)
			alice.Get(t, itemsPath+"?"+query.Encode()).Want(t, http.StatusOK, "")
		}
	})
}

func TestCursor_tamperedWith(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		for i := range 3 {
			alice.add(t, fmt.Sprint("A", i), "")
		}
		address, err := url.Parse(nextPage(t, alice.Get(t, itemsPath+"?limit=1")))
		if err != nil {
			t.Fatal(err)
		}
		cursor := address.Query().Get("cursor")
		wrong := []string{"x", "%", "=", cursor + "=", cursor + "AA", cursor[:len(cursor)-2], strings.ToUpper(cursor), "AAAA" + cursor}
		for i := range cursor {
			other := "A"
			if cursor[i] == 'A' {
				other = "Q"
			}
			wrong = append(wrong, cursor[:i]+other+cursor[i+1:])
		}
		for _, c := range wrong {
			alice.Get(t, itemsPath+"?limit=1&cursor="+url.QueryEscape(c)).Want(t, http.StatusBadRequest, badCursor)
		}
	})
}

func TestPages_ofWhoHasNoVendor(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		alice.add(t, "A", "")
		alice.add(t, "B", "")
		erin := a.SignUp(t, "erin")
		for _, path := range []string{
			itemsPath + "?limit=5", itemsPath + "?limit=5&search=item", nextPage(t, alice.Get(t, itemsPath+"?limit=1")),
			fmt.Sprintf("%s?limit=5&store=%d", itemsPath, alice.Store),
		} {
			erin.Get(t, path).Want(t, http.StatusOK, `[]`)
		}
		a.Get(t, itemsPath+"?limit=5").Want(t, http.StatusUnauthorized, "")
	})
}

// Names as long as they may be, of characters that take four bytes each, still fit into a cursor.
func TestCursor_ofTheLongestName(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		name := strings.Repeat("🐉", 255)
		for i := range 2 {
			alice.add(t, fmt.Sprint("A", i), fmt.Sprintf(`"name": %q,`, name))
		}
		if got := strings.Join(walk(t, alice, "?limit=1", nothing), " "); got != "A0 A1" {
			t.Errorf("items = %s, want A0 A1", got)
		}
	})
}

// Times that end in zeros, or on a whole second, are in their place.
func TestPages_byTimesOfAllLengths(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		for i, after := range []time.Duration{0, time.Microsecond, 10 * time.Microsecond, 100 * time.Millisecond, 120 * time.Millisecond, time.Second} {
			id := alice.add(t, fmt.Sprint("T", i), "")
			mustExec(t, a, "UPDATE collectibles_collectible SET created_at = ? WHERE id = ?", start.Add(after), id)
		}
		for _, narrow := range []string{"", "&search=item"} {
			if got := strings.Join(walk(t, alice, "?limit=1&sort_by=created_at"+narrow, nothing), " "); got != "T0 T1 T2 T3 T4 T5" {
				t.Errorf("items = %s, want them by their time", got)
			}
		}
	})
}
