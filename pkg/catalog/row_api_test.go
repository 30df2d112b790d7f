package catalog_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// samples are rows that a vendor may add, by list; {axis} is the id of an axis.
func samples(axis int64) map[string]map[string]any {
	return map[string]map[string]any{
		"eras":        {"slug": "mine", "name": "Mine", "game": "other", "starts_in": 2001},
		"sets":        {"slug": "mine", "name": "Mine", "game": "other", "era": nil, "code": "MI", "released_on": "2001-02-03"},
		"products":    {"slug": "mine", "name": "Mine", "game": "other", "kind": "mystery-box", "packs": 3, "cards": nil},
		"accessories": {"slug": "mine", "name": "Mine", "kind": "sleeves"},
		"graders":     {"slug": "mine", "name": "Mine", "lowest": "1.0", "highest": "10.0", "half_grades": true, "qualifiers": "OC", "subgrades": ""},
		"axes":        {"slug": "mine", "name": "Mine", "position": 7},
		"values":      {"slug": "mine", "name": "Mine", "axis": axis, "position": 7},
	}
}

func at(list string, id int64) string { return fmt.Sprintf("%s%s/%d/", reference, list, id) }

func TestRows_ownAreTheVendorsAlone(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		axis := find(t, s.alice.Client, "axes/?", "finish")
		for list, body := range samples(axis) {
			res := s.alice.Post(t, reference+list+"/", body)
			row, id := res.Object(t, http.StatusCreated), res.ID(t, http.StatusCreated)
			for field, value := range body {
				if fmt.Sprint(row[field]) != fmt.Sprint(value) {
					t.Errorf("%s: %s = %v, want %v", list, field, row[field], value)
				}
			}
			if fmt.Sprint(row["vendor"]) != fmt.Sprint(s.alice.Vendor) {
				t.Errorf("%s: vendor = %v, want %d", list, row["vendor"], s.alice.Vendor)
			}
			for _, method := range []string{http.MethodGet, http.MethodPatch, http.MethodDelete} {
				s.dave.Do(t, method, at(list, id), map[string]any{"name": "Stolen"}).Want(t, http.StatusNotFound, "")
			}
			if rows := s.dave.Get(t, reference+list+"/?q=mine").List(t); len(rows) != 0 {
				t.Errorf("%s: another vendor sees %v", list, rows)
			}
			s.dave.Post(t, reference+list+"/", body).Want(t, http.StatusCreated, "") // their own slug is theirs
			s.alice.Post(t, reference+list+"/", body).Want(t, http.StatusBadRequest, `{"slug":["There is one with this slug already."]}`)
			if row := s.alice.Patch(t, at(list, id), map[string]any{"name": "New"}).Object(t, http.StatusOK); row["name"] != "New" || row["slug"] != "mine" {
				t.Errorf("%s: changed = %v", list, row)
			}
			s.alice.Delete(t, at(list, id)).Want(t, http.StatusNoContent, "")
			s.alice.Get(t, at(list, id)).Want(t, http.StatusNotFound, "")
		}
	})
}

func TestRows_everybodysAreNobodysToChange(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		for list := range samples(0) {
			row := s.alice.Get(t, reference+list+"/?limit=1").List(t)[0]
			path := fmt.Sprintf("%s%s/%v/", reference, list, row["id"])
			s.alice.Patch(t, path, map[string]any{"name": "Mine"}).Want(t, http.StatusForbidden,
				`{"detail":"This belongs to everybody: you can change only what your vendor added."}`)
			s.alice.Delete(t, path).Want(t, http.StatusForbidden, "")
			body := samples(1)[list]
			if body["slug"] = row["slug"]; list == "values" {
				body["axis"] = row["axis"]
			}
			s.alice.Post(t, reference+list+"/", body).Want(t, http.StatusBadRequest, `{"slug":["There is one with this slug already."]}`)
		}
	})
}

func TestRows_whoMayAdd(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		body := samples(0)["eras"]
		const no = `{"detail":"You do not have permission to perform this action."}`
		for role, status := range map[string]int{
			"admin": 201, "manager": 201, "member": 403, "staff": 403, "billing": 403, "viewer": 403,
		} {
			client := s.alice.Employ(t, role, role)
			body["slug"] = role
			if res := client.Post(t, reference+"eras/", body); res.Status != status {
				t.Errorf("%s: status = %d, want %d", role, res.Status, status)
			}
			client.Get(t, reference+"eras/").List(t)
		}
		stranger := s.SignUp(t, "stranger")
		stranger.Post(t, reference+"eras/", body).Want(t, http.StatusForbidden, no)
		stranger.Get(t, reference+"eras/").Want(t, http.StatusOK, "[]")
		s.Client.Get(t, reference+"eras/").Want(t, http.StatusUnauthorized, "")
	})
}

