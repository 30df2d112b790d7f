package serial_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/fixtures"
)

const gradersPath = "/api/v1/reference/graders/"

// seed loads the reference data that comes with the program.
func (s *system) seed(t *testing.T) {
	t.Helper()
	tables, err := fixtures.Reference()
	if err == nil {
		_, err = s.Catalog.Load(t.Context(), tables, false)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnit_graderHasToBeKnown(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 9)
		old := s.Post(t, unitsPath(item), slab("1", "grader", "nograder")).ID(t, http.StatusCreated) // nobody knows any
		back := s.Post(t, unitsPath(item), slab("2", "grader", "nograder")).ID(t, http.StatusCreated)
		s.seed(t)
		const unknown = `{"grader": ["Unknown grader: add it to the graders first. Known: ace, bgs, cgc, psa, sgc, tag."]}`
		s.Post(t, unitsPath(item), slab("3", "grader", "nograder")).Want(t, http.StatusBadRequest, unknown)
		id := s.Post(t, unitsPath(item), slab("3", "grader", "PSA")).ID(t, http.StatusCreated)
		s.Patch(t, at(id), `{"grader": "pssa"}`).Want(t, http.StatusBadRequest, unknown)
		s.Patch(t, at(id), `{"grader": "sgc"}`).Want(t, http.StatusOK, "")

		// What was registered before can be changed, can go and come back, and can get its right name.
		s.Patch(t, at(old), `{"grader": "nograder", "grade": "9", "qualifiers": "XX"}`).Want(t, http.StatusOK, "")
		s.Patch(t, at(back), map[string]any{"state": "sold", "movement": s.move(t, item, "sale", -1)}).Want(t, http.StatusOK, "")
		s.Post(t, unitsPath(item), slab("2", "grader", "nograder", "movement", s.move(t, item, "receive", 1))).Want(t, http.StatusCreated, "")
		s.Patch(t, at(old), `{"grader": "psa"}`).Want(t, http.StatusBadRequest, `{"qualifiers": ["PSA does not give XX, but OC, MK, ST, PD, OF, MC."]}`)
		s.Patch(t, at(old), `{"grader": "psa", "qualifiers": "OC"}`).Want(t, http.StatusOK, "")

		other := s.as(t, "mallory")
		other.Post(t, gradersPath, `{"slug": "nograder", "name": "No grader", "lowest": "1", "highest": "10"}`).Want(t, http.StatusCreated, "")
		other.Post(t, unitsPath(other.add(t, "B", 1)), slab("3", "grader", "nograder")).Want(t, http.StatusCreated, "")
		s.Post(t, unitsPath(item), slab("4", "grader", "nograder")).Want(t, http.StatusBadRequest, unknown) // no business of theirs
		for n := range 5 {
			s.Post(t, gradersPath, fmt.Sprintf(`{"slug": "own-%d", "name": "Own", "lowest": "1", "highest": "10"}`, n)).Want(t, http.StatusCreated, "")
		}
		s.Post(t, unitsPath(item), slab("4", "grader", "own-3")).Want(t, http.StatusCreated, "")
		s.Post(t, unitsPath(item), slab("5", "grader", "own-7")).
			Want(t, http.StatusBadRequest, `{"grader": ["Unknown grader: add it to the graders first."]}`)
	})
}

func TestUnit_whatItsGraderGives(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		item := s.add(t, "A", 12)
		s.Post(t, gradersPath, `{"slug": "cgc", "name": "Mine", "lowest": "1", "highest": "9", "qualifiers": "OC"}`).Want(t, http.StatusCreated, "")
		s.seed(t) // CGC is everybody's then, too
		edges, foo := map[string]string{"edges": "9"}, map[string]string{"edges": "9", "foo": "9"}
		for n, tt := range []struct {
			grader, member string
			value          any
			want           string // "" if it is accepted
		}{
			{"psa", "qualifiers", "OC MK", ""},
			{"psa", "qualifiers", "OC ZZ", `{"qualifiers": ["PSA does not give ZZ, but OC, MK, ST, PD, OF, MC."]}`},
			{"psa", "sub_grades", edges, `{"sub_grades": ["PSA gives none."]}`},
			{"psa", "sub_grades", map[string]string{}, ""},
			{"bgs", "sub_grades", edges, ""},
			{"bgs", "sub_grades", foo, `{"sub_grades": ["Beckett (BGS) does not give foo, but centering, corners, edges, surface."]}`},
			{"bgs", "qualifiers", "OC", `{"qualifiers": ["Beckett (BGS) gives none."]}`},
			{"cgc", "qualifiers", "OC", ""},
			{"cgc", "sub_grades", edges, ""},
			{"cgc", "grade", "10", ""},
			{"cgc", "qualifiers", "MK", `{"qualifiers": ["Mine does not give MK, but OC."]}`},
			{"ace", "grade", "9.5", `{"grade": ["ACE Grading gives no such grade."]}`},
		} {
			res := s.Post(t, unitsPath(item), slab(fmt.Sprint(n), "grader", tt.grader, tt.member, tt.value))
			if tt.want == "" {
				res.Want(t, http.StatusCreated, "")
				continue
			}
			res.Want(t, http.StatusBadRequest, tt.want)
			id := s.Post(t, unitsPath(item), slab(fmt.Sprint(n), "grader", tt.grader)).ID(t, http.StatusCreated)
			s.Patch(t, at(id), map[string]any{tt.member: tt.value}).Want(t, http.StatusBadRequest, tt.want)
		}
	})
}
