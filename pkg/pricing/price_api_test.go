package pricing_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// lines says prices as "source amount currency".
func lines(prices []map[string]any) (texts []string) {
	for _, p := range prices {
		texts = append(texts, fmt.Sprintf("%v %v %v", p["source"], p["amount"], p["currency"]))
	}
	return texts
}

func TestPrices_notedAndListed(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", s.Store)
		for day, fields := range []map[string]any{
			{"amount": "10.00"},
			{"amount": "11.00"},
			{"source": "own", "amount": "9"},
			{"source": "tcgplayer", "currency": "EUR", "amount": "8.5"},
			{"amount": "12.00"},
		} {
			fields["observed_at"] = fmt.Sprintf("2026-05-%02dT10:00:00Z", day+1)
			s.Post(t, pricesPath(id), price(fields)).ID(t, http.StatusCreated)
		}
		want := []string{"tcgplayer 12.00 USD", "tcgplayer 8.50 EUR", "own 9.00 USD", "tcgplayer 11.00 USD", "tcgplayer 10.00 USD"}
		if diff := cmp.Diff(want, lines(s.Get(t, pricesPath(id)).List(t))); diff != "" {
			t.Errorf("prices (-want +got):\n%s", diff)
		}
		current := []string{"own 9.00 USD", "tcgplayer 8.50 EUR", "tcgplayer 12.00 USD"}
		if diff := cmp.Diff(current, lines(s.Get(t, pricesPath(id)+"current/").List(t))); diff != "" {
			t.Errorf("current prices (-want +got):\n%s", diff)
		}
		for query, want := range map[string][]string{
			"?source=own":                        want[2:3],
			"?since=2026-05-04T10:00:00Z":        want[:2],
			"?until=2026-05-02T10:00:00Z":        want[4:],
			"?since=2026-05-02&until=2026-05-03": want[3:4],
			"?source=nobody":                     nil,
		} {
			if diff := cmp.Diff(want, lines(s.Get(t, pricesPath(id)+query).List(t))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", query, diff)
			}
		}
		var paged []string
		for path := pricesPath(id) + "?limit=2&since=2026-05-01T10:00:00Z"; path != ""; {
			res := s.Get(t, path)
			paged = append(paged, lines(res.List(t))...)
			path = ""
			if link := res.Header.Get("Link"); link != "" {
				path = strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
			}
		}
		if diff := cmp.Diff(want, paged); diff != "" {
			t.Errorf("pages (-want +got):\n%s", diff)
		}
		if got := s.Get(t, itemPath(id)).Object(t, http.StatusOK)["price"]; got != "7.00" {
			t.Errorf("the item's price = %v, want 7.00 as before", got)
		}
	})
}

func TestPrices_toldAgainChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", s.Store)
		first := s.Post(t, pricesPath(id), price(nil)).ID(t, http.StatusCreated)
		if again := s.Post(t, pricesPath(id), price(map[string]any{"observed_at": "2026-05-01T12:00:00+02:00"})).ID(t, http.StatusOK); again != first {
			t.Errorf("id = %d, want %d again", again, first)
		}
		s.Post(t, pricesPath(id), price(map[string]any{"amount": "12.51"})).Want(t, http.StatusBadRequest,
			`{"amount": ["There is another amount by this source at this moment: 12.50 USD."]}`)
		if n := s.count(t); n != 1 {
			t.Errorf("%d observations, want 1", n)
		}
	})
}

