package stock_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

const transfersPath = "/api/v1/stock/transfers/"

// send sends units of an item to a store, and returns the transfer's path.
func (s *system) send(t *testing.T, item, to int64, units int) string {
	t.Helper()
	body := map[string]any{"from_store": s.Store, "to_store": to, "lines": []any{map[string]any{"item": item, "units": units}}, "note": "for the fair"}
	return fmt.Sprintf("%s%d/", transfersPath, s.Post(t, transfersPath, body).ID(t, http.StatusCreated))
}

// places are where the units of an item are, as "store: units, held".
func (s *system) places(t *testing.T, item int64) (places []string) {
	t.Helper()
	answer := s.Get(t, itemPath(item)+"stock/").Object(t, http.StatusOK)
	for _, value := range answer["places"].([]any) {
		p := value.(map[string]any)
		places = append(places, fmt.Sprintf("%v: %v, %v held", p["store"], p["quantity"], p["held"]))
	}
	if n := asInt(t, answer["in_transit"]); n > 0 {
		places = append(places, fmt.Sprintf("%d underway", n))
	}
	return places
}

func (s *system) wantPlaces(t *testing.T, item int64, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.places(t, item)); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	s.MustVerify(t)
}

func TestTransfer_receivedInPartsAndCancelled(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		path := s.send(t, id, annex, 3)
		s.wantPlaces(t, id, fmt.Sprintf("%d: 2, 0 held", s.Store), "3 underway")
		part := map[string]any{"lines": []any{map[string]any{"item": id, "units": 1}}}
		s.Post(t, path+"receive/", part).Want(t, http.StatusOK, "")
		s.wantPlaces(t, id, fmt.Sprintf("%d: 2, 0 held", s.Store), fmt.Sprintf("%d: 1, 0 held", annex), "2 underway")
		tooMany := map[string]any{"lines": []any{map[string]any{"item": id, "units": 3}}}
		s.Post(t, path+"receive/", tooMany).Want(t, http.StatusConflict, `{"detail": "Of A there are 2 units on their way, not 3."}`)
		s.Post(t, path+"cancel/", nil).Want(t, http.StatusOK, "")
		for _, how := range []string{"cancel/", "receive/"} {
			s.Post(t, path+how, nil).Want(t, http.StatusConflict, `{"detail": "Nothing of this transfer is on its way any more."}`)
		}
		s.wantPlaces(t, id, fmt.Sprintf("%d: 4, 0 held", s.Store), fmt.Sprintf("%d: 1, 0 held", annex))
		there := fmt.Sprintf("@%d for the fair", annex)
		want := []string{"receive 5 -> 5 @home", "transfer -3 -> 2 @home for the fair", "transfer 1 -> 1 " + there, "transfer 2 -> 4 @home for the fair"}
		if diff := cmp.Diff(want, s.rows(t, s.App.DB, id)); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
		if n := s.Quantity(t, id); n != 4 {
			t.Errorf("v1 shows %d units, want those of the item's own store: 4", n)
		}
		moved := asInt(t, s.Get(t, movementsPath(id)).List(t)[0]["id"])
		s.Post(t, undoPath(moved), nil).Want(t, http.StatusConflict, `{"detail": "Movements of this kind cannot be undone."}`)
	})
}

func TestTransfer_soldWhereItIs(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		body := map[string]any{"from_store": s.Store, "to_store": annex, "received": true, "lines": []any{map[string]any{"item": id, "units": 2}}}
		s.Post(t, transfersPath, body).Want(t, http.StatusCreated, "")
		sell := func(units int) *apptest.Response {
			return s.Post(t, movementsPath(id), map[string]any{"kind": "sale", "delta": -units, "store": annex})
		}
		sell(3).Want(t, http.StatusConflict, `{"detail": "Insufficient stock of A: there are 2 units, not 3."}`)
		sell(1).Want(t, http.StatusCreated, "")
		s.wantPlaces(t, id, fmt.Sprintf("%d: 3, 0 held", s.Store), fmt.Sprintf("%d: 1, 0 held", annex))

		// A client that knows one store puts the item where some of it lies: that stays, and counts.
		s.Patch(t, itemPath(id), map[string]any{"store": annex}).Want(t, http.StatusOK, "")
		s.wantPlaces(t, id, fmt.Sprintf("%d: 4, 0 held", annex))
		sell(2).Want(t, http.StatusCreated, "")
		if n := s.Quantity(t, id); n != 2 {
			t.Errorf("v1 shows %d units, want all that lie in the item's own store: 2", n)
		}
		s.wantPlaces(t, id, fmt.Sprintf("%d: 2, 0 held", annex))
	})
}

