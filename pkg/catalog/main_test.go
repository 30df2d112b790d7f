package catalog_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is the program with two vendors.
type system struct {
	*apptest.App
	catalog     *catalog.Service
	alice, dave *domainstest.Shop
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	domainstest.Each(t, func(t *testing.T, alice *domainstest.Shop) {
		fn(t, &system{App: alice.App, catalog: alice.Catalog, alice: alice, dave: alice.As(t, "dave")})
	})
}

// table reads one from CSV.
func table(t *testing.T, name, csv string) []catalog.Table {
	t.Helper()
	tables, err := catalog.ReadTables(name+".csv", []byte(csv), "")
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func (s *system) load(t *testing.T, tables []catalog.Table) []catalog.Count {
	t.Helper()
	counts, err := s.catalog.Load(t.Context(), tables, false)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func (s *system) seed(t *testing.T) []catalog.Count {
	t.Helper()
	tables, err := fixtures.Reference()
	if err != nil {
		t.Fatal(err)
	}
	return s.load(t, tables)
}

const reference = "/api/v1/reference/"

// find returns the id of the row with the slug.
func find(t *testing.T, c apptest.Client, list, slug string) int64 {
	t.Helper()
	for _, row := range c.Get(t, reference+list+"q="+slug+"&limit=500").List(t) {
		if row["slug"] == slug {
			var id int64
			if _, err := fmt.Sscan(fmt.Sprint(row["id"]), &id); err != nil {
				t.Fatal(err)
			}
			return id
		}
	}
	t.Fatalf("%s has no %s", list, slug)
	return 0
}