func TestRows_badInput(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		theirs := s.dave.Post(t, reference+"eras/", samples(0)["eras"]).ID(t, http.StatusCreated)
		theirAxis := s.dave.Post(t, reference+"axes/", samples(0)["axes"]).ID(t, http.StatusCreated)
		unknown := func(id int64) string { return fmt.Sprintf(`["Invalid pk \"%d\" - object does not exist."]`, id) }
		for _, c := range []struct {
			list, field string
			value       any
			want        string
		}{
			{"eras", "slug", "Not A Slug", `{"slug":["Use small letters and digits, with hyphens between them, such as base-set."]}`},
			{"eras", "slug", strings.Repeat("x", 101), `{"slug":["Ensure this field has no more than 100 characters."]}`},
			{"eras", "name", strings.Repeat("x", 201), `{"name":["Ensure this field has no more than 200 characters."]}`},
			{"eras", "name", nil, `{"name":["This field may not be null."]}`},
			{"eras", "game", "Poké mon", `{"game":["Use small letters and digits, with hyphens between them, such as base-set."]}`},
			{"eras", "starts_in", 12, ""},
			{"sets", "era", theirs, `{"era":` + unknown(theirs) + `}`},
			{"sets", "era", 4711, `{"era":` + unknown(4711) + `}`},
			{"sets", "released_on", "yesterday", ""},
			{"products", "set", 4711, `{"set":` + unknown(4711) + `}`},
			{"products", "packs", -1, ""},
			{"graders", "lowest", "10.5", `{"highest":["The highest grade cannot be below the lowest one."]}`},
			{"graders", "lowest", "-1", `{"lowest":["A grade cannot be negative."]}`},
			{"values", "axis", theirAxis, `{"axis":` + unknown(theirAxis) + `}`},
		} {
			body := samples(find(t, s.alice.Client, "axes/?", "finish"))[c.list]
			body[c.field] = c.value
			s.alice.Post(t, reference+c.list+"/", body).Want(t, http.StatusBadRequest, c.want)
		}
		s.alice.Post(t, reference+"eras/", `{"slug": `).Want(t, http.StatusBadRequest, "")
		s.alice.Post(t, reference+"eras/", `{}`).Want(t, http.StatusBadRequest,
			`{"game":["This field is required."],"name":["This field is required."],"slug":["This field is required."]}`)
		s.alice.Get(t, reference+"eras/?cursor=nonsense").Want(t, http.StatusBadRequest, `{"cursor":["Invalid cursor"]}`)
		s.alice.Get(t, reference+"eras/?limit=0").Want(t, http.StatusBadRequest, "")
	})
}

func TestRows_inUse(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		era := s.alice.Post(t, reference+"eras/", samples(0)["eras"]).ID(t, http.StatusCreated)
		body := samples(0)["sets"]
		body["era"] = era
		set := s.alice.Post(t, reference+"sets/", body).ID(t, http.StatusCreated)
		s.alice.Delete(t, at("eras", era)).Want(t, http.StatusConflict, `{"detail":"This is in use."}`)
		s.alice.Delete(t, at("sets", set)).Want(t, http.StatusNoContent, "")
		s.alice.Delete(t, at("eras", era)).Want(t, http.StatusNoContent, "")
	})
}

func TestRows_precondition(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.alice.Post(t, reference+"axes/", samples(0)["axes"]).ID(t, http.StatusCreated)
		tag := s.alice.Get(t, at("axes", id)).Header.Get("ETag")
		s.alice.Post(t, reference+"values/", samples(id)["values"]).Want(t, http.StatusCreated, "")
		s.alice.With("If-Match", tag).Patch(t, at("axes", id), map[string]any{"name": "Old"}).Want(t, http.StatusPreconditionFailed, "")
		tag = s.alice.Get(t, at("axes", id)).Header.Get("ETag")
		s.alice.With("If-Match", tag).Patch(t, at("axes", id), map[string]any{"name": "New"}).Want(t, http.StatusOK, "")
	})
}

