package sales_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// register makes a piece of an item, and returns its id.
func (s *system) register(t testing.TB, item int64, certificate string, movement int64) int64 {
	t.Helper()
	body := map[string]any{"grader": "psa", "certificate": certificate}
	if movement != 0 {
		body["movement"] = movement
	}
	return s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/units/", item), body).ID(t, http.StatusCreated)
}

// receive makes a movement by which so many units come at a cost, and returns its id.
func (s *system) receive(t testing.TB, item int64, units int, cost string) int64 {
	t.Helper()
	return s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", item), map[string]any{"kind": "receive", "delta": units, "unit_cost": cost}).
		ID(t, http.StatusCreated)
}

// states are those of pieces, in the order of their ids.
func (s *system) states(t testing.TB) (states []string) {
	t.Helper()
	s.Scan(t, &states, `SELECT state || CASE WHEN went_by_id IS NULL THEN '' ELSE ' ' || m.kind END FROM omnistock_serial_unit AS u
		LEFT JOIN omnistock_stock_movement AS m ON m.id = u.went_by_id ORDER BY u.id`)
	return states
}

func (s *system) wantStates(t testing.TB, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.states(t)); diff != "" {
		t.Errorf("pieces (-want +got):\n%s", diff)
	}
}

func TestSell_namedPiecesGoAndComeBack(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 4, "10.00")
		one, two, three := s.register(t, a, "1", 0), s.register(t, a, "2", 0), s.register(t, a, "3", 0)
		body := s.basket(fmt.Sprintf(`{"sku": "A", "units": 3, "serials": [%d, %d]}, {"sku": "A", "units": 1, "serials": [%d]}`, two, one, three), mustPay+`, "client_key": "k"`)
		sold := s.Post(t, salesPath, body)
		id := sold.ID(t, http.StatusCreated)
		s.wantStates(t, "sold sale", "sold sale", "sold sale")
		s.Post(t, salesPath, body).Want(t, http.StatusOK, string(sold.Body))
		lines := lineIDs(t, sold)
		back := func(line int64, units int, rest string) string {
			return fmt.Sprintf(`{"lines": [{"line": %d, "units": %d%s}]}`, line, units, rest)
		}
		path := salePath(id) + "return/"
		s.Post(t, path, back(lines[0], 1, fmt.Sprintf(`, "serials": [%d]`, three))).Want(t, http.StatusConflict, `{"detail": "PSA 3 did not go by what is returned."}`)
		s.Post(t, path, back(lines[0], 1, `, "serials": [987654321]`)).
			Want(t, http.StatusBadRequest, `{"lines": [{"serials": ["Invalid pk \"987654321\" - object does not exist."]}]}`)
		s.Post(t, path, back(lines[0], 1, fmt.Sprintf(`, "serials": [%d, %d]`, one, two))).
			Want(t, http.StatusBadRequest, `{"lines": [{"serials": ["More pieces are named than units."]}]}`)
		s.wantStates(t, "sold sale", "sold sale", "sold sale")
		s.Post(t, path, back(lines[0], 1, fmt.Sprintf(`, "serials": [%d]`, one))).Want(t, http.StatusCreated, "")
		s.wantStates(t, "in_stock", "sold sale", "sold sale")
		s.Post(t, path, back(lines[0], 1, fmt.Sprintf(`, "serials": [%d]`, one))).Want(t, http.StatusConflict, `{"detail": "PSA 1 is not gone: in_stock."}`)
		s.Post(t, path, back(lines[0], 1, "")).Want(t, http.StatusCreated, "") // one of two, and nobody says which
		s.wantStates(t, "in_stock", "sold sale", "sold sale")
		s.Post(t, path, back(lines[0], 1, "")).Want(t, http.StatusCreated, "") // the rest
		s.Post(t, path, back(lines[1], 1, `, "restock": false`)).Want(t, http.StatusCreated, "")
		s.wantStates(t, "in_stock", "in_stock", "written_off write_off")
		if s.Quantity(t, a) != 3 {
			t.Errorf("quantity = %d", s.Quantity(t, a))
		}
		s.mustVerify(t)
	})
}

