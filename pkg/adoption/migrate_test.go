package adoption_test

import (
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestMigrate_olderTellsWhatItDoes(t *testing.T) {
	want := []string{
		"Django's database at collectibles 0007",
		"  prepare the tables... OK",
		"  make the tables that are missing... OK",
		"  move the accounts... OK",
		"    user 3 (cleo): e-mail Shop@alpha.example, which user 1 has, becomes user-3@no-email1.invalid",
		"    user 4 (dora): the empty e-mail becomes user-4@no-email1.invalid",
		"    user 5 (emil): the empty e-mail becomes user-5@no-email1.invalid",
		"  give each vendor a store... OK",
		"  make members of those whom profiles name... OK",
		"    vendor 1 (alpha-cards): user 1 (anna) becomes owner",
		"    vendor 1 (alpha-cards): user 2 (ben) becomes manager, but the account is disabled",
		"    vendor 1 (alpha-cards): user 3 (cleo) becomes manager",
		"    vendor 2 (beta-games): user 4 (dora) becomes owner",
		"    vendor 3 (gamma): no profile names it, so nobody runs it; omnistock member add gives it an owner",
		"    vendor 4 (unassigned-stock): no profile names it, so nobody runs it; omnistock member add gives it an owner",
		"  move the stock... OK",
		"    items of no vendor, now in a store of vendor 2 (beta-games): 1",
		"    items of no vendor, now in a store of vendor 5 (unassigned-stock-1): 2",
		"    locations, now the last line of a description: 2",
		"    images, now addresses that begin with /media/: 1",
		"  8 users, 4 vendors, 6 items of 14 units: the totals agree",
	}
	if diff := cmp.Diff(want, mustMigrate(t, django(t, adoption.Older), adoption.Options{})); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// TestMigrate_olderBecomesCurrent checks the rows that a person would look at.
func TestMigrate_olderBecomesCurrent(t *testing.T) {
	bunDB := django(t, adoption.Older)
	mustMigrate(t, bunDB, adoption.Options{MediaURL: "https://shop.example/media/"})
	for _, c := range []struct{ query, want string }{
		{
			`SELECT string_agg(concat_ws(' ', id, username, email, role, is_active, is_superuser, date_joined::date, last_login), '; ' ORDER BY id)
			FROM users_user WHERE id IN (1, 2, 5, 7)`,
			"1 anna Shop@alpha.example solo t f 2024-01-02 2025-10-01 08:00:00.123456+00; 2 ben shop@alpha.example solo f f 2024-01-01; " +
				"5 emil user-5@no-email1.invalid solo t f 2024-04-01; 7 gail gail@x.example admin t t 2024-06-01",
		},
		{`SELECT count(*)::text FROM users_user JOIN auth_user USING (id, password, username, first_name, last_name, is_staff)`, "8"},
		{`SELECT concat_ws(' ', nextval(pg_get_serial_sequence('users_user', 'id')), nextval('collectibles_collectible_id_seq'))`, "13 10"},
		{
			`SELECT string_agg(concat_ws('|', id, sku, quantity, price, intake_price, projected_price, user_id, vendor_id, store_id, image_url,
			created_at = updated_at, updated_at), E'\n' ORDER BY id) FROM collectibles_collectible WHERE id < 4`,
			"1|A-1|3|350.50|120.00|99999999.99|1|1|1|https://shop.example/media/collectibles_images/charizard.jpg|t|2025-09-01 12:00:00.654321+00\n" +
				"2|A-2|0|0.01|0.00|0.00|3|1|1|t|2025-09-02 12:00:00+00\n3|B-1|7|49.99|10.10|60.00|4|2|2|t|2025-09-03 12:00:00+00",
		},
		{`SELECT string_agg(coalesce(description, '-'), '/' ORDER BY id) FROM collectibles_collectible`, "Base set\n\nLocation: Binder 3/-/Location: Shelf/-/-/-"},
		{`SELECT string_agg(DISTINCT concat_ws(' ', name, slug, metadata), '; ') FROM collectibles_store`, `Default Store default-store {"auto_created": true}`},
		{`SELECT string_agg(concat_ws(' ', app_label, model), ', ') FROM django_content_type WHERE id = 4`, "users user"},
		{`SELECT concat_ws(' ', (SELECT count(*) FROM users_user_groups), (SELECT count(*) FROM users_user_user_permissions),
			(SELECT count(*) FROM django_admin_log), (SELECT count(*) FROM django_session), (SELECT count(*) FROM auth_user))`, "1 1 1 1 8"},
		{
			`SELECT string_agg(app || ' ' || n, ', ' ORDER BY app) FROM (SELECT app, count(*) n FROM django_migrations GROUP BY app) apps`,
			"admin 3, auth 12, collectibles 17, contenttypes 2, sessions 1, token_blacklist 12, users 4",
		},
	} {
		if diff := cmp.Diff([]string{c.want}, lines(t, bunDB, c.query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}

func TestMigrate_secondTimeNothingToDo(t *testing.T) {
	for state := range djangoFiles {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			mustMigrate(t, bunDB, adoption.Options{})
			steps, err := adoption.Migrate(t.Context(), bunDB, adoption.Options{})
			if err != nil || len(steps) > 0 {
				t.Errorf("steps = %v, %v, want none", steps, err)
			}
			database, err := adoption.Recognise(t.Context(), bunDB)
			if err != nil || database.State != adoption.Own || database.Heads.String() != "users 0004, collectibles 0017" {
				t.Errorf("database = %+v, %v, want our own at Django's last heads", database, err)
			}
			if pending, err := migrations.Pending(t.Context(), bunDB); err != nil || len(pending) > 0 {
				t.Errorf("pending = %v, %v, want none", pending, err)
			}
			differences, err := adoption.Differences(t.Context(), bunDB, adoption.Current)
			if err != nil || len(differences) > 0 {
				t.Errorf("differences = %v, %v, want none", differences, err)
			}
		})
	}
}

func TestMigrate_dropOld(t *testing.T) {
	for _, atOnce := range []bool{true, false} {
		bunDB := django(t, adoption.Older)
		mustMigrate(t, bunDB, adoption.Options{DropOld: atOnce})
		if !atOnce {
			mustMigrate(t, bunDB, adoption.Options{DropOld: true})
		}
		if left := lines(t, bunDB, `SELECT relname FROM pg_class WHERE relname LIKE 'auth\_user%'`); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}

// content returns all that is in a database of PostgreSQL's: its catalog, and a line for each table with a sum over its
// rows. It leaves out what counts ids: a number that was given is not given back.
func content(t *testing.T, bunDB *bun.DB) []string {
	t.Helper()
	tables := lines(t, bunDB, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`)
	all := []string{catalogText(t, bunDB)}
	for _, table := range tables {
		var sum string
		err := bunDB.NewRaw(`SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY t::text)), '') FROM ? AS t`, bun.Ident(table)).
			Scan(t.Context(), &sum)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, table+" "+sum)
	}
	return all
}

// TestMigrate_killedAtAnyPoint ends the connection that does the work whenever something is told, as kill -9 or a network
// that fails would.
func TestMigrate_killedAtAnyPoint(t *testing.T) {
	for state := range djangoFiles {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			before := content(t, bunDB)
			reached := 0
			for at := 0; ; at++ {
				points := 0
				kill := func(string) {
					if points++; points == at+1 {
						mustExec(t, bunDB, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
							WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`)
					}
				}
				o := adoption.Options{MediaURL: "/media/", Tell: kill}
				o.Report = kill
				if _, err := adoption.Migrate(t.Context(), bunDB, o); err == nil {
					break
				}
				reached++
				if diff := cmp.Diff(before, content(t, bunDB)); diff != "" {
					t.Fatalf("after a kill at point %d (-before +after):\n%s", at, diff)
				}
			}
			if want := 1 + len(lines(t, bunDB, "SELECT name FROM omnistock_migrations")); reached < want {
				t.Errorf("killed at %d points, want at least %d", reached, want)
			}
		})
	}
}

