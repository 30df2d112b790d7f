package adoption_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func mustInspect(t *testing.T, bunDB *bun.DB) *adoption.Report {
	t.Helper()
	report, err := adoption.Inspect(t.Context(), bunDB, "/media/")
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// told gives a line for each finding, and one for each of its cases.
func told(report *adoption.Report) (lines []string) {
	for _, f := range report.Findings {
		lines = append(lines, fmt.Sprintf("%s %s %d", f.Level, f.ID, f.Count))
		for _, c := range f.Cases {
			lines = append(lines, "  "+c)
		}
	}
	return lines
}

func TestInspect_whatIsThere(t *testing.T) {
	for state, want := range map[adoption.State][]string{
		adoption.Current: {
			"warning accounts.no_email 1",
			"  user 4 (dora)",
			"warning members.profile_only 3",
			"  vendor 1 (alpha-cards): user 2 (ben) becomes manager",
			"  vendor 2 (beta-games): user 3 (cleo) becomes owner",
			"  vendor 2 (beta-games): user 4 (dora) becomes manager",
			"warning items.no_vendor 1",
			"  item 3 (N-1)",
		},
		adoption.Older: {
			"warning passwords.empty 1",
			"  user 7 (gail)",
			"note accounts.no_email 2",
			"  user 4 (dora)",
			"  user 5 (emil)",
			"warning accounts.same_email 1",
			"  user 3 (cleo): Shop@alpha.example, which user 1 has",
			"warning accounts.email_case 1",
			"  shop@alpha.example: user 1 (anna), user 2 (ben), user 3 (cleo)",
			"note members.profile_only 4",
			"  vendor 1 (alpha-cards): user 1 (anna) becomes owner",
			"  vendor 1 (alpha-cards): user 2 (ben) becomes manager, but the account is disabled",
			"  vendor 1 (alpha-cards): user 3 (cleo) becomes manager",
			"  vendor 2 (beta-games): user 4 (dora) becomes owner",
			"warning vendors.nobody 2",
			"  vendor 3 (gamma)",
			"  vendor 4 (unassigned-stock)",
			"warning items.no_vendor 3",
			"  item 4 (N-1)",
			"  item 5 (N-2)",
			"  item 6 (N-3)",
		},
	} {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			before := content(t, bunDB)
			report := mustInspect(t, bunDB)
			if diff := cmp.Diff(want, told(report)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if report.State != state || !report.Ready || len(report.Differences) > 0 {
				t.Errorf("report = %q, ready %t, differences %v; want one that is ready", report.State, report.Ready, report.Differences)
			}
			if diff := cmp.Diff(before, content(t, bunDB)); diff != "" {
				t.Errorf("changed (-before +after):\n%s", diff)
			}
			// What it foretells of members is what migrating tells.
			members := slices.DeleteFunc(mustMigrate(t, bunDB, adoption.Options{}), func(line string) bool {
				return !strings.Contains(line, "becomes owner") && !strings.Contains(line, "becomes manager")
			})
			for _, line := range members {
				if !slices.Contains(told(report), "  "+strings.TrimSpace(line)) {
					t.Errorf("not foretold: %s", line)
				}
			}
			if own := mustInspect(t, bunDB); own.State != adoption.Own || !own.Ready || len(own.Passwords) != len(report.Passwords) {
				t.Errorf("afterwards: %q, ready %t, passwords %v; want our own with the same census", own.State, own.Ready, own.Passwords)
			}
		})
	}
}

func TestInspect_census(t *testing.T) {
	bunDB := django(t, adoption.Older)
	mustExec(t, bunDB, `INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
		VALUES ('pbkdf2_sha256$999999999$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=', false, 'ivy', '', '', 'i', false, true, now()),
		('hunter2', false, 'jack', '', '', 'j', false, true, now()), ('!', false, 'kim', '', '', 'k', false, true, now())`)
	report := mustInspect(t, bunDB)
	want := []adoption.PasswordCount{
		{Algorithm: "argon2", Cost: 256, Accounts: 1},
		{Algorithm: "bcrypt", Cost: 4, Accounts: 1},
		{Algorithm: "bcrypt_sha256", Cost: 4, Accounts: 1},
		{Algorithm: "empty", Accounts: 1},
		{Algorithm: "pbkdf2_sha1", Cost: 1000, Accounts: 1},
		{Algorithm: "pbkdf2_sha256", Cost: 1000, Accounts: 1},
		{Algorithm: "pbkdf2_sha256", Cost: 999999999, TooCostly: true, Accounts: 1},
		{Algorithm: "scrypt", Cost: 16, Accounts: 1},
		{Algorithm: "unknown", Accounts: 1},
		{Algorithm: "unusable", Accounts: 2},
	}
	if diff := cmp.Diff(want, report.Passwords); diff != "" {
		t.Errorf("passwords (-want +got):\n%s", diff)
	}
	for _, want := range []string{"warning passwords.unknown 1", "  user 14 (jack)", "warning passwords.costly 1", "  user 13 (ivy)"} {
		if !slices.Contains(told(report), want) {
			t.Errorf("findings = %q, want %q among them", told(report), want)
		}
	}
	var text strings.Builder
	if err := report.WriteText(&text); err != nil || strings.Contains(text.String(), "hunter2") {
		t.Errorf("the report shows what stands in place of a hash, or %v:\n%s", err, &text)
	}
}