func TestVoid_bringsAllPiecesBack(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 3, "10.00"), s.add(t, "B", 1, "10.00")
		one, two, three := s.register(t, a, "1", 0), s.register(t, a, "2", 0), s.register(t, b, "3", 0)
		kept := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}`, one), mustPay)
		kept.Want(t, http.StatusCreated, "")
		sold := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 2, "serials": [%d]}, {"sku": "B", "units": 1, "serials": [%d]}`, two, three), mustPay)
		s.wantStates(t, "sold sale", "sold sale", "sold sale")
		s.Post(t, salePath(sold.ID(t, http.StatusCreated))+"void/", `{"reason": "mistyped"}`).Want(t, http.StatusCreated, "")
		s.wantStates(t, "sold sale", "in_stock", "in_stock")
		s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}`, two), mustPay).Want(t, http.StatusCreated, "")
		s.wantStates(t, "sold sale", "sold sale", "in_stock")
		s.mustVerify(t)
	})
}

func TestSell_badPiecesWriteNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, b := s.add(t, "A", 3, "10.00"), s.add(t, "B", 3, "10.00")
		annex := s.OpenStore(t, "Annex")
		one, other, away := s.register(t, a, "1", 0), s.register(t, b, "2", 0), int64(0)
		s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/movements/", a), map[string]any{"kind": "receive", "delta": 1, "store": annex}).Want(t, http.StatusCreated, "")
		away = s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/units/", a), map[string]any{"grader": "psa", "certificate": "3", "store": annex}).ID(t, http.StatusCreated)
		bob := s.as(t, "bob")
		foreign := bob.register(t, bob.add(t, "F", 1, "1.00"), "4", 0)
		sold := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}`, s.register(t, a, "5", 0)), mustPay)
		sold.Want(t, http.StatusCreated, "")
		var gone int64
		s.Scan(t, &gone, "SELECT id FROM omnistock_serial_unit WHERE state = 'sold'")
		line := func(units int, ids ...any) string {
			return fmt.Sprintf(`{"sku": "A", "units": %d, "serials": [%s]}`, units, strings.ReplaceAll(strings.Trim(fmt.Sprintln(ids...), "\n"), " ", ", "))
		}
		for lines, want := range map[string]struct {
			status int
			body   string
		}{
			line(1, one, one):                          {http.StatusBadRequest, ""},
			line(2, one, one):                          {http.StatusBadRequest, `{"lines": [{"serials": ["This piece is in the list already."]}]}`},
			line(1, one) + ", " + line(1, one):         {http.StatusBadRequest, `{"lines": [{}, {"serials": ["This piece is in the list already."]}]}`},
			line(1, other):                             {http.StatusBadRequest, `{"lines": [{"serials": ["This piece is one of another item."]}]}`},
			line(1, foreign):                           {http.StatusBadRequest, fmt.Sprintf(`{"lines": [{"serials": ["Invalid pk \"%d\" - object does not exist."]}]}`, foreign)},
			line(1) + ", " + line(1, int64(987654321)): {http.StatusBadRequest, `{"lines": [{}, {"serials": ["Invalid pk \"987654321\" - object does not exist."]}]}`},
			line(1, away):                              {http.StatusConflict, `{"detail": "PSA 3 is not of the item and store that move."}`},
			line(1, gone):                              {http.StatusConflict, `{"detail": "PSA 5 is not there: sold."}`},
			line(1, 0):                                 {http.StatusBadRequest, ""},
			line(1, -1):                                {http.StatusBadRequest, ""},
			line(1, `"x"`):                             {http.StatusBadRequest, ""},
			line(1, one) + `, {"sku": "A", "units": 4, "unit_price": "1"}`: {http.StatusConflict, ""},
		} {
			res := s.sell(t, lines, mustPay)
			if res.Status != want.status {
				t.Errorf("%s: status = %d, want %d: %s", lines, res.Status, want.status, res.Body)
			} else if want.body != "" {
				res.Want(t, want.status, want.body)
			}
		}
		if n := s.count(t, "omnistock_sale"); n != 1 || s.Quantity(t, a) != 2 {
			t.Errorf("%d sales, %d units", n, s.Quantity(t, a))
		}
		s.wantStates(t, "in_stock", "in_stock", "in_stock", "in_stock", "sold sale")
	})
}

// grade makes a piece of an item with the certificate, the grade and the rest of the words, as a receipt says them.
func (s *system) grade(t testing.TB, item int64, words string) int64 {
	t.Helper()
	parts := append(strings.SplitN(words, " ", 4), "", "")
	body := map[string]any{"grader": parts[0], "certificate": parts[1], "qualifiers": parts[3]}
	if parts[2] != "" {
		body["grade"] = parts[2]
	}
	return s.Post(t, fmt.Sprintf("/api/v1/collectibles/%d/units/", item), body).ID(t, http.StatusCreated)
}

