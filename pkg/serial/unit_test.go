package serial_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/serial"
)

func TestUnit_isRegisteredOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item, other := s.add(t, "A", 2), s.add(t, "B", 2)
		made := s.Post(t, unitsPath(item), slab("ab12", "grader", "BGS", "grade", "9.5", "qualifiers", "OC", "position", "Binder 3, page 2",
			"sub_grades", map[string]string{"centering": "9.5", "edges": "10"}, "unit_cost", "120.00"))
		id := made.ID(t, http.StatusCreated)
		got := s.Get(t, at(id)).Object(t, http.StatusOK)
		if diff := cmp.Diff(made.Object(t, http.StatusCreated), got); diff != "" {
			t.Errorf("made and got (-made +got):\n%s", diff)
		}
		text := fmt.Sprint(got["grader"], got["certificate"], got["grade"], got["sub_grades"], got["state"], got["came_by"])
		if want := "bgsAB129.5map[centering:9.5 edges:10]in_stock<nil>"; text != want {
			t.Errorf("unit = %s, want %s", text, want)
		}
		known := fmt.Sprintf(`{"detail": "BGS AB12 is registered already: in_stock.", "unit": %d, "item": %d, "store": %d, "state": "in_stock"}`, id, item, s.Store)
		s.Post(t, unitsPath(item), slab("AB12", "grader", "bgs")).Want(t, http.StatusConflict, known)
		s.Post(t, unitsPath(other), slab("Ab12", "grader", "bgs")).Want(t, http.StatusConflict, known)
		s.Post(t, unitsPath(other), slab("AB12")).Want(t, http.StatusCreated, "") // of another grader
		foreign := s.as(t, "mallory")
		foreign.Post(t, unitsPath(foreign.add(t, "C", 1)), slab("AB12", "grader", "bgs")).Want(t, http.StatusCreated, "") // no business of theirs

		found := s.Get(t, path+"?grader=BGS&certificate=ab12").List(t)
		if len(found) != 1 || fmt.Sprint(found[0]["id"]) != fmt.Sprint(id) {
			t.Errorf("found = %v", found)
		}
		page := s.Get(t, path+"?limit=1&state=in_stock")
		if link := page.Header.Get("Link"); !strings.Contains(link, "state=in_stock") || !strings.Contains(link, `rel="next"`) {
			t.Errorf("Link = %s", link)
		}
		if n := len(s.Get(t, unitsPath(item)).List(t)); n != 1 {
			t.Errorf("%d units of the item, want 1", n)
		}
		if n := s.Quantity(t, item); n != 2 {
			t.Errorf("quantity = %d: registering moves nothing", n)
		}
		s.MustVerify(t)
	})
}

func TestUnit_noMorePiecesThanUnits(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		item := s.add(t, "A", 1)
		first := s.Post(t, unitsPath(item), slab("1")).ID(t, http.StatusCreated)
		full := `{"detail": "Each of the 1 units in that store has its certificate: receive another one first."}`
		s.Post(t, unitsPath(item), slab("2")).Want(t, http.StatusConflict, full)
		s.Patch(t, at(first), `{"state": "at_grader"}`).Want(t, http.StatusOK, "")
		second := s.Post(t, unitsPath(item), slab("2")).ID(t, http.StatusCreated)
		s.Patch(t, at(first), `{"state": "held"}`).Want(t, http.StatusConflict, full)
		s.Patch(t, at(second), map[string]any{"store": annex}).
			Want(t, http.StatusConflict, strings.Replace(full, "1 units", "0 units", 1))
		s.move(t, item, "receive", 1)
		s.Patch(t, at(first), `{"state": "held", "position": "Safe", "grade": "10"}`).Want(t, http.StatusOK, "")

		if msgs, err := s.Serials.Module().Diagnoses[0].Run(t.Context()); err != nil || len(msgs) != 0 {
			t.Errorf("diagnosis = %v, %v", msgs, err)
		}
		sold := s.move(t, item, "sale", -1) // somebody who named no piece
		msgs, err := s.Serials.Module().Diagnoses[0].Run(t.Context())
		if err != nil || len(msgs) != 1 || !strings.Contains(fmt.Sprint(msgs[0]), fmt.Sprintf("2 pieces of item %d in store %d, 1 units", item, s.Store)) {
			t.Errorf("diagnosis = %v, %v", msgs, err)
		}
		s.Patch(t, at(second), map[string]any{"state": "sold", "movement": sold}).Want(t, http.StatusOK, "")
		s.Patch(t, at(first), map[string]any{"state": "sold", "movement": sold}).
			Want(t, http.StatusBadRequest, `{"movement": ["Each of the units of this movement has its certificate."]}`)
		if msgs, err := s.Serials.Module().Diagnoses[0].Run(t.Context()); err != nil || len(msgs) != 0 {
			t.Errorf("diagnosis = %v, %v", msgs, err)
		}
		s.Delete(t, fmt.Sprintf("/api/v1/collectibles/%d/", item)).Want(t, http.StatusNoContent, "")
		s.Patch(t, at(first), `{"state": "written_off"}`).Want(t, http.StatusOK, "")
		if n := len(s.Get(t, unitsPath(item)).List(t)); n != 2 {
			t.Errorf("%d units of the item that is gone, want 2", n)
		}
	})
}

