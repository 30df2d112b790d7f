package catalog_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
)

func total(counts []catalog.Count) (sum catalog.Count) {
	for _, c := range counts {
		sum.Created, sum.Changed, sum.Same = sum.Created+c.Created, sum.Changed+c.Changed, sum.Same+c.Same
	}
	return sum
}

func TestLoad_theSecondTimeChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		first := total(s.seed(t))
		if first.Created < 500 || first.Changed+first.Same != 0 {
			t.Errorf("first = %+v, want some hundreds of rows, all new", first)
		}
		if diff := cmp.Diff(catalog.Count{Same: first.Created}, total(s.seed(t))); diff != "" {
			t.Errorf("second (-want +got):\n%s", diff)
		}
	})
}

func TestLoad_setsRightWhatDiffers(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.load(t, table(t, "eras", "slug,name,game,starts_in\nbase,Base,pokemon,1999\nneo,Neo,pokemon,2000\n"))
		got := s.load(t, table(t, "eras", "slug,name,starts_in\nbase,Base,1999\nneo,New,\n"))
		if diff := cmp.Diff([]catalog.Count{{Table: "eras", Changed: 1, Same: 1}}, got); diff != "" {
			t.Errorf("counts (-want +got):\n%s", diff)
		}
		row := s.alice.Get(t, fmt.Sprintf("%seras/%d/", reference, find(t, s.alice.Client, "eras/?", "neo"))).Object(t, 200)
		if row["name"] != "New" || row["starts_in"] != nil || row["game"] != "pokemon" {
			t.Errorf("row = %v, want what the file says, and the game as it was", row)
		}
	})
}

func TestLoad_leavesVendorsAlone(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.alice.Post(t, reference+"eras/", map[string]any{"slug": "base", "name": "Mine", "game": "pokemon"}).ID(t, 201)
		if got := total(s.load(t, table(t, "eras", "slug,name,game\nbase,Base,pokemon\n"))); got.Created != 1 {
			t.Errorf("counts = %+v, want a new row beside the vendor's", got)
		}
		if row := s.alice.Get(t, fmt.Sprintf("%seras/%d/", reference, id)).Object(t, 200); row["name"] != "Mine" {
			t.Errorf("row = %v, want the vendor's as it was", row)
		}
		// A vendor's own row is nobody's era but its own.
		_, err := s.catalog.Load(t.Context(), table(t, "sets", "slug,name,game,era\nx,X,pokemon,mine\n"), false)
		wantProblem(t, err, `sets.csv: row 2: era: there is no era "mine"`)
	})
}

func wantProblem(t *testing.T, err error, lines ...string) {
	t.Helper()
	if core.KindOf(err) != core.Invalid {
		t.Fatalf("error = %v, want one of the input", err)
	}
	for _, line := range lines {
		if !strings.Contains(err.Error(), line) {
			t.Errorf("error = %v\nwant in it: %s", err, line)
		}
	}
}

func TestLoad_dryRunDoesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		tables := table(t, "axes", "slug,name,position\nsize,Size,9\n")
		for range 2 {
			counts, err := s.catalog.Load(t.Context(), tables, true)
			if err != nil || total(counts).Created != 1 {
				t.Errorf("counts = %v, %v, want one row to be made", counts, err)
			}
		}
	})
}