// serials are the pieces of each line of a sale.
func serials(t testing.TB, res *apptest.Response) (lines []string) {
	t.Helper()
	for _, l := range list(res.Object(t, res.Status), "lines") {
		if _, isList := l["serials"].([]any); !isList {
			t.Errorf("serials = %v, want a list", l["serials"])
		}
		var texts []string
		for _, ls := range list(l, "serials") {
			texts = append(texts, strings.TrimSpace(show(ls, "unit", "grader", "certificate", "grade", "qualifiers")))
		}
		lines = append(lines, strings.Join(texts, ", "))
	}
	return lines
}

func wantSerials(t testing.TB, res *apptest.Response, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, serials(t, res)); diff != "" {
		t.Errorf("serials of lines (-want +got):\n%s", diff)
	}
}

func TestSale_linesKeepTheirPieces(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 5, "10.00")
		s.add(t, "B", 5, "1.00")
		one, two, three := s.grade(t, a, "psa 12345678 10"), s.grade(t, a, "bgs 00a 8.5 OC"), s.grade(t, a, "cgc 3")
		first, second := fmt.Sprint(one, " psa 12345678 10.0"), fmt.Sprint(two, " bgs 00A 8.5 OC")
		body := s.basket(fmt.Sprintf(`{"sku": "B", "units": 1}, {"sku": "A", "units": 3, "serials": [%d, %d]}`, two, one), mustPay+`, "client_key": "s"`)
		sold := s.Post(t, salesPath, body)
		id := sold.ID(t, http.StatusCreated)
		wantSerials(t, sold, "", first+", "+second)
		s.Post(t, salesPath, body).Want(t, http.StatusOK, string(sold.Body))

		body = fmt.Sprintf(`{"lines": [{"line": %d, "units": 1, "restock": false, "serials": [%d]}], "client_key": "r"}`, lineIDs(t, sold)[1], two)
		back := s.Post(t, salePath(id)+"return/", body)
		wantSerials(t, back, second)

		other := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}, {"sku": "B", "units": 1}`, three), mustPay)
		void := s.Post(t, salePath(other.ID(t, http.StatusCreated))+"void/", `{"reason": "mistyped"}`)
		wantSerials(t, void, fmt.Sprint(three, " cgc 3 <nil>"), "")

		s.Patch(t, fmt.Sprintf("/api/v1/units/%d/", one), `{"grader": "sgc", "certificate": "X", "grade": null}`).Want(t, http.StatusOK, "")
		s.MustExec(t, "DELETE FROM omnistock_serial_unit WHERE id = ?", two)
		s.Post(t, salePath(id)+"return/", body).Want(t, http.StatusOK, string(back.Body))
		for _, res := range []*apptest.Response{sold, back, other, void} {
			path := salePath(res.ID(t, http.StatusCreated))
			wantSerials(t, s.Get(t, path), serials(t, res)...)
			s.as(t, "mallory-"+path[len(salesPath):len(path)-1]).Get(t, path).Want(t, http.StatusNotFound, "")
		}
		s.mustVerify(t)
	})
}

func TestReceipt_namesPieces(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a, bob := s.add(t, "A", 5, "10.00"), s.as(t, "bob")
		certificate := strings.Repeat("12345 ", 8)
		one, two, three := s.grade(t, a, "psa 12345678 10"), s.grade(t, a, "psa 2 8.5 OC MK"), s.register(t, a, certificate, 0)
		foreign := bob.grade(t, bob.add(t, "F", 1, "1.00"), "psa 12345678 1")
		sold := s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 4, "discount": "1.00", "serials": [%d, %d, %d]}`, one, two, three), mustPay)
		receipt := salePath(sold.ID(t, http.StatusCreated)) + "receipt/"
		text := string(s.Get(t, receipt).Body)
		want := `
item A
  PSA 12345678 10
  PSA 2 8.5 OC MK
  PSA 12345 12345 12345 12345 12345
  12345 12345 12345
  4 x 10.00                        40.00
  Discount                         -1.00
---`
		if !strings.Contains(text, want) {
			t.Errorf("receipt = %s, want one with%s", text, want)
		}
		s.Patch(t, fmt.Sprintf("/api/v1/units/%d/", one), `{"certificate": "X", "grade": "9"}`).Want(t, http.StatusOK, "")
		if again := string(s.Get(t, receipt).Body); again != text {
			t.Errorf("a receipt has changed (-then +now):\n%s", cmp.Diff(text, again))
		}
		bobs := bob.sell(t, fmt.Sprintf(`{"sku": "F", "units": 1, "serials": [%d]}`, foreign), mustPay)
		text = string(bob.Get(t, salePath(bobs.ID(t, http.StatusCreated))+"receipt/").Body)
		if !strings.Contains(text, "\n  PSA 12345678 1\n  1 x 1.00 ") {
			t.Errorf("another vendor's receipt = %s", text)
		}
	})
}