// TestInspect_spoiled checks that what it says of migrating is true: it fails where, and only where, it says so.
func TestInspect_spoiled(t *testing.T) {
	const shoe = "ALTER TABLE users_user ADD shoe_size integer NOT NULL DEFAULT 40; ALTER TABLE users_user ALTER shoe_size DROP DEFAULT"
	for _, c := range []struct {
		name  string
		state adoption.State
		spoil string
		want  string // in the findings; errors are those of migrating
	}{
		{"column", adoption.Current, shoe, "error differences 1"},
		{"column is gone", adoption.Current, "ALTER TABLE collectibles_store DROP COLUMN currency", "  column collectibles_store.currency is missing"},
		{"not valid", adoption.Current, `ALTER TABLE collectibles_stockledger DROP CONSTRAINT collectibles_stockle_to_store_id_24e258bb_fk_collectib,
			ADD FOREIGN KEY (to_store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED NOT VALID`, "error differences 1"},
		{"head", adoption.Current, "DELETE FROM django_migrations WHERE name LIKE '0017%'", "error state 0"},
		{"view", adoption.Older, "CREATE VIEW report AS SELECT image FROM collectibles_collectible", "  view report uses collectibles_collectible.image"},
		{"trigger", adoption.Older, `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
			CREATE TRIGGER t BEFORE UPDATE OF user_id ON collectibles_userprofile FOR EACH ROW EXECUTE FUNCTION f()`, "error tables.dependents 1"},
		{"image", adoption.Older, "UPDATE collectibles_collectible SET image = repeat('é', 32) || 'aa' WHERE id = 2", "  item 2 (A-2)"},
		{"table is there", adoption.Older, "CREATE TABLE collectibles_store (id bigint)", "  column collectibles_store.currency is missing"},
		{"sequence", adoption.Older, "SELECT setval('django_migrations_id_seq', 1)", "error sequences.behind 1"},
		{"log", adoption.Older, "DROP TABLE django_admin_log", "error tables.admin_log 0"},
		{"extension elsewhere", adoption.Current, "CREATE SCHEMA extensions; ALTER EXTENSION pg_trgm SET SCHEMA extensions", "error extension.pg_trgm 0"},
		{"read only", adoption.Current, "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$", "error server.read_only 0"},

		{"image that fits", adoption.Older, "UPDATE collectibles_collectible SET image = repeat('é', 32) || 'a' WHERE id = 2", ""},
		{
			"trigger on rows", adoption.Older, `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
			CREATE TRIGGER t BEFORE UPDATE ON collectibles_collectible FOR EACH ROW EXECUTE FUNCTION f()`,
			"  trigger t on collectibles_collectible, which calls f",
		},
		{"other column", adoption.Current, "ALTER TABLE users_user ADD nickname text", "note differences.harmless 1"},
		{"view elsewhere", adoption.Older, "CREATE VIEW report AS SELECT sku, current_price FROM collectibles_collectible", ""},
		{"extension", adoption.Current, "DROP EXTENSION pg_trgm CASCADE", "note extension.pg_trgm 0"},
		{"sequence of items", adoption.Current, "SELECT setval('collectibles_collectible_id_seq', 1)", "  collectibles_collectible: 1 given, the largest id is 3"},
		{"not a number", adoption.Older, "UPDATE collectibles_collectible SET current_price = 'NaN' WHERE id = 1", "  collectibles_collectible.current_price: 1"},
		{"no moment", adoption.Current, "UPDATE users_user SET last_login = 'infinity' WHERE id < 3", "  users_user.last_login: 2"},
		{"negative", adoption.Current, "UPDATE collectibles_collectible SET quantity = -2, intake_price = -0.01 WHERE id = 1", "  item 1 (A-1): -2"},
		{"negative price", adoption.Older, "UPDATE collectibles_collectible SET projected_price = -5 WHERE id = 1", "  item 1 (A-1): -5.00"},
		{"no JSON", adoption.Older, "UPDATE collectibles_carddetails SET external_ids = 'x-' || id", "warning cards.external_ids 2"},
		{"grade", adoption.Current, "UPDATE collectibles_carddetails SET psa_grade = 10.5", "  item 1: 10.5"},
		{"stray", adoption.Current, "UPDATE collectibles_collectible SET store_id = 2 WHERE id = 1", "  item 1 (A-1) of vendor 1, store 2 of vendor 2"},
		{"owner left", adoption.Current, "UPDATE users_user SET is_active = false WHERE id = 1", "  vendor 1 (alpha-cards)"},
		{"grant", adoption.Older, "GRANT SELECT ON auth_user TO PUBLIC", "  everybody: SELECT on auth_user"},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := djangoURL(t, c.state)
			mustExec(t, dbtest.Open(t, url), c.spoil)
			bunDB := dbtest.Open(t, url) // with the settings of now
			report := mustInspect(t, bunDB)
			if c.want != "" && !slices.Contains(told(report), c.want) {
				t.Errorf("findings:\n%s\nwant %q among them", strings.Join(told(report), "\n"), c.want)
			}
			_, err := adoption.Migrate(t.Context(), bunDB, adoption.Options{MediaURL: "/media/"})
			if report.Ready != (err == nil) {
				t.Errorf("ready = %t, but migrating: %v\n%s", report.Ready, err, strings.Join(told(report), "\n"))
			}
		})
	}
}

