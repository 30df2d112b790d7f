package serial_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// post posts one movement and then does with the pieces what fn says, all in one transaction, as a sale does.
func (s *system) post(item int64, kind stock.Kind, delta int64, origin *int64, units ...int64) (m *stock.Movement, err error) {
	err = db.InRecordedTx(s.Ctx, s.App.DB, func(ctx context.Context, tx bun.Tx) error {
		h, err := s.Stock.Lock(ctx, tx, s.Vendor, []int64{item})
		if err != nil {
			return err
		}
		ms, err := s.Stock.Post(ctx, tx, h, stock.Posting{
			Place: stock.Place{ItemID: item, StoreID: s.Store}, Delta: delta, Kind: kind, OriginID: origin,
		})
		if err != nil {
			return err
		}
		m = ms[0]
		if delta < 0 {
			_, err = s.Serials.Take(ctx, tx, h, units, m)
			return err
		}
		_, err = s.Serials.Return(ctx, tx, h, units, m)
		return err
	})
	return m, err
}

func TestTake_goesAndComesBackWithItsMovement(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item, other := s.add(t, "A", 3), s.add(t, "B", 3)
		one := s.Post(t, unitsPath(item), slab("1")).ID(t, http.StatusCreated)
		two := s.Post(t, unitsPath(item), slab("2")).ID(t, http.StatusCreated)
		states := func(want string) {
			t.Helper()
			a, b := s.Get(t, at(one)).Object(t, http.StatusOK), s.Get(t, at(two)).Object(t, http.StatusOK)
			if got := fmt.Sprint(a["state"], " ", b["state"], " ", s.Quantity(t, item)); got != want {
				t.Errorf("states and quantity = %s, want %s", got, want)
			}
		}
		refused := func(want string, item int64, kind stock.Kind, delta int64, origin *int64, units ...int64) {
			t.Helper()
			_, err := s.post(item, kind, delta, origin, units...)
			if e, ok := err.(*core.Error); !ok || e.Error() != want { //nolint:errorlint // it is not wrapped
				t.Errorf("error = %v, want %s", err, want)
			}
		}
		sale, err := s.post(item, stock.Sale, -2, nil, one)
		if err != nil {
			t.Fatal(err)
		}
		states("sold in_stock 1")
		refused("PSA 1 is not there: sold.", item, stock.Sale, -1, nil, one)
		refused("2 pieces are named for 1 units.", item, stock.Sale, -1, nil, one, two)
		refused("2 pieces are named for 1 units.", item, stock.Sale, -1, nil, two, two)
		refused("PSA 2 is not of the item and store that move.", other, stock.Sale, -1, nil, two)
		refused(`invalid input: map[units:[Invalid pk "987654" - object does not exist.]]`, item, stock.Sale, -1, nil, 987654)
		states("sold in_stock 1")
		gone, err := s.post(item, stock.WriteOff, -1, nil, two)
		if err != nil {
			t.Fatal(err)
		}
		states("sold written_off 0")

		refused("PSA 2 did not go by what is returned.", item, stock.Return, 1, &sale.ID, two)
		refused("PSA 1 is not of the item and store that move.", other, stock.Return, 1, nil, one)
		back, err := s.post(item, stock.Return, 1, &sale.ID, one)
		if err != nil {
			t.Fatal(err)
		}
		states("in_stock written_off 1")
		refused("PSA 1 is not gone: in_stock.", item, stock.Return, 1, nil, one)
		if _, err := s.post(item, stock.Receive, 1, &gone.ID, two); err != nil {
			t.Fatal(err)
		}
		states("in_stock in_stock 2")
		if got := s.Get(t, at(one)).Object(t, http.StatusOK); fmt.Sprintf("%v %v", got["came_by"], got["went_by"]) != fmt.Sprintf("%d <nil>", back.ID) {
			t.Errorf("unit = %v", got)
		}
		s.MustVerify(t)
	})
}

// TestTake_onePieceIsSoldOnce sells one piece at eight tills at once.
func TestTake_onePieceIsSoldOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 8)
		one := s.Post(t, unitsPath(item), slab("1")).ID(t, http.StatusCreated)
		errs := make(chan error, 8)
		var wait sync.WaitGroup
		for range cap(errs) {
			wait.Go(func() {
				_, err := s.post(item, stock.Sale, -1, nil, one)
				errs <- err
			})
		}
		wait.Wait()
		sold := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				sold++
			} else if core.KindOf(err) != core.Conflict {
				t.Error(err)
			}
		}
		if sold != 1 || s.Quantity(t, item) != 7 {
			t.Errorf("sold %d times, %d are left", sold, s.Quantity(t, item))
		}
	})
}