func TestUnit_comesBackByAMovement(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item, other := s.add(t, "A", 1), s.add(t, "B", 0)
		id := s.Post(t, unitsPath(item), slab("1", "grade", "9")).ID(t, http.StatusCreated)
		sold := s.move(t, item, "sale", -1)
		s.Patch(t, at(id), map[string]any{"state": "sold", "movement": sold}).Want(t, http.StatusOK, "")
		s.Patch(t, at(id), `{"state": "in_stock"}`).Want(t, http.StatusConflict, `{"detail": "This unit is gone: it comes back by a movement."}`)
		s.Patch(t, at(id), `{"qualifiers": "OC"}`).Want(t, http.StatusOK, "")
		bought := s.move(t, other, "receive", 1)
		s.Post(t, unitsPath(other), slab("1")).Want(t, http.StatusConflict,
			fmt.Sprintf(`{"detail": "PSA 1 is registered already: sold.", "unit": %d, "item": %d, "store": %d, "state": "sold"}`, id, item, s.Store))
		for _, movement := range []int64{sold, 987654} {
			s.Post(t, unitsPath(other), slab("1", "movement", movement)).Want(t, http.StatusBadRequest, "")
		}
		back := s.Post(t, unitsPath(other), slab("1", "movement", bought, "position", "Safe")).Object(t, http.StatusCreated)
		want := fmt.Sprint(id, " ", other, " in_stock 9.0 ", bought, " <nil> Safe OC")
		if got := fmt.Sprint(back["id"], " ", back["item"], " ", back["state"], " ", back["grade"], " ", back["came_by"], " ", back["went_by"], " ",
			back["position"], " ", back["qualifiers"]); got != want {
			t.Errorf("unit = %s, want %s", got, want)
		}
		s.Post(t, unitsPath(other), slab("2", "movement", bought)).
			Want(t, http.StatusBadRequest, `{"movement": ["Each of the units of this movement has its certificate."]}`)
	})
}

func TestUnit_badInput(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 5)
		for body, field := range map[string]string{
			`{"certificate": "1"}`:                                                 "grader",
			`{"grader": "psa"}`:                                                    "certificate",
			`{"grader": "psa", "certificate": ""}`:                                 "certificate",
			`{"grader": "p s a", "certificate": "1"}`:                              "grader",
			`{"grader": "-", "certificate": "1"}`:                                  "grader",
			`{"grader": "psa", "certificate": "1", "grade": "0.5"}`:                "grade",
			`{"grader": "psa", "certificate": "1", "grade": "10.5"}`:               "grade",
			`{"grader": "psa", "certificate": "1", "grade": "9.3"}`:                "grade",
			`{"grader": "psa", "certificate": "1", "grade": "NaN"}`:                "grade",
			`{"grader": "psa", "certificate": "1", "sub_grades": []}`:              "sub_grades",
			`{"grader": "psa", "certificate": "1", "sub_grades": {"edges": 9.5}}`:  "sub_grades",
			`{"grader": "psa", "certificate": "1", "sub_grades": {"edges": "11"}}`: "sub_grades",
			`{"grader": "psa", "certificate": "1", "unit_cost": "-1"}`:             "unit_cost",
			`{"grader": "psa", "certificate": "1", "store": 987654}`:               "store",
			`{"grader": "psa", "certificate": "1", "movement": 987654}`:            "movement",
			`{"grader": "psa", "certificate": "` + strings.Repeat("1", 51) + `"}`:  "certificate",
		} {
			res := s.Post(t, unitsPath(item), body)
			if res.Status != http.StatusBadRequest || !strings.HasPrefix(string(res.Body), `{"`+field+`":[`) {
				t.Errorf("%s: %d %s", body, res.Status, res.Body)
			}
		}
		s.Post(t, "/api/v1/reference/graders/", `{"slug": "whole", "name": "Whole grades", "lowest": "1", "highest": "10", "half_grades": false}`).
			Want(t, http.StatusCreated, "")
		s.Post(t, unitsPath(item), slab("1", "grader", "Whole", "grade", "9.5")).
			Want(t, http.StatusBadRequest, `{"grade": ["Whole grades gives no such grade."]}`)
		id := s.Post(t, unitsPath(item), slab("1", "grader", "whole", "grade", "9")).ID(t, http.StatusCreated)
		s.Patch(t, at(id), `{"grade": "8.5"}`).Want(t, http.StatusBadRequest, `{"grade": ["Whole grades gives no such grade."]}`)
		s.Post(t, "/api/v1/reference/graders/", `{"slug": "psa", "name": "PSA", "lowest": "1", "highest": "10", "half_grades": true}`).
			Want(t, http.StatusCreated, "")
		s.Patch(t, at(id), `{"grader": "psa", "grade": "8.5"}`).Want(t, http.StatusOK, "")
		s.Post(t, unitsPath(item), slab("2")).Want(t, http.StatusCreated, "")
		s.Patch(t, at(id), `{"certificate": "2"}`).Want(t, http.StatusBadRequest, `{"certificate": ["Another unit has this certificate."]}`)
		s.Patch(t, at(id), `{"state": "lost"}`).Want(t, http.StatusBadRequest, "")
		s.Get(t, path+"?cursor=x").Want(t, http.StatusBadRequest, `{"cursor": ["Invalid cursor"]}`)
		for _, path := range []string{unitsPath(987654), at(987654)} {
			s.Get(t, path).Want(t, http.StatusNotFound, "")
		}
		if n := s.Number(t, "SELECT count(*) FROM omnistock_serial_unit"); n != 2 {
			t.Errorf("%d units, want 2", n)
		}
	})
}

