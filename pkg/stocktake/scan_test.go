package stocktake_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
)

func TestScan_sentAgainCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item, other := s.add(t, "A", 5), s.add(t, "B", 5)
		id := s.begin(t)
		body := fmt.Sprintf(`{"scans": [{"sku": "A", "client_key": "1"}, {"item": %d, "units": 2, "client_key": "2"}, {"sku": "A", "client_key": "1"}]}`, item)
		counted := func(n int) string {
			return fmt.Sprintf(`[{"item": %d, "sku": "A", "name": "item A", "counted": %d}]`, item, n)
		}
		s.Post(t, at(id, "scans/"), body).Want(t, http.StatusOK, `{"new": 2, "replayed": 1, "items": `+counted(3)+`}`)
		s.Post(t, at(id, "scans/"), body).Want(t, http.StatusOK, `{"new": 0, "replayed": 3, "items": []}`)
		s.Post(t, at(id, "scans/"), `{"scans": [{"sku": "A", "client_key": "2", "units": 2}, {"sku": "A", "client_key": "3", "units": -1}]}`).
			Want(t, http.StatusOK, `{"new": 1, "replayed": 1, "items": `+counted(2)+`}`)
		for _, sc := range []string{`"sku": "A", "units": 3`, `"sku": "B", "units": 2`, fmt.Sprintf(`"item": %d, "units": 2`, other), `"item": 987654, "units": 2`} {
			s.Post(t, at(id, "scans/"), `{"scans": [{"client_key": "2", `+sc+`}]}`).
				Want(t, http.StatusUnprocessableEntity, `{"detail": "The client_key \"2\" stands for another scan."}`)
		}
		s.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", item), map[string]any{"sku": "RENAMED"}).Want(t, http.StatusOK, "")
		s.Post(t, at(id, "scans/"), body).Want(t, http.StatusOK, `{"new": 0, "replayed": 3, "items": []}`)
		s.wantDifferences(t, id, "scanned", "A: 2 of 5")
		another := s.Post(t, path, map[string]any{"store": s.OpenStore(t, "Annex")}).ID(t, http.StatusCreated)
		s.Post(t, at(another, "scans/"), `{"scans": [{"sku": "RENAMED", "client_key": "1"}]}`).
			Want(t, http.StatusOK, strings.ReplaceAll(`{"new": 1, "replayed": 0, "items": `+counted(1)+`}`, `"sku": "A"`, `"sku": "RENAMED"`))

		s.post(t, id, "keep")
		s.Post(t, at(id, "scans/"), body).Want(t, http.StatusOK, `{"new": 0, "replayed": 3, "items": []}`) // the phone had no answer
		s.Post(t, at(id, "scans/"), `{"scans": [{"sku": "B", "client_key": "9"}]}`).
			Want(t, http.StatusConflict, `{"detail": "This stocktake is posted."}`)
		s.wantQuantity(t, item, 2)
	})
}