func TestMigrate_refused(t *testing.T) {
	for name, c := range map[string]struct {
		state adoption.State
		spoil string
		want  string
	}{
		"unknown head": {
			adoption.Current, "INSERT INTO django_migrations (app, name, applied) VALUES ('collectibles', '0018_org_table_renames', now())",
			"does not know collectibles.0018_org_table_renames",
		},
		"half migrated": {
			adoption.Current, "DELETE FROM django_migrations WHERE name = '0017_vendormember_active_store'",
			"half migrated: it is at users 0004, collectibles 0016",
		},
		"half migrated, older": {
			adoption.Older, "INSERT INTO django_migrations (app, name, applied) VALUES ('collectibles', '0008_alter_userprofile_options_and_more', now())",
			"half migrated: it is at collectibles 0008",
		},
		"another project": {
			adoption.Current, "DELETE FROM django_migrations WHERE app IN ('users', 'collectibles')",
			"belongs to another Django project: its apps are admin, auth, contenttypes, sessions, token_blacklist",
		},
		"another application": {adoption.Current, "DROP TABLE django_migrations", "belongs to another application: it holds auth_group"},
		"missing column":      {adoption.Current, "ALTER TABLE users_user DROP COLUMN birthdate", "column users_user.birthdate is missing"},
		"missing old column":  {adoption.Older, "ALTER TABLE collectibles_collectible DROP COLUMN location", "column collectibles_collectible.location is missing"},
		"view on a column": {
			adoption.Older, "CREATE VIEW report AS SELECT image FROM collectibles_collectible", "view report depends on",
		},
		"read only": {adoption.Current, "ALTER DATABASE ? SET default_transaction_read_only = on", "the database is read only"},
	} {
		t.Run(name, func(t *testing.T) {
			url := djangoURL(t, c.state)
			bunDB := dbtest.Open(t, url)
			name := lines(t, bunDB, "SELECT current_database()")[0]
			mustExec(t, bunDB, c.spoil, bun.Ident(name))
			bunDB = dbtest.Open(t, url) // with the settings of now
			before := content(t, bunDB)
			_, err := adoption.Migrate(t.Context(), bunDB, adoption.Options{MediaURL: "/media/"})
			if err == nil || !slices.Contains([]core.Kind{core.Conflict, core.Internal}, core.KindOf(err)) {
				t.Fatalf("error = %v, want a refusal", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want %q in it", err, c.want)
			}
			if diff := cmp.Diff(before, content(t, bunDB)); diff != "" {
				t.Errorf("changed (-before +after):\n%s", diff)
			}
		})
	}
}

// TestMigrate_tableInUse holds a row as a request of Django's would that never ends.
func TestMigrate_tableInUse(t *testing.T) {
	url := djangoURL(t, adoption.Older)
	bunDB, other := dbtest.Open(t, url), dbtest.Open(t, url)
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it holds a row, that is all
	if _, err := tx.ExecContext(t.Context(), "UPDATE collectibles_vendor SET name = name"); err != nil {
		t.Fatal(err)
	}
	_, err = adoption.Migrate(t.Context(), bunDB, adoption.Options{Options: migrations.Options{LockTimeout: 50 * time.Millisecond}})
	if core.KindOf(err) != core.Conflict || !db.IsLockTimeout(err) {
		t.Errorf("error = %v, want a conflict for the table in use", err)
	}
}

// newRole makes a role that may work in the schema, until the test ends.
func newRole(t *testing.T, bunDB *bun.DB) string {
	t.Helper()
	role := "tenant_" + strings.ToLower(rand.Text()[:8])
	mustExec(t, bunDB, `CREATE ROLE ?0 LOGIN PASSWORD 'tenant'; GRANT ALL ON SCHEMA public TO ?0`, bun.Ident(role))
	t.Cleanup(func() {
		if _, err := bunDB.ExecContext(context.Background(), "REASSIGN OWNED BY ?0 TO CURRENT_USER; DROP OWNED BY ?0; DROP ROLE ?0", bun.Ident(role)); err != nil {
			t.Error(err)
		}
	})
	return role
}

// own gives all tables to the role.
func own(t *testing.T, bunDB *bun.DB, role string) {
	t.Helper()
	for _, table := range lines(t, bunDB, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") {
		mustExec(t, bunDB, "ALTER TABLE ? OWNER TO ?", bun.Ident(table), bun.Ident(role))
	}
}

// TestMigrate_withoutPermission migrates as somebody who owns the tables, but may make no extension.
func TestMigrate_withoutPermission(t *testing.T) {
	address := djangoURL(t, adoption.Current)
	owner := dbtest.Open(t, address)
	before := content(t, owner)
	role := newRole(t, owner)
	mustExec(t, owner, "DROP EXTENSION pg_trgm CASCADE")
	own(t, owner, role)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(role, "tenant")
	_, err = adoption.Migrate(t.Context(), dbtest.Open(t, u.String()), adoption.Options{MediaURL: "/media/"})
	if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), `permission denied to create extension "pg_trgm"`) ||
		!strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("error = %v, want one that names the extension", err)
	}
	mustExec(t, owner, "CREATE EXTENSION pg_trgm; CREATE INDEX ON collectibles_carddetails USING gin (external_ids gin_trgm_ops)")
	if diff := cmp.Diff(before, content(t, owner)); diff != "" {
		t.Errorf("changed (-before +after):\n%s", diff)
	}
	if _, err := adoption.Migrate(t.Context(), dbtest.Open(t, u.String()), adoption.Options{MediaURL: "/media/"}); err != nil {
		t.Errorf("once the extension is there: %v", err)
	}
}

// TestMigrate_lockHeld holds the lock as another program would that migrates.
func TestMigrate_lockHeld(t *testing.T) {
	address := djangoURL(t, adoption.Older)
	bunDB, other := dbtest.Open(t, address), dbtest.Open(t, address)
	o := adoption.Options{Options: migrations.Options{Wait: 50 * time.Millisecond}, MediaURL: "/media/"}
	o.Tell = func(string) {
		o.Tell = nil
		_, err := adoption.Migrate(t.Context(), other, o)
		if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "another program is migrating the database (process ") {
			t.Errorf("error = %v, want that another program migrates", err)
		}
	}
	if _, err := adoption.Migrate(t.Context(), bunDB, o); err != nil {
		t.Fatal(err)
	}
}
