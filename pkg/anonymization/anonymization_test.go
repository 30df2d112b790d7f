package anonymization_test

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/anonymization"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/users"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A system is a database with a row of every model.
type system struct {
	*anonymization.Service
	db       *bun.DB
	fixtures *fixtures.Service
}

func each(t *testing.T, fn func(t *testing.T, s *system)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *bun.DB) { fn(t, newSystem(t, db)) })
}

func newSystem(t *testing.T, db *bun.DB) *system {
	t.Helper()
	d := domainstest.NewDomains(t, db)
	s := &system{anonymization.NewService(db, d.Users, d.Models()), db, fixtures.NewService(db, d.Users, d.Inventory, d.Stock, d.Models(), time.Now)}
	for _, name := range []string{"all_models.json", "django_models.json"} {
		source, err := fixtures.File("../../fixtures/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		s.mustLoad(t, source)
	}
	return s
}

func (s *system) mustLoad(t *testing.T, source fixtures.Source) {
	t.Helper()
	if _, err := s.fixtures.Load(t.Context(), []fixtures.Source{source}, fixtures.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
}

func text(content string) fixtures.Source {
	return fixtures.Source{Name: "people.json", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

func (s *system) mustRun(t *testing.T, o anonymization.Options) []anonymization.Step {
	t.Helper()
	steps, err := s.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

func (s *system) dump(t *testing.T, labels ...string) string {
	t.Helper()
	var out strings.Builder
	if _, err := s.fixtures.Dump(t.Context(), &out, fixtures.DumpOptions{Labels: labels, Indent: 1}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRun_nobodyIsRecognized(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		steps := s.mustRun(t, anonymization.Options{})
		dump := s.dump(t)
		for _, gone := range []string{
			"pbkdf2", "Alice", "Ø", "alice@", "grace@", "Henry", "1990-02-28", "+15551234", "alpha", "Alpha", "O'Neill", "Collector", "555-1234",
			`any\": \"text`, "img.example/a.png", "p/1.jpg", "日本橋", "nihonbashi", "1 Main St", "floor", "cdn.example", "Lead Buyer", "INV-1",
			"desk", "PO-1", "added", "outstandingtoken", "blacklistedtoken",
		} {
			if strings.Contains(dump, gone) {
				t.Errorf("%q is still there", gone)
			}
		}
		for _, kept := range []string{
			`"pk": 9007199254740993`, `"alice"`, `"user-11@example.invalid"`, `"A-1"`, `"Ember Drake"`, `"99999999.99"`, `"quantity": 2147483647`,
			`"delta": -7`, `"transfer"`, `"birthdate": null`, `"first_name": ""`, `"!anonymized"`,
		} {
			if !strings.Contains(dump, kept) {
				t.Errorf("%s is not there:\n%s", kept, dump)
			}
		}
		i := slices.IndexFunc(steps, func(step anonymization.Step) bool { return step.Table == "users_user" })
		if i < 0 || steps[i].Rows != 3 {
			t.Errorf("steps = %+v, want one of three users", steps)
		}
	})
}

func TestRun_theSamePeopleInEachCopy(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		o := anonymization.Options{Usernames: true, Prices: true}
		s.mustRun(t, o)
		want := s.dump(t)
		s.mustRun(t, o)
		if diff := cmp.Diff(want, s.dump(t)); diff != "" {
			t.Errorf("a second run changed (-want +got):\n%s", diff)
		}
		other := newSystem(t, dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite)))
		other.mustRun(t, o)
		if diff := cmp.Diff(want, other.dump(t)); diff != "" {
			t.Errorf("another copy differs (-want +got):\n%s", diff)
		}
	})
}

// TestRun_newValuesMeetOldOnes has accounts and shops called like others will be.
func TestRun_newValuesMeetOldOnes(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.mustLoad(t, text(`[
			{"model": "users.user", "pk": 1, "fields": {"username": "user-2", "email": "user-2@example.invalid"}},
			{"model": "users.user", "pk": 2, "fields": {"username": "user-1", "email": "user-1@example.invalid"}},
			{"model": "collectibles.vendor", "pk": 1, "fields": {"name": "A", "slug": "vendor-2"}},
			{"model": "collectibles.vendor", "pk": 2, "fields": {"name": "B", "slug": "vendor-1"}},
			{"model": "collectibles.store", "pk": 1, "fields": {"vendor": 1, "name": "A", "slug": "store-2"}},
			{"model": "collectibles.store", "pk": 2, "fields": {"vendor": 1, "name": "B", "slug": "store-1"}}
		]`))
		s.mustRun(t, anonymization.Options{Usernames: true})
		var slugs []string
		if err := s.db.NewSelect().Table("collectibles_store").Column("slug").Order("id").Scan(t.Context(), &slugs); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"store-1", "store-2", "store-31", "store-32"}, slugs); diff != "" {
			t.Errorf("slugs (-want +got):\n%s", diff)
		}
	})
}