func TestPrices_badInputWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", s.Store)
		for _, fields := range []map[string]any{
			{"amount": "-1"},
			{"amount": "-0.01"},
			{"amount": "x"},
			{"amount": nil},
			{"amount": "100000000.00"},
			{"amount": "1.001"},
			{"currency": "usd"},
			{"currency": "US"},
			{"currency": "DOLLAR"},
			{"currency": "U$D"},
			{"currency": ""},
			{"currency": nil},
			{"source": "eBay"},
			{"source": "ebay sold"},
			{"source": "-ebay"},
			{"source": ""},
			{"source": strings.Repeat("x", 51)},
			{"observed_at": time.Now().Add(time.Hour).Format(time.RFC3339)},
			{"observed_at": "soon"},
			{"observed_at": "9999-12-31T23:59:59Z"},
		} {
			if res := s.Post(t, pricesPath(id), price(fields)); res.Status != http.StatusBadRequest {
				t.Errorf("%v: status = %d, want 400: %s", fields, res.Status, res.Body)
			}
		}
		s.Post(t, pricesPath(id), map[string]any{}).Want(t, http.StatusBadRequest, `{"source": ["This field is required."],
			"amount": ["This field is required."], "currency": ["This field is required."]}`)
		for _, query := range []string{"?cursor=x", "?cursor=1", "?cursor=1.x", "?cursor=99999999999999999999.1", "?cursor=9223372036854775807.1", "?limit=0", "?limit=501", "?since=x"} {
			if res := s.Get(t, pricesPath(id)+query); res.Status != http.StatusBadRequest {
				t.Errorf("%s: status = %d, want 400", query, res.Status)
			}
		}
		if n := s.count(t); n != 0 {
			t.Errorf("%d observations, want none", n)
		}
	})
}

func TestPrices_manyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", s.Store), s.add(t, "B", s.Store)
		s.Post(t, pricesPath(a), price(nil)).ID(t, http.StatusCreated)
		res := s.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{
			price(map[string]any{"item": a}), price(map[string]any{"sku": "B"}), price(map[string]any{"item": b}),
			price(map[string]any{"sku": "A", "source": "own"}),
		}}).Object(t, http.StatusCreated)
		if fmt.Sprint(res["created"], " ", res["unchanged"]) != "2 2" {
			t.Errorf("created %v, unchanged %v, want 2 and 2", res["created"], res["unchanged"])
		}
		if n := s.count(t); n != 3 {
			t.Errorf("%d observations, want 3", n)
		}

		s.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{
			price(map[string]any{"sku": "B", "source": "new"}), price(map[string]any{"sku": "NONE"}), price(map[string]any{"item": 987654}),
			price(nil), price(map[string]any{"sku": "B", "source": "new", "amount": "1.00"}), price(map[string]any{"sku": "B", "currency": "usd"}),
		}}).Want(t, http.StatusBadRequest, `{"prices": [{}, {"sku": ["No item has this SKU."]},
			{"item": ["Invalid pk \"987654\" - object does not exist."]}, {"non_field_errors": ["Name the item either by its id or by its SKU."]},
			{"amount": ["There is another amount by this source at this moment: 12.50 USD."]},
			{"currency": ["Give the three capital letters of ISO 4217, such as USD."]}]}`)
		many := make([]any, 1001)
		for i := range many {
			many[i] = price(map[string]any{"sku": "A", "source": fmt.Sprintf("s-%d", i)})
		}
		s.Post(t, "/api/v1/prices/", map[string]any{"prices": many}).Want(t, http.StatusBadRequest,
			`{"prices": {"non_field_errors": ["Ensure this field has no more than 1000 elements."]}}`)
		s.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{}}).Want(t, http.StatusBadRequest, `{"prices": ["Give one price at least."]}`)
		if n := s.count(t); n != 3 {
			t.Errorf("%d observations, want 3 still", n)
		}
		s.Post(t, "/api/v1/prices/", map[string]any{"prices": many[:1000]}).Want(t, http.StatusCreated, "")
	})
}