func TestLoad_tellsEachMistakeAndDoesNothing(t *testing.T) {
	long := strings.Repeat("x", 201)
	cases := []struct{ name, csv, want string }{
		{"eras", "slug,name,game\nok,Ok,g\nA b,B,g\n", `eras.csv: row 3: slug: Use small letters`},
		{"eras", "slug,name,game\na," + long + ",g\n", "eras.csv: row 2: name: it has more than 200 characters"},
		{"eras", "slug,name,game\na,,g\n", "eras.csv: row 2: name: it is empty"},
		{"eras", "slug,name\na,A\n", "eras.csv: row 2: game: This field may not be blank."},
		{"eras", "slug,name,game\na,A,g\na,B,g\n", `eras.csv: row 3: slug: "a" stands at eras.csv, row 2 already`},
		{"eras", "slug,name,game,color\na,A,g,red\n", "eras.csv: row 2: color: there is no such field; there are slug, name, game, starts_in"},
		{"eras", "slug,name,game,starts_in\na,A,g,99999\n", `eras.csv: row 2: starts_in: "99999" is no whole number from 1000 to 9999`},
		{"sets", "slug,name,game,released_on\na,A,g,1999-02-30\n", `sets.csv: row 2: released_on: "1999-02-30" is no day`},
		{"products", "slug,name,game,kind,set\na,A,g,k,nix\n", `products.csv: row 2: set: there is no set "nix"`},
		{"products", "slug,name,game,kind,packs\na,A,g,k,-1\n", `products.csv: row 2: packs: "-1" is no whole number`},
		{"graders", "slug,name,lowest,highest\na,A,10,1\n", "graders.csv: row 2: highest: The highest grade cannot be below the lowest one."},
		{"graders", "slug,name,lowest,highest,half_grades\na,A,1,10,maybe\n", `graders.csv: row 2: half_grades: "maybe" is neither true nor false`},
		{"graders", "slug,name,lowest,highest\na,A,1,9.55\n", `graders.csv: row 2: highest: "9.55" is no grade`},
		{"values", "slug,name,axis\na,A,nix\n", `values.csv: row 2: axis: there is no axis "nix"`},
		{"values", "slug,name\na,A\n", "values.csv: row 2: axis: it is missing"},
	}
	each(t, func(t *testing.T, s *system) {
		for _, c := range cases {
			_, err := s.catalog.Load(t.Context(), table(t, c.name, c.csv), false)
			wantProblem(t, err, c.want)
		}
		if rows := s.alice.Get(t, reference+"eras/").List(t); len(rows) != 0 {
			t.Errorf("rows = %v, want none", rows)
		}
	})
}

func TestReadTables_badFiles(t *testing.T) {
	cases := []struct{ file, content, want string }{
		{"eras.csv", "", "eras.csv: the file is empty"},
		{"eras.csv", "slug,name\na\n", "eras.csv: row 2: it has 1 cells, the header has 2"},
		{"eras.csv", "slug,slug\na,b\n", `two columns are called "slug"`},
		{"erars.csv", "slug\na\n", `"erars" is no table; there are eras, sets`},
		{"a.json", `{"eras": [`, "expected an object of tables"},
		{"a.json", `[]`, "expected an object of tables"},
		{"a.json", `{"eras": []} x`, "more behind the end"},
		{"a.json", `{"epochs": []}`, "a.json: epochs: there is no such table"},
		{"a.json", `{"eras": [{}, {"slug": ["a"]}]}`, "a.json: eras, object 2: slug: a text, a number"},
	}
	for _, c := range cases {
		_, err := catalog.ReadTables(c.file, []byte(c.content), "")
		wantProblem(t, err, c.want)
	}
}

func TestReadTables_jsonIsAsGood(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		tables, err := catalog.ReadTables("x.json", []byte(`{
			"values": [{"axis": "size", "slug": "xl", "name": "XL", "position": 2}],
			"axes": [{"slug": "size", "name": "Size"}],
			"graders": [{"slug": "g", "name": "G", "lowest": 0.5, "highest": "10", "half_grades": true, "qualifiers": " A  B ", "subgrades": null}]
		}`), "")
		if err != nil {
			t.Fatal(err)
		}
		want := []catalog.Count{{Table: "graders", Created: 1}, {Table: "axes", Created: 1}, {Table: "values", Created: 1}}
		if diff := cmp.Diff(want, s.load(t, tables)); diff != "" {
			t.Errorf("counts (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(catalog.Count{Same: 3}, total(s.load(t, tables))); diff != "" {
			t.Errorf("again (-want +got):\n%s", diff)
		}
		if row := s.alice.Get(t, reference+"graders/").List(t)[0]; row["lowest"] != "0.5" || row["qualifiers"] != "A B" {
			t.Errorf("grader = %v", row)
		}
	})
}

// TestLoad_twoAtOnce: one waits for the other, and finds everything there.
func TestLoad_twoAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		tables, err := fixtures.Reference()
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		sums := make([]catalog.Count, 4)
		for i := range sums {
			group.Go(func() {
				counts, err := s.catalog.Load(t.Context(), tables, false)
				if err != nil {
					t.Error(err)
				}
				sums[i] = total(counts)
			})
		}
		group.Wait()
		created, same := 0, 0
		for _, sum := range sums {
			created, same = created+sum.Created, same+sum.Same
		}
		if rows := created; created == 0 || same != 3*rows {
			t.Errorf("counts = %+v, want that one made all rows and three found them", sums)
		}
	})
}