func TestScan_badInputIsKeptNowhere(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 5)
		s.addOf(t, "FIGURE", 5, "figure")
		foreign := s.as(t, "mallory")
		theirs := foreign.add(t, "THEIRS", 5)
		id := s.Post(t, path, map[string]any{"store": s.Store, "category": "card"}).ID(t, http.StatusCreated)
		s.scan(t, id, item, 2)
		for scans, want := range map[string]string{
			`[]`:                                     `{"scans": ["This list may not be empty."]}`,
			`[{"sku": "A"}]`:                         `{"scans": [{"client_key": ["This field is required."]}]}`,
			`[{"client_key": "k"}]`:                  `{"scans": [{"non_field_errors": ["Give either an item or an SKU."]}]}`,
			`[{"sku": "A", "client_key": ""}]`:       `{"scans": [{"client_key": ["This field may not be blank."]}]}`,
			`[{"sku": "NONE", "client_key": "k"}]`:   `{"scans": [{"sku": ["No collectible of your vendor has this SKU."]}]}`,
			`[{"sku": "THEIRS", "client_key": "k"}]`: `{"scans": [{"sku": ["No collectible of your vendor has this SKU."]}]}`,
			`[{"sku": "FIGURE", "client_key": "k"}]`: `{"scans": [{"sku": ["This collectible is not in the scope of the stocktake."]}]}`,
			`[{"item": 987654, "client_key": "k"}]`:  `{"scans": [{"item": ["Invalid pk \"987654\" - object does not exist."]}]}`,
			`[{"item": -1, "client_key": "k"}]`:      `{"scans": [{"item": ["Invalid pk \"-1\" - object does not exist."]}]}`,
			`[{"sku": "A", "client_key": "k"}, {"sku": "A", "units": 0, "client_key": "l"}]`:  `{"scans": [{}, {"units": ["A scan of 0 units is none."]}]}`,
			`[{"sku": "A", "client_key": "k"}, {"sku": "A", "units": -4, "client_key": "l"}]`: `{"scans": [{"units": ["There would be -1 units counted."]}, {"units": ["There would be -1 units counted."]}]}`,
			`[{"sku": "A", "units": 2147483646, "client_key": "k"}]`:                          `{"scans": [{"units": ["There would be more than 2147483647 units counted."]}]}`,
			`[{"sku": "A", "units": 2147483648, "client_key": "k"}]`:                          "",
			`[{"sku": "A", "units": 1.5, "client_key": "k"}]`:                                 "",
			`[{"sku": "A", "client_key": "k", "scanned_at": "yesterday"}]`:                    "",
			`[{"sku": "A", "client_key": "` + strings.Repeat("k", 256) + `"}]`:                "",
			`"A"`: "",
			`[` + strings.Repeat(`{"sku": "A", "client_key": "k"},`, 500) + `{"sku": "A", "client_key": "k"}]`: `{"scans": ["Ensure this field has no more than 500 elements."]}`,
		} {
			s.Post(t, at(id, "scans/"), `{"scans": `+scans+`}`).Want(t, http.StatusBadRequest, want)
		}
		s.Post(t, at(id, "scans/"), fmt.Sprintf(`{"scans": [{"item": %d, "client_key": "k"}]}`, theirs)).
			Want(t, http.StatusBadRequest, fmt.Sprintf(`{"scans": [{"item": ["Invalid pk \"%d\" - object does not exist."]}]}`, theirs))
		if n := s.Number(t, "SELECT count(*) FROM omnistock_stocktake_scan"); n != 1 {
			t.Errorf("%d scans are kept, want 1", n)
		}
		s.wantDifferences(t, id, "scanned", "A: 2 of 5")
	})
}

// TestStocktake_race has eight people scan the same items at once, each scan sent twice, while others sell and receive,
// and somebody posts in the middle of it. In the end each item has what really lies there: what was there at first, less
// what was sold, plus what came, whatever the ledger believed.
func TestStocktake_race(t *testing.T) {
	const scanners, items, rounds = 8, 12, 6
	each(t, func(t *testing.T, s *system) {
		ids, there, scans := make([]int64, items), make([]int64, items), make([][][]stocktake.ScanRequest, scanners)
		for i := range ids {
			ids[i] = s.add(t, fmt.Sprint("R-", i), 500)
			there[i] = int64(500 + []int{0, -60, 48, 0}[i%4]) // some were stolen, some forgotten
		}
		for g := range scanners { // all of the shelf, item by item, is split among the people and their requests
			for n := range rounds {
				var request []stocktake.ScanRequest
				for i := range items {
					units := there[i] / (scanners * rounds)
					if g == 0 && n == 0 {
						units += there[i] % (scanners * rounds)
					}
					request = append(request, stocktake.ScanRequest{ItemID: &ids[i], Units: int32(units), ClientKey: fmt.Sprint(g, "/", n, "/", i)})
				}
				scans[g] = append(scans[g], request)
			}
		}
		id := s.begin(t)
		var counting, trading sync.WaitGroup
		for g := range scanners {
			counting.Go(func() {
				for _, request := range scans[g] {
					for range 2 {
						if _, err := s.Stocktakes.Count(s.Ctx, id, request); err != nil {
							t.Errorf("count: %v", err)
						}
					}
				}
			})
		}
		counting.Wait() // on a shelf from which nobody sells: what is sold during the scans of an item is guesswork
		var mu sync.Mutex
		for g := range 4 {
			trading.Go(func() {
				for n := range 40 {
					i := (g + n*5) % items
					o := stock.Order{Kind: stock.Sale, Delta: core.Some(int32(-1 - n%3))}
					if n%4 == 0 {
						o = stock.Order{Kind: stock.Receive, Delta: core.Some(int32(2))}
					}
					if _, _, err := s.Stock.Move(s.Ctx, ids[i], o); err != nil {
						t.Errorf("move: %v", err)
						continue
					}
					mu.Lock()
					there[i] += int64(o.Delta.Value)
					mu.Unlock()
				}
			})
		}
		posted := make(chan error, 3)
		for range cap(posted) {
			trading.Go(func() {
				time.Sleep(5 * time.Millisecond)
				_, err := s.Stocktakes.Post(s.Ctx, id, stocktake.Zero)
				posted <- err
			})
		}
		trading.Wait()
		done := 0
		for range cap(posted) {
			if err := <-posted; err == nil {
				done++
			} else if core.KindOf(err) != core.Conflict {
				t.Errorf("post: %v", err)
			}
		}
		if done != 1 {
			t.Errorf("posted %d times, want once", done)
		}
		for i, item := range ids {
			s.wantQuantity(t, item, there[i])
		}
		s.MustVerify(t)
	})
}