func TestTransfer_badInputWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex, other := s.add(t, "A", 5), s.OpenStore(t, "Annex"), s.as(t, "dave")
		foreign := other.add(t, "FOREIGN", 5)
		line := func(item int64, units any) map[string]any { return map[string]any{"item": item, "units": units} }
		request := func(from, to int64, lines ...map[string]any) map[string]any {
			return map[string]any{"from_store": from, "to_store": to, "lines": lines}
		}
		const noAccess, noItem = `{"detail": "You do not have access to that store."}`, `{"detail": "Collectible matching query does not exist."}`
		for _, tt := range []struct {
			name   string
			body   map[string]any
			status int
			want   string
		}{
			{"same store", request(s.Store, s.Store, line(id, 1)), http.StatusBadRequest, `{"to_store": ["A transfer goes to another store."]}`},
			{"no lines", request(s.Store, annex), http.StatusBadRequest, ""},
			{"no units", request(s.Store, annex, line(id, 0)), http.StatusBadRequest, ""},
			{"negative units", request(s.Store, annex, line(id, -1)), http.StatusBadRequest, ""},
			{"twice", request(s.Store, annex, line(id, 1), line(id, 1)), http.StatusBadRequest, `{"lines": [{}, {"item": ["This item is in the list already."]}]}`},
			{"too many", request(s.Store, annex, line(id, 6)), http.StatusConflict, `{"detail": "Insufficient stock of A: there are 5 units, not 6."}`},
			{"to a foreign store", request(s.Store, other.Store, line(id, 1)), http.StatusForbidden, noAccess},
			{"from a foreign store", request(other.Store, annex, line(id, 1)), http.StatusForbidden, noAccess},
			{"to no store", request(s.Store, 987654, line(id, 1)), http.StatusForbidden, noAccess},
			{"a foreign item", request(s.Store, annex, line(id, 1), line(foreign, 1)), http.StatusNotFound, noItem},
		} {
			s.Post(t, transfersPath, tt.body).Want(t, tt.status, tt.want)
		}
		s.wantPlaces(t, id, fmt.Sprintf("%d: 5, 0 held", s.Store))
		path := s.send(t, id, annex, 1)
		for _, how := range []string{"", "receive/", "cancel/"} {
			method := http.MethodPost
			if how == "" {
				method = http.MethodGet
			}
			other.Do(t, method, path+how, nil).Want(t, http.StatusNotFound, `{"detail": "No Transfer matches the given query."}`)
		}
		other.Get(t, transfersPath).Want(t, http.StatusOK, "[]")
		s.Post(t, path+"receive/", map[string]any{"lines": []any{line(foreign, 1)}}).Want(t, http.StatusBadRequest, "")
	})
}

func TestTransfer_whoMay(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		seller, there, viewer := s.Hire(t, "bob", "sales", s.Store), s.Hire(t, "carol", "sales", annex), s.Hire(t, "erin", "view_only", s.Store)
		body := map[string]any{"from_store": s.Store, "to_store": annex, "lines": []any{map[string]any{"item": id, "units": 1}}}
		const noAccess = `{"detail": "You do not have access to that store."}`
		viewer.Post(t, transfersPath, body).Want(t, http.StatusForbidden, noAccess)
		there.Post(t, transfersPath, body).Want(t, http.StatusForbidden, noAccess)
		path := fmt.Sprintf("%s%d/", transfersPath, seller.Post(t, transfersPath, body).ID(t, http.StatusCreated))
		seller.Post(t, path+"receive/", nil).Want(t, http.StatusForbidden, noAccess)
		viewer.Get(t, path).Want(t, http.StatusOK, "")
		there.Post(t, path+"receive/", nil).Want(t, http.StatusOK, "")
		body["received"] = true
		seller.Post(t, transfersPath, body).Want(t, http.StatusForbidden, noAccess) // it would arrive where they may not write
		s.wantPlaces(t, id, fmt.Sprintf("%d: 4, 0 held", s.Store), fmt.Sprintf("%d: 1, 0 held", annex))
	})
}