func TestUnit_permissionsOfTheStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		item := s.add(t, "A", 5)
		viewer, seller, elsewhere := s.Hire(t, "vera", "view_only", s.Store), s.Hire(t, "sam", "sales", s.Store), s.Hire(t, "eve", "sales", annex)
		other := s.as(t, "mallory")
		id := seller.Post(t, unitsPath(item), slab("1", "unit_cost", "5.00")).ID(t, http.StatusCreated)
		for permissions, want := range map[string]any{`{"see_cost": false}`: nil, `{}`: "5.00"} {
			s.SetPermissions(t, permissions)
			for _, got := range []map[string]any{
				seller.Get(t, at(id)).Object(t, http.StatusOK), seller.Get(t, path).List(t)[0],
				seller.Patch(t, at(id), `{"position": "x"}`).Object(t, http.StatusOK),
			} {
				if got["unit_cost"] != want {
					t.Errorf("%s: unit cost = %v, want %v", permissions, got["unit_cost"], want)
				}
			}
		}
		viewer.Get(t, at(id)).Want(t, http.StatusOK, "")
		viewer.Post(t, unitsPath(item), slab("2")).Want(t, http.StatusForbidden, "")
		viewer.Patch(t, at(id), `{"position": "x"}`).Want(t, http.StatusForbidden, "")
		elsewhere.Get(t, at(id)).Want(t, http.StatusForbidden, "")
		elsewhere.Post(t, unitsPath(item), slab("1")).Want(t, http.StatusForbidden, "")
		seller.Patch(t, at(id), map[string]any{"store": annex}).Want(t, http.StatusForbidden, "")
		if n := len(elsewhere.Get(t, path).List(t)); n != 0 {
			t.Errorf("%d units of another store are listed", n)
		}
		for _, path := range []string{unitsPath(item), at(id)} {
			other.Get(t, path).Want(t, http.StatusNotFound, "")
		}
		other.Patch(t, at(id), `{"position": "x"}`).Want(t, http.StatusNotFound, "")
	})
}

// TestRegister_race registers the same certificates, and more than there are units, from sixteen sides at once.
func TestRegister_race(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		items := []int64{s.add(t, "A", 3), s.add(t, "B", 3)}
		var wait sync.WaitGroup
		for g := range 16 {
			wait.Go(func() {
				for n := range 5 {
					_, err := s.Serials.Register(s.Ctx, items[(g+n)%2], serial.Change{Grader: core.Some("psa"), Certificate: core.Some(fmt.Sprint(n))})
					if err != nil && core.KindOf(err) != core.Conflict {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		for _, item := range items {
			if n := s.Number(t, "SELECT count(*) FROM omnistock_serial_unit WHERE item_id = ?", item); n < 1 || n > 3 {
				t.Errorf("%d units of an item of which there are 3", n)
			}
		}
		if n := s.Number(t, "SELECT count(*) FROM omnistock_serial_unit"); n != 5 {
			t.Errorf("%d units, want 5", n)
		}
	})
}
