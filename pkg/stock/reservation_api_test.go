package stock_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const reservationsPath = "/api/v1/stock/reservations/"

func replaceStore(text string, store int64) string {
	return strings.ReplaceAll(text, "@there", fmt.Sprintf("@%d", store))
}

func TestReservation_holdsUntilItEnds(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		reserve := func(units int) int64 {
			return s.Post(t, reservationsPath, map[string]any{"item": id, "units": units, "reference": "Ms. Hill"}).ID(t, http.StatusCreated)
		}
		first := reserve(3)
		s.wantPlaces(t, id, fmt.Sprintf("%d: 5, 3 held", s.Store))
		const tooFew = `{"detail": "Insufficient stock of A: there are 5 units and 3 of them are held, not 3."}`
		s.Post(t, reservationsPath, map[string]any{"item": id, "units": 3}).Want(t, http.StatusConflict, tooFew)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -3}`).Want(t, http.StatusConflict, tooFew)
		line := []any{map[string]any{"item": id, "units": 3}}
		s.Post(t, transfersPath, map[string]any{"from_store": s.Store, "to_store": annex, "lines": line}).Want(t, http.StatusConflict, tooFew)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -2}`).Want(t, http.StatusCreated, "")
		s.Post(t, movementsPath(id), `{"kind": "write_off", "delta": -1}`).Want(t, http.StatusCreated, "") // what is broken is gone
		s.wantPlaces(t, id, fmt.Sprintf("%d: 2, 3 held", s.Store))

		release := fmt.Sprintf("%s%d/release/", reservationsPath, first)
		if got := s.Post(t, release, nil).Object(t, http.StatusOK); got["state"] != "released" {
			t.Errorf("reservation = %v", got)
		}
		s.Post(t, release, nil).Want(t, http.StatusConflict, `{"detail": "This reservation holds nothing any more."}`)
		second := reserve(2)
		s.MustExec(t, "UPDATE omnistock_reservation SET expires_at = ? WHERE id = ?", time.Now().UTC().Add(-time.Second), second)
		s.Post(t, fmt.Sprintf("%s%d/release/", reservationsPath, second), nil).
			Want(t, http.StatusConflict, `{"detail": "This reservation holds nothing any more."}`)
		s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -2}`).Want(t, http.StatusCreated, "")
		for state, want := range map[string]int{"": 2, "?state=expired": 1, "?state=held": 0, "?state=released": 1} {
			if got := len(s.Get(t, reservationsPath+state).List(t)); got != want {
				t.Errorf("%d reservations %s, want %d", got, state, want)
			}
		}
		s.MustVerify(t)
	})
}

func TestReservation_badInputHoldsNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, other := s.add(t, "A", 5), s.as(t, "dave")
		viewer := s.Hire(t, "erin", "view_only", s.Store)
		for body, want := range map[string]int{
			`{"item": %d, "units": 0}`: 400, `{"item": %d, "units": -1}`: 400, `{"item": %d, "units": 1, "hold_seconds": 0}`: 400,
			`{"item": %d, "units": 1, "hold_seconds": 7776001}`: 400, `{"item": %d, "units": 2147483648}`: 400,
			`{"item": %d, "units": 1, "store": 987654}`: 403, `{"units": 1}`: 400,
		} {
			if strings.Contains(body, "%d") {
				body = fmt.Sprintf(body, id)
			}
			s.Post(t, reservationsPath, body).Want(t, want, "")
		}
		body := map[string]any{"item": id, "units": 1}
		other.Post(t, reservationsPath, body).Want(t, http.StatusNotFound, "")
		viewer.Post(t, reservationsPath, body).Want(t, http.StatusForbidden, "")
		body["client_key"] = "k"
		held := s.Post(t, reservationsPath, body).ID(t, http.StatusCreated)
		if again := s.Post(t, reservationsPath, body).ID(t, http.StatusOK); again != held {
			t.Errorf("reservation %d, want %d", again, held)
		}
		body["units"] = 2
		s.Post(t, reservationsPath, body).Want(t, http.StatusUnprocessableEntity, `{"detail": "This client_key stands for another reservation."}`)
		other.Post(t, fmt.Sprintf("%s%d/release/", reservationsPath, held), nil).Want(t, http.StatusNotFound, "")
		other.Get(t, reservationsPath).Want(t, http.StatusOK, "[]")
		s.wantPlaces(t, id, fmt.Sprintf("%d: 5, 1 held", s.Store))
	})
}

// TestReservation_neverPromisedTwice lets many hold and buy the same units at once.
func TestReservation_neverPromisedTwice(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		const units, clients = 20, 64
		id := s.add(t, "A", units)
		var held, sold atomic.Int64
		var group sync.WaitGroup
		for i := range clients {
			group.Go(func() {
				if i%2 == 0 {
					if _, _, err := s.Stock.Reserve(s.Ctx, stock.ReservationRequest{ItemID: id, Units: 1, Hold: time.Hour}); err == nil {
						held.Add(1)
					} else if core.KindOf(err) != core.Conflict {
						t.Error(err)
					}
					return
				}
				if _, _, err := s.Stock.Move(s.Ctx, id, stock.Order{Kind: stock.Sale, Delta: core.Some(int32(-1))}); err == nil {
					sold.Add(1)
				} else if core.KindOf(err) != core.Conflict {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if held.Load()+sold.Load() != units {
			t.Errorf("%d held and %d sold of %d", held.Load(), sold.Load(), units)
		}
		s.wantPlaces(t, id, fmt.Sprintf("%d: %d, %d held", s.Store, units-sold.Load(), held.Load()))
	})
}