func TestRun_onePasswordForAll(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.mustRun(t, anonymization.Options{Password: "Try-it-out-1"})
		var hashes []string
		if err := s.db.NewSelect().Table("users_user").Column("password").Scan(t.Context(), &hashes); err != nil {
			t.Fatal(err)
		}
		for _, hash := range hashes {
			if ok, _, err := users.NewHasher(1).Verify(t.Context(), "Try-it-out-1", hash); err != nil || !ok {
				t.Errorf("%s: %v, %v, want the password's", hash, ok, err)
			}
		}
	})
}

func TestRun_prices(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.mustRun(t, anonymization.Options{Prices: true})
		dump := s.dump(t, "collectibles.collectible")
		for _, price := range []string{"99999999.99", "12.30", "16777217.01", `"0.10"`} {
			if strings.Contains(dump, price) {
				t.Errorf("the price %s is still there", price)
			}
		}
		if !strings.Contains(dump, `"intake_price": "0.00"`) || !strings.Contains(dump, `"price": "126.58"`) {
			t.Errorf("collectibles = %s, want a price of 126.58, and nothing where there was nothing", dump)
		}
	})
}

func TestRun_tablesOfOthers(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for _, statement := range []string{
			"CREATE TABLE auth_user (email varchar(254))", "CREATE TABLE django_session (session_data text)",
			"INSERT INTO django_session VALUES ('secret')",
		} {
			if _, err := s.db.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		before := s.dump(t)
		_, err := s.Run(t.Context(), anonymization.Options{})
		if err == nil || !strings.HasSuffix(err.Error(), "is not known: auth_user") || s.dump(t) != before {
			t.Fatalf("error = %v, want one that names auth_user, and nothing changed", err)
		}
		s.mustRun(t, anonymization.Options{Leave: []string{"auth_user"}})
		if n, err := s.db.NewSelect().Table("django_session").Count(t.Context()); err != nil || n != 0 {
			t.Errorf("%d sessions, %v, want none", n, err)
		}
	})
}

func TestRun_failureChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		before := s.dump(t, "users", "collectibles", "token_blacklist")
		if _, err := s.db.ExecContext(t.Context(), "ALTER TABLE django_admin_log RENAME COLUMN change_message TO message"); err != nil {
			t.Fatal(err)
		}
		_, err := s.Run(t.Context(), anonymization.Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "django_admin_log: ") {
			t.Errorf("error = %v, want one that names django_admin_log", err)
		}
		if diff := cmp.Diff(before, s.dump(t, "users", "collectibles", "token_blacklist")); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
	})
}

func TestRun_nothingStaysInSQLitesFile(t *testing.T) {
	address := dbtest.NewURL(t, dbtest.SQLite)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	bunDB, err := db.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	s := newSystem(t, bunDB)
	s.mustRun(t, anonymization.Options{})
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(u.Path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		for _, gone := range []string{"alice@shop.example", "pbkdf2_sha256", "Collector"} {
			if bytes.Contains(content, []byte(gone)) {
				t.Errorf("%q is in the file%s", gone, suffix)
			}
		}
	}
	if err := bunDB.Close(); err != nil {
		t.Error(err)
	}
}

// A diary is a model that nobody wrote rules for.
type diary struct {
	bun.BaseModel `bun:"table:diary"`

	ID   int64  `bun:"id,pk"`
	Page string `bun:"page"`
	Read bool   `bun:"read"`
}

func TestRun_columnWithoutRule(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		service := anonymization.NewService(s.db, nil, []any{(*diary)(nil)})
		if diff := cmp.Diff([]string{"diary.page"}, service.Uncovered()); diff != "" {
			t.Errorf("columns without rule (-want +got):\n%s", diff)
		}
	})
}