// TestStocktake_raceOfAll scans, sells and posts all at once: what was scanned before the posting is in the difference,
// what came too late was refused, and the ledger adds up.
func TestStocktake_raceOfAll(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		const items, each = 5, 200
		ids := make([]int64, items)
		for i := range ids {
			ids[i] = s.add(t, fmt.Sprint("R-", i), 1000)
		}
		id := s.begin(t)
		var wait sync.WaitGroup
		var mu sync.Mutex
		accepted, sold := map[int64]int64{}, map[int64]int64{}
		for g := range 8 {
			wait.Go(func() {
				for n := range each / 8 {
					item := ids[(g+n)%items]
					_, err := s.Stocktakes.Count(s.Ctx, id, []stocktake.ScanRequest{{ItemID: &item, Units: 1, ClientKey: fmt.Sprint(g, "/", n)}})
					if err == nil {
						mu.Lock()
						accepted[item]++
						mu.Unlock()
					} else if core.KindOf(err) != core.Conflict {
						t.Errorf("count: %v", err)
					}
				}
			})
		}
		for g := range 3 {
			wait.Go(func() {
				for n := range 20 {
					item := ids[(g+n)%items]
					_, _, err := s.Stock.Move(s.Ctx, item, stock.Order{Kind: stock.Sale, Delta: core.Some(int32(-1))})
					if err == nil {
						mu.Lock()
						sold[item]++
						mu.Unlock()
					} else if core.KindOf(err) != core.Conflict {
						t.Errorf("sell: %v", err)
					}
				}
			})
		}
		wait.Go(func() {
			time.Sleep(30 * time.Millisecond)
			if _, err := s.Stocktakes.Post(s.Ctx, id, stocktake.Keep); err != nil {
				t.Errorf("post: %v", err)
			}
		})
		wait.Wait()
		for _, item := range ids {
			counted := s.Number(t, "SELECT coalesce(max(counted), 0) FROM omnistock_stocktake_line WHERE item_id = ?", item)
			scanned := s.Number(t, "SELECT coalesce(sum(units), 0) FROM omnistock_stocktake_scan WHERE item_id = ?", item)
			if counted != accepted[item] || scanned != counted {
				t.Errorf("item %d: %d counted, %d kept, %d acknowledged", item, counted, scanned, accepted[item])
			}
			left := s.Quantity(t, item)
			if least, most := max(0, counted-sold[item]), counted; counted > 0 && (left < least || left > most) {
				t.Errorf("item %d: %d are left, want %d to %d", item, left, least, most)
			}
		}
		s.MustVerify(t)
	})
}