func TestPrices_whoMayWhat(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		home := s.add(t, "HOME", s.Store)
		id := s.Post(t, pricesPath(home), price(nil)).ID(t, http.StatusCreated)
		stranger := s.As(t, "mallory")
		foreign := stranger.Post(t, "/api/v1/collectibles/", map[string]any{"name": "x", "sku": "FOREIGN", "store": stranger.Store}).ID(t, http.StatusCreated)
		for _, c := range []struct {
			name                        string
			client                      apptest.Client
			read, write, bulk, deletion int
		}{
			{"nobody", s.App.Client, 401, 401, 401, 401},
			{"another vendor's owner", stranger.Client, 404, 404, 400, 404},
			{"who works in another store", s.Hire(t, "bob", "manager", annex).Client, 403, 403, 400, 403},
			{"who only looks", s.Hire(t, "carol", "view_only", s.Store).Client, 200, 403, 400, 403},
			{"who sells", s.Hire(t, "dave", "sales", s.Store).Client, 200, 201, 201, 403},
			{"who manages", s.Hire(t, "erin", "manager", s.Store).Client, 200, 201, 201, 204},
		} {
			source := strings.ReplaceAll(strings.ReplaceAll(c.name, " ", "-"), "'", "")
			got := []int{
				c.client.Get(t, pricesPath(home)).Status, c.client.Get(t, pricesPath(home)+"current/").Status,
				c.client.Post(t, pricesPath(home), price(map[string]any{"source": source})).Status,
				c.client.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{price(map[string]any{"sku": "HOME", "source": source + "-2"})}}).Status,
				c.client.Delete(t, fmt.Sprintf("/api/v1/prices/%d/", id)).Status,
			}
			if diff := cmp.Diff([]int{c.read, c.read, c.write, c.bulk, c.deletion}, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
		}
		s.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{price(map[string]any{"item": foreign}), price(map[string]any{"sku": "FOREIGN"})}}).
			Want(t, http.StatusBadRequest, fmt.Sprintf(`{"prices": [{"item": ["Invalid pk \"%d\" - object does not exist."]}, {"sku": ["No item has this SKU."]}]}`, foreign))
		s.Delete(t, fmt.Sprintf("/api/v1/prices/%d/", id)).Want(t, http.StatusNotFound, "")
	})
}

// TestPrices_goWithTheirItem deletes items as Django does, and as Django empties its tables.
func TestPrices_goWithTheirItem(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", s.Store), s.add(t, "B", s.Store)
		for _, id := range []int64{a, b} {
			s.Post(t, pricesPath(id), price(nil)).ID(t, http.StatusCreated)
		}
		s.Delete(t, itemPath(a)).Want(t, http.StatusNoContent, "")
		if n := s.count(t); n != 1 {
			t.Errorf("%d observations, want that of the other item", n)
		}
		if db.IsPostgres(s.App.DB) {
			s.MustExec(t, "TRUNCATE collectibles_collectible, collectibles_carddetails, collectibles_inventorymedia, collectibles_stockledger")
		} else {
			s.Delete(t, itemPath(b)).Want(t, http.StatusNoContent, "")
		}
		if n := s.count(t); n != 0 {
			t.Errorf("%d observations, want none", n)
		}
	})
}

// TestPrices_race has many tell the same at once, while the item is deleted.
func TestPrices_race(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", s.Store), s.add(t, "B", s.Store)
		done := make(chan int)
		for i := range 32 {
			go func() {
				res := s.Post(t, "/api/v1/prices/", map[string]any{"prices": []any{price(map[string]any{"item": a}), price(map[string]any{"sku": "A", "source": "own"})}})
				if i == 16 {
					s.Delete(t, itemPath(b))
				}
				s.Post(t, pricesPath(b), price(map[string]any{"source": fmt.Sprintf("s-%d", i)}))
				done <- res.Status
			}()
		}
		for range 32 {
			if status := <-done; status != http.StatusCreated && status != http.StatusConflict {
				t.Errorf("status = %d", status)
			}
		}
		var left []string
		err := s.App.DB.NewRaw("SELECT item_id || ' ' || source FROM omnistock_price_observation WHERE item_id IN (?) ORDER BY 1", bun.List([]int64{a, b})).
			Scan(t.Context(), &left)
		if diff := cmp.Diff([]string{fmt.Sprint(a, " own"), fmt.Sprint(a, " tcgplayer")}, left); err != nil || diff != "" {
			t.Errorf("left: %v (-want +got):\n%s", err, diff)
		}
	})
}