// roleURL makes a role that may only log in, and returns the URL under which it does.
func roleURL(t *testing.T, address, grants string) string {
	t.Helper()
	bunDB := dbtest.Open(t, address)
	role := lines(t, bunDB, "SELECT 'reader_' || substr(current_database(), 16, 30)")[0]
	mustExec(t, bunDB, "CREATE ROLE ? LOGIN PASSWORD 'reader'", bun.Ident(role))
	t.Cleanup(func() {
		if _, err := bunDB.ExecContext(context.Background(), "DROP OWNED BY ?0; DROP ROLE ?0", bun.Ident(role)); err != nil {
			t.Error(err)
		}
	})
	mustExec(t, bunDB, strings.ReplaceAll(grants, "?role", role))
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(role, "reader")
	return u.String()
}

func TestInspect_asAnotherRole(t *testing.T) {
	for name, c := range map[string]struct {
		prepare, grants string
		want            []string
		not             string
	}{
		"reader": {
			"", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ?role",
			[]string{"error server.create 0", "error rights.owner 21", "warning accounts.no_email 1"},
			"content",
		},
		"nobody":       {"", "REVOKE ALL ON SCHEMA public FROM PUBLIC", []string{"error server.schema 0"}, "rights.owner"},
		"some tables":  {"", "GRANT SELECT ON django_migrations, users_user TO ?role", []string{"error rights.read 19", "warning content 0"}, "accounts"},
		"hidden rows":  {"ALTER TABLE users_user ENABLE ROW LEVEL SECURITY", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ?role", []string{"  users_user (row level security)"}, "accounts"},
		"no extension": {"DROP EXTENSION pg_trgm CASCADE", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ?role", []string{"error extension.pg_trgm 0"}, "content"},
	} {
		t.Run(name, func(t *testing.T) {
			address := djangoURL(t, adoption.Current)
			mustExec(t, dbtest.Open(t, address), c.prepare+";")
			bunDB := dbtest.Open(t, roleURL(t, address, c.grants))
			report := mustInspect(t, bunDB)
			for _, want := range c.want {
				if !slices.Contains(told(report), want) {
					t.Errorf("findings:\n%s\nwant %q among them", strings.Join(told(report), "\n"), want)
				}
			}
			if report.Ready || slices.ContainsFunc(report.Findings, func(f adoption.Finding) bool { return strings.HasPrefix(f.ID, c.not) }) {
				t.Errorf("ready = %t, findings:\n%s\nwant none of %s", report.Ready, strings.Join(told(report), "\n"), c.not)
			}
		})
	}
}

// TestInspect_whileOthersWork holds a row as a request of Django's would.
func TestInspect_whileOthersWork(t *testing.T) {
	address := djangoURL(t, adoption.Current)
	tx, err := dbtest.Open(t, address+"&application_name=gunicorn").BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it holds a row, that is all
	if _, err := tx.ExecContext(t.Context(), "UPDATE collectibles_vendor SET name = name"); err != nil {
		t.Fatal(err)
	}
	report := mustInspect(t, dbtest.Open(t, address))
	if !slices.ContainsFunc(report.Sessions, func(s adoption.Session) bool { return s.InTransaction == 1 && s.Locks > 0 }) {
		t.Errorf("sessions = %+v, want one with locks", report.Sessions)
	}
	if !report.Ready || !slices.Contains(told(report), "warning sessions.locks 1") {
		t.Errorf("ready = %t, findings %q, want a warning of the locks", report.Ready, told(report))
	}
}

func TestInspect_notPostgres(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
	_, inspectErr := adoption.Inspect(t.Context(), bunDB, "/media/")
	_, checkErr := adoption.CheckRollback(t.Context(), bunDB)
	_, linkErr := adoption.LinkProfiles(t.Context(), bunDB, true)
	for _, err := range []error{inspectErr, checkErr, linkErr} {
		if core.KindOf(err) != core.Invalid {
			t.Errorf("error = %v, want one for another engine", err)
		}
	}
}
