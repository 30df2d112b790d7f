package sales_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
)

const (
	nameOne = `["1 of these is a piece with a certificate: name it in serials."]`
	nameTwo = `["2 of these are pieces with certificates: name them in serials."]`
)

func TestSell_piecesHaveToBeNamed(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		a := s.add(t, "A", 4, "1.00")
		s.add(t, "B", 9, "1.00")
		one, two, three := s.register(t, a, "1", 0), s.register(t, a, "2", 0), s.register(t, a, "3", 0)
		s.Patch(t, fmt.Sprintf("/api/v1/units/%d/", three), `{"state": "held"}`).Want(t, http.StatusOK, "")
		for lines, want := range map[string]string{
			`{"sku": "A", "units": 2}`:                                                              `{"lines": [{"serials": ` + nameOne + `}]}`,
			fmt.Sprintf(`{"item": %d, "units": 3}`, a):                                              `{"lines": [{"serials": ` + nameTwo + `}]}`,
			fmt.Sprintf(`{"sku": "A", "units": 3, "serials": [%d]}`, one):                           `{"lines": [{"serials": ` + nameTwo + `}]}`,
			`{"sku": "A", "units": 1}, {"sku": "B", "units": 1}, {"sku": "A", "units": 1}`:          `{"lines": [{"serials": ` + nameOne + `}, {}, {}]}`,
			fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}, {"sku": "A", "units": 2}`, two): `{"lines": [{}, {"serials": ` + nameOne + `}]}`,
		} {
			s.sell(t, lines, mustPay+`, "client_key": "k"`).Want(t, http.StatusBadRequest, want)
		}
		s.wantStates(t, "in_stock", "in_stock", "held")
		if s.Quantity(t, a) != 4 || s.count(t, "omnistock_sale") != 0 {
			t.Errorf("quantity = %d, documents = %d: something was written", s.Quantity(t, a), s.count(t, "omnistock_sale"))
		}
		s.sell(t, `{"sku": "A", "units": 5}`, mustPay).Want(t, http.StatusConflict, "") // there are too few anyway
		s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 2, "serials": [%d]}`, one), mustPay+`, "client_key": "k"`).Want(t, http.StatusCreated, "")
		s.sell(t, `{"sku": "A", "units": 1}`, mustPay).Want(t, http.StatusBadRequest, "")
		s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 2, "serials": [%d, %d]}`, three, two), mustPay).Want(t, http.StatusCreated, "")
		s.wantStates(t, "sold sale", "sold sale", "sold sale")
		s.mustVerify(t)
	})
}

// TestSell_asManyPiecesAsInThatStore: pieces elsewhere are no matter, nor are those that were too many before.
func TestSell_asManyPiecesAsInThatStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		a := s.add(t, "A", 3, "1.00")
		one, two := s.register(t, a, "1", 0), s.register(t, a, "2", 0)
		move := fmt.Sprintf("/api/v1/collectibles/%d/movements/", a)
		s.Post(t, move, map[string]any{"kind": "receive", "delta": 2, "store": annex}).Want(t, http.StatusCreated, "")
		s.Post(t, salesPath, fmt.Sprintf(`{"store": %d, "lines": [{"sku": "A", "units": 2}], %s}`, annex, mustPay)).Want(t, http.StatusCreated, "")

		s.Post(t, move, map[string]any{"kind": "sale", "delta": -2}).Want(t, http.StatusCreated, "") // of a client that knows no pieces
		s.sell(t, `{"sku": "A", "units": 1}`, mustPay).Want(t, http.StatusBadRequest, `{"lines": [{"serials": `+nameOne+`}]}`)
		s.sell(t, fmt.Sprintf(`{"sku": "A", "units": 1, "serials": [%d]}`, two), mustPay).Want(t, http.StatusCreated, "")
		s.Patch(t, fmt.Sprintf("/api/v1/units/%d/", one), `{"state": "sold"}`).Want(t, http.StatusOK, "")
		s.mustVerify(t)
	})
}

// TestSell_whilePiecesAreRegistered sells units at eight tills while each unit gets its certificate: in the end there are
// no more pieces than units.
func TestSell_whilePiecesAreRegistered(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 8, "1.00")
		var wait sync.WaitGroup
		for n := range 8 {
			wait.Go(func() {
				_, _, err := s.Sales.Sell(s.Ctx, sales.Request{
					StoreID: s.Store, Lines: []sales.LineRequest{{ItemID: item, Units: 1}}, Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 100_00}},
				})
				if kind := core.KindOf(err); err != nil && kind != core.Invalid && kind != core.Conflict {
					t.Error(err)
				}
			})
			wait.Go(func() {
				_, err := s.Serials.Register(s.Ctx, item, serial.Change{Grader: core.Some("psa"), Certificate: core.Some(fmt.Sprint(n))})
				if err != nil && core.KindOf(err) != core.Conflict {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if left, pieces := s.Quantity(t, item), int64(s.count(t, "omnistock_serial_unit")); pieces != left {
			t.Errorf("%d pieces, %d units", pieces, left)
		}
		s.mustVerify(t)
	})
}
