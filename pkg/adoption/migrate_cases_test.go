package adoption_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// TestMigrate_olderOddities takes over what a database may hold beside Omni-Stock's own.
func TestMigrate_olderOddities(t *testing.T) {
	for name, c := range map[string]struct{ before, query, want string }{
		"tables of another app follow the accounts": {
			`CREATE TABLE authtoken (key text, user_id integer NOT NULL REFERENCES auth_user);
			CREATE TABLE audit (user_id integer REFERENCES auth_user) PARTITION BY LIST (user_id);
			CREATE TABLE audit_1 PARTITION OF audit FOR VALUES IN (1); INSERT INTO audit VALUES (1)`,
			"SELECT string_agg(conrelid::regclass || ' ' || confrelid::regclass, ', ' ORDER BY conrelid::regclass::text) FROM pg_constraint " +
				"WHERE contype = 'f' AND conrelid IN ('authtoken'::regclass, 'audit'::regclass)",
			"audit users_user, authtoken users_user",
		},
		"an image's path as Django writes it": {
			"UPDATE collectibles_collectible SET image = 'pics/Pok é#%.png' WHERE id = 1",
			"SELECT image_url FROM collectibles_collectible WHERE id = 1", "/media/pics/Pok%20%C3%A9%23%25.png",
		},
		"an e-mail that only looks empty": {
			`UPDATE auth_user SET email = E'\t\n' WHERE id = 8`, "SELECT email FROM users_user WHERE id = 8", "user-8@no-email1.invalid",
		},
		"a column's default": {
			"ALTER TABLE collectibles_vendor ALTER is_active SET DEFAULT true", "SELECT count(*)::text FROM collectibles_vendor", "5",
		},
		"ids by a serial": {
			`ALTER TABLE collectibles_vendor ALTER id DROP IDENTITY; CREATE SEQUENCE vendor_ids OWNED BY collectibles_vendor.id;
			ALTER TABLE collectibles_vendor ALTER id SET DEFAULT nextval('vendor_ids'); SELECT setval('vendor_ids', 4)`,
			"SELECT max(id)::text FROM collectibles_vendor", "5",
		},
	} {
		t.Run(name, func(t *testing.T) {
			bunDB := django(t, adoption.Older)
			mustExec(t, bunDB, c.before)
			mustMigrate(t, bunDB, adoption.Options{})
			if diff := cmp.Diff([]string{c.want}, lines(t, bunDB, c.query)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.query, diff)
			}
		})
	}
}

func TestMigrate_olderRefused(t *testing.T) {
	for name, c := range map[string]struct {
		before, want string
		o            adoption.Options
	}{
		"a column in the way": {
			"ALTER TABLE collectibles_collectible ADD category text", "column collectibles_collectible.category is not one that omnistock knows", adoption.Options{},
		},
		"an address too long": {
			"SELECT 1", "200 characters: item 1 (A-1). Set a shorter OMNISTOCK_PUBLIC_URL",
			adoption.Options{MediaURL: "https://" + strings.Repeat("long.", 35) + "example/media/"},
		},
		"faked": {"SELECT 1", "leave --fake away", adoption.Options{Options: migrations.Options{Fake: true}}},
		"a part": {
			"SELECT 1", `leave the name "v1_schema" away`, adoption.Options{Options: migrations.Options{To: "v1_schema"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			bunDB := django(t, adoption.Older)
			mustExec(t, bunDB, c.before)
			before := content(t, bunDB)
			if _, err := adoption.Migrate(t.Context(), bunDB, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want %q in it", err, c.want)
			}
			if diff := cmp.Diff(before, content(t, bunDB)); diff != "" {
				t.Errorf("changed (-before +after):\n%s", diff)
			}
		})
	}
}

// TestMigrate_tablesKeepTheirOwner migrates as a superuser: what is made belongs to whom Django connects as.
func TestMigrate_tablesKeepTheirOwner(t *testing.T) {
	for state := range djangoFiles {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			role := newRole(t, bunDB)
			own(t, bunDB, role)
			mustMigrate(t, bunDB, adoption.Options{})
			if others := lines(t, bunDB, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user`); len(others) > 0 {
				t.Errorf("tables of the superuser's: %v", others)
			}
		})
	}
}

func TestMigrate_schemaBehindAnother(t *testing.T) {
	url := djangoURL(t, adoption.Current)
	mustExec(t, dbtest.Open(t, url), "CREATE SCHEMA first")
	bunDB := dbtest.Open(t, url+"&search_path=first,public")
	_, err := adoption.Recognise(t.Context(), bunDB)
	if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "put search_path=public into the URL") {
		t.Errorf("error = %v, want one that names the schema", err)
	}
}

// TestMigrate_severalAtOnce starts as several containers would that migrate when they start.
func TestMigrate_severalAtOnce(t *testing.T) {
	for state := range djangoFiles {
		t.Run(string(state), func(t *testing.T) {
			url := djangoURL(t, state)
			var group sync.WaitGroup
			for range 3 {
				bunDB := dbtest.Open(t, url)
				group.Go(func() {
					if _, err := adoption.Migrate(t.Context(), bunDB, adoption.Options{MediaURL: "/media/"}); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		})
	}
}

func TestMigrate_dropOldKeepsLostAccounts(t *testing.T) {
	bunDB := django(t, adoption.Older)
	mustMigrate(t, bunDB, adoption.Options{})
	plan, err := adoption.NewPlan(t.Context(), bunDB, adoption.Options{DropOld: true})
	if err != nil || len(plan) != 1 {
		t.Errorf("plan = %v, %v, want one stage", plan, err)
	}
	mustExec(t, bunDB, "DELETE FROM users_user WHERE id = 8")
	_, err = adoption.Migrate(t.Context(), bunDB, adoption.Options{DropOld: true})
	if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "hugo") {
		t.Errorf("error = %v, want one that names the account", err)
	}
}