func TestTransfer_clientKeyOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		body := map[string]any{"from_store": s.Store, "to_store": annex, "lines": []any{map[string]any{"item": id, "units": 2}}, "client_key": "k"}
		first := s.Post(t, transfersPath, body).ID(t, http.StatusCreated)
		if again := s.Post(t, transfersPath, body).ID(t, http.StatusOK); again != first {
			t.Errorf("transfer %d, want %d", again, first)
		}
		body["lines"] = []any{map[string]any{"item": id, "units": 3}}
		s.Post(t, transfersPath, body).Want(t, http.StatusUnprocessableEntity, `{"detail": "This client_key stands for another transfer."}`)
		s.wantPlaces(t, id, fmt.Sprintf("%d: 3, 0 held", s.Store), "2 underway")
	})
}

func TestLevel_goesWithItsItemAndBindsItsStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id, annex, fair := s.add(t, "A", 5), s.OpenStore(t, "Annex"), s.OpenStore(t, "Fair")
		s.Post(t, s.send(t, id, annex, 2)+"receive/", nil).Want(t, http.StatusOK, "")
		path := s.send(t, id, fair, 1)
		for _, store := range []int64{annex, fair} {
			s.Delete(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", store)).
				Want(t, http.StatusConflict, `{"detail": "Stock lies in the store, or is on its way: 1. Move it first."}`)
		}
		s.Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
		want := []string{"write_off -2 -> 0 @home deleted", fmt.Sprintf("write_off -2 -> 0 @%d deleted", annex)}
		if rows := s.rows(t, s.App.DB, id); !cmp.Equal(want, rows[len(rows)-2:]) {
			t.Errorf("ledger = %v, want it to end with %v", rows, want)
		}
		s.MustVerify(t)
		s.Post(t, path+"receive/", nil).Want(t, http.StatusOK, "") // of what is deleted, nothing comes
		s.MustVerify(t)
		for _, store := range []int64{annex, fair} {
			s.Delete(t, fmt.Sprintf("/api/v1/vendor-stores/%d/", store)).Want(t, http.StatusNoContent, "")
		}
	})
}

func TestExternal_knowsLevels(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		if !db.IsPostgres(s.App.DB) {
			return // nobody else writes there
		}
		id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
		s.Post(t, s.send(t, id, annex, 2)+"receive/", nil).Want(t, http.StatusOK, "")
		s.MustExec(t, "UPDATE collectibles_collectible SET store_id = ?, quantity = 4 WHERE id = ?", annex, id)
		s.wantPlaces(t, id, fmt.Sprintf("%d: 6, 0 held", annex))
		s.MustExec(t, "DELETE FROM collectibles_stockledger")
		s.MustExec(t, "DELETE FROM collectibles_collectible WHERE id = ?", id)
		want := []string{"external 4 -> 6 @there moved", "external -4 -> 2 @there deleted", "external -2 -> 0 @there deleted"}
		rows := s.rows(t, s.App.DB, id)
		for i := range want {
			want[i] = replaceStore(want[i], annex)
		}
		if !cmp.Equal(want, rows[len(rows)-3:]) {
			t.Errorf("ledger = %v, want it to end with %v", rows, want)
		}
		s.MustVerify(t)
	})
}

// TestExternal_placesThatDjangoDoesNotKnow: what lies elsewhere does not outlive what it belongs to.
func TestExternal_placesThatDjangoDoesNotKnow(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		if !db.IsPostgres(s.App.DB) {
			return // nobody else writes there
		}
		annex, fair := s.OpenStore(t, "Annex"), s.OpenStore(t, "Fair")
		moved, left := s.add(t, "MOVED", 5), s.add(t, "LEFT", 5)
		for _, id := range []int64{moved, left} {
			s.Post(t, s.send(t, id, annex, 2)+"receive/", nil).Want(t, http.StatusOK, "")
		}
		s.Post(t, s.send(t, left, fair, 1)+"receive/", nil).Want(t, http.StatusOK, "")
		s.MustExec(t, "UPDATE collectibles_collectible SET vendor_id = NULL WHERE id = ?", moved)
		s.MustExec(t, "DELETE FROM collectibles_stockledger")
		s.MustExec(t, "DELETE FROM collectibles_store WHERE id = ?", annex)
		s.wantPlaces(t, left, fmt.Sprintf("%d: 2, 0 held", s.Store), fmt.Sprintf("%d: 1, 0 held", fair))
		s.MustExec(t, "TRUNCATE collectibles_collectible RESTART IDENTITY CASCADE")
		again := s.add(t, "AGAIN", 0)
		if places := s.places(t, again); again != moved || len(places) > 0 {
			t.Errorf("item %d, which has the id of one that is gone, lies in %v", again, places)
		}
	})
}