func TestRows_axesComeWithTheValuesThatOneSees(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		axis := find(t, s.alice.Client, "axes/?", "finish")
		body := samples(axis)["values"]
		body["position"] = -1
		s.alice.Post(t, reference+"values/", body).Want(t, http.StatusCreated, "")
		slugs := func(c apptest.Client) (all []string) {
			values, _ := c.Get(t, at("axes", axis)).Object(t, http.StatusOK)["values"].([]any)
			for _, v := range values {
				object, _ := v.(map[string]any)
				all = append(all, fmt.Sprint(object["slug"]))
			}
			return all
		}
		mine, theirs := slugs(s.alice.Client), slugs(s.dave.Client)
		if mine[0] != "mine" || mine[1] != "normal" || len(theirs) != len(mine)-1 || theirs[0] != "normal" {
			t.Errorf("values = %v and, for others, %v", mine, theirs)
		}
		// The axis of a value stays.
		value := find(t, s.alice.Client, "values/?", "mine")
		row := s.alice.Patch(t, at("values", value), map[string]any{"axis": find(t, s.alice.Client, "axes/?", "language")}).Object(t, http.StatusOK)
		if fmt.Sprint(row["axis"]) != fmt.Sprint(axis) {
			t.Errorf("axis = %v, want %d", row["axis"], axis)
		}
	})
}

var nextLink = regexp.MustCompile(`^<(.*)>; rel="next"$`)

// all follows the links from a list, and returns the slugs in the order in which they come.
func all(t *testing.T, c apptest.Client, path string) (slugs []string, pages int) {
	t.Helper()
	for path != "" {
		res := c.Get(t, path)
		for _, row := range res.List(t) {
			slugs = append(slugs, fmt.Sprint(row["slug"]))
		}
		pages, path = pages+1, ""
		if match := nextLink.FindStringSubmatch(res.Header.Get("Link")); match != nil {
			path = match[1]
		}
	}
	return slugs, pages
}

func TestRows_pagesAndFilters(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		c := s.alice.Client
		whole, _ := all(t, c, reference+"sets/?limit=500")
		paged, pages := all(t, c, reference+"sets/?limit=7")
		if strings.Join(whole, " ") != strings.Join(paged, " ") || pages < len(whole)/7 {
			t.Errorf("%d rows on %d pages, want the same %d as on one", len(paged), pages, len(whole))
		}
		era := find(t, c, "eras/?", "pokemon-neo")
		base := find(t, c, "sets/?", "pokemon-base-set")
		for path, want := range map[string]string{
			"sets/?game=pokemon&q=" + "neo%20g":                                      "pokemon-neo-genesis",
			fmt.Sprintf("sets/?era=%d&limit=1", era):                                 "pokemon-neo-destiny pokemon-neo-discovery pokemon-neo-genesis pokemon-neo-revelation",
			"sets/?q=op-0&game=one-piece&limit=5":                                    "one-piece-awakening-of-the-new-era one-piece-kingdoms-of-intrigue one-piece-paramount-war one-piece-pillars-of-strength one-piece-romance-dawn one-piece-wings-of-the-captain",
			fmt.Sprintf("products/?set=%d&kind=booster-box", base):                   "pokemon-base-set-booster-box",
			fmt.Sprintf("products/?era=%d&kind=booster-pack&q=genesis", era):         "pokemon-neo-genesis-booster-pack",
			"accessories/?kind=binder-pages":                                         "binder-page-9-pocket",
			"graders/?q=BECKETT":                                                     "bgs",
			"graders/?q=%25":                                                         "",
			"eras/?game=lorcana":                                                     "lorcana",
			fmt.Sprintf("values/?axis=%d&q=near", find(t, c, "axes/?", "condition")): "nm",
		} {
			if got, _ := all(t, c, reference+path); strings.Join(got, " ") != want {
				t.Errorf("%s = %v, want %s", path, got, want)
			}
		}
	})
}

// TestVendor_takesItsRowsAlong: a vendor that is deleted leaves none.
func TestVendor_takesItsRowsAlong(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.seed(t)
		era := s.alice.Post(t, reference+"eras/", samples(0)["eras"]).ID(t, http.StatusCreated)
		for list, body := range samples(find(t, s.alice.Client, "axes/?", "finish")) {
			if list == "sets" {
				body["era"] = era
			}
			if list != "eras" {
				s.alice.Post(t, reference+list+"/", body).Want(t, http.StatusCreated, "")
			}
		}
		s.alice.Delete(t, fmt.Sprintf("/api/v1/vendors/%d/", s.alice.Vendor)).Want(t, http.StatusNoContent, "")
		for list := range samples(0) {
			name := map[string]string{"eras": "era", "accessories": "accessory", "axes": "axis", "values": "axis_value"}[list]
			if name == "" {
				name = strings.TrimSuffix(list, "s")
			}
			var left int
			err := s.DB.NewRaw("SELECT count(*) FROM omnistock_"+name+" WHERE vendor_id IS NOT NULL").Scan(t.Context(), &left)
			if err != nil || left != 0 {
				t.Errorf("%s: %d rows are left, %v", list, left, err)
			}
		}
	})
}
