package adoption_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func mustCheckRollback(t *testing.T, bunDB *bun.DB) *adoption.Rollback {
	t.Helper()
	check, err := adoption.CheckRollback(t.Context(), bunDB)
	if err != nil {
		t.Fatal(err)
	}
	return check
}

// work is a day of a new shop's, through the API.
func work(t *testing.T, a *apptest.App) {
	t.Helper()
	owner, guest := a.SignUp(t, "owner"), a.SignUp(t, "guest")
	owner.Post(t, "/api/v1/vendors/", `{"name": "New shop"}`).ID(t, http.StatusCreated)
	store := owner.Post(t, "/api/v1/vendor-stores/", `{"name": "Second"}`).ID(t, http.StatusCreated)
	member := owner.Post(t, "/api/v1/vendor-members/", `{"email": "guest@shop.example", "role": "staff"}`).ID(t, http.StatusCreated)
	guest.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", member), nil).Want(t, http.StatusOK, "")
	owner.Post(t, "/api/v1/vendor-store-access/", map[string]any{"store": store, "member": member, "role": "sales"}).ID(t, http.StatusCreated)
	item := owner.Post(t, "/api/v1/collectibles/", map[string]any{
		"store": store, "name": "Dragon", "sku": "D-1", "quantity": 3, "price": "12.50", "intake_price": "1.00", "projected_price": "20.00",
		"card_details": map[string]any{"language": "English", "psa_grade": "9.5"},
	}).ID(t, http.StatusCreated)
	owner.Patch(t, fmt.Sprintf("/api/v1/collectibles/%d/", item), `{"quantity": 5}`).Want(t, http.StatusOK, "")
}

func TestCheckRollback_afterADayOfWork(t *testing.T) {
	for state := range djangoFiles {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			if state == adoption.Current {
				if check := mustCheckRollback(t, bunDB); !check.Ready {
					t.Errorf("before: %+v, want nothing", check.Findings)
				}
			}
			mustMigrate(t, bunDB, adoption.Options{})
			work(t, newApp(t, bunDB))
			before := content(t, bunDB)
			check := mustCheckRollback(t, bunDB)
			if errors := check.Findings.At(adoption.Error); !check.Ready || len(errors) > 0 || len(check.Passed) < 30 {
				t.Errorf("ready = %t, errors %+v, passed %q", check.Ready, errors, check.Passed)
			}
			if diff := cmp.Diff(before, content(t, bunDB)); diff != "" {
				t.Errorf("changed (-before +after):\n%s", diff)
			}
		})
	}
}

// TestCheckRollback_triesEachTable holds the steps against the catalog: a table that comes later is not forgotten.
func TestCheckRollback_triesEachTable(t *testing.T) {
	bunDB := firstStep(t)
	tables := lines(t, bunDB, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
		AND relname NOT LIKE 'omnistock%'`)
	for _, table := range append(tables, "django_admin_log", "django_migrations", "django_session") {
		if !strings.Contains(adoption.RollbackSteps, "INSERT INTO "+table+" (") {
			t.Errorf("nothing is inserted into %s", table)
		}
	}
}

func TestCheckRollback_broken(t *testing.T) {
	const fk = "ALTER TABLE collectibles_stockledger DROP CONSTRAINT collectibles_stockle_to_store_id_24e258bb_fk_collectib"
	for name, c := range map[string]struct{ spoil, id, want string }{
		"column without a default": {
			"ALTER TABLE collectibles_store ADD opened date NOT NULL DEFAULT now(); ALTER TABLE collectibles_store ALTER opened DROP DEFAULT",
			"steps", `Django could not insert a store: ERROR: null value in column "opened"`,
		},
		"and in the comparison": {
			"ALTER TABLE collectibles_store ADD opened date NOT NULL DEFAULT now(); ALTER TABLE collectibles_store ALTER opened DROP DEFAULT",
			"differences", "column collectibles_store.opened is not one",
		},
		"column of the log": {
			"ALTER TABLE django_admin_log ADD shift integer NOT NULL DEFAULT 1; ALTER TABLE django_admin_log ALTER shift DROP DEFAULT",
			"steps", "Django could not insert an entry of the admin's log",
		},
		"constraint":  {"ALTER TABLE users_user DROP CONSTRAINT users_user_username_key", "differences", "UNIQUE (username) is missing"},
		"not valid":   {fk + ", ADD FOREIGN KEY (to_store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED NOT VALID", "differences", "(id) DEFERRABLE INITIALLY DEFERRED is not valid"},
		"table":       {"DROP TABLE collectibles_inventorymedia", "steps", "Django could not insert an item's image"},
		"head":        {"DELETE FROM django_migrations WHERE name LIKE '0017%'", "history.lacks", "collectibles.0017_vendormember_active_store"},
		"sequence":    {"SELECT setval('users_user_id_seq', 1)", "sequences.behind", "users_user: 1 given, the largest id is 6"},
		"no identity": {"ALTER TABLE collectibles_vendor ALTER id DROP IDENTITY", "differences", "column collectibles_vendor.id is bigint not null, not bigint not null counted"},
		"sequence of nobody's": {
			`ALTER TABLE collectibles_vendor ALTER id DROP IDENTITY; CREATE SEQUENCE vendor_ids START 100;
			ALTER TABLE collectibles_vendor ALTER id SET DEFAULT nextval('vendor_ids')`,
			"sequences.loose", "column collectibles_vendor.id: nextval('vendor_ids'::regclass)",
		},
		"check": {"ALTER TABLE users_user ADD CHECK (email NOT LIKE '%.invalid')", "steps", "Django could not insert a user"},
		"trigger": {
			`CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;
			CREATE TRIGGER no BEFORE DELETE ON collectibles_vendor FOR EACH ROW EXECUTE FUNCTION no()`,
			"steps", "Django could not delete the vendor: ERROR: never",
		},
		"reference": {
			"CREATE TABLE omnistock_note (item_id bigint REFERENCES collectibles_collectible (id))",
			"references", "omnistock_note_item_id_fkey of omnistock_note",
		},
	} {
		t.Run(name, func(t *testing.T) {
			bunDB := django(t, adoption.Current)
			mustMigrate(t, bunDB, adoption.Options{})
			mustExec(t, bunDB, c.spoil)
			check := mustCheckRollback(t, bunDB)
			var text strings.Builder
			if err := check.WriteText(&text); err != nil {
				t.Fatal(err)
			}
			isThere := slices.ContainsFunc(check.Findings.At(adoption.Error), func(f adoption.Finding) bool { return f.ID == c.id })
			if check.Ready || !isThere || !strings.Contains(text.String(), c.want) {
				t.Errorf("ready = %t, want %q of %s in\n%s", check.Ready, c.want, c.id, &text)
			}
		})
	}
}

func TestCheckRollback_refused(t *testing.T) {
	for name, c := range map[string]struct {
		state adoption.State
		spoil string
		want  string
	}{
		"older":     {adoption.Older, "SELECT 1", "run 'omnistock migrate' first"},
		"other":     {adoption.Current, "DROP TABLE django_migrations", "belongs to another application"},
		"read only": {adoption.Current, "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$", "is read only"},
	} {
		t.Run(name, func(t *testing.T) {
			url := djangoURL(t, c.state)
			mustExec(t, dbtest.Open(t, url), c.spoil)
			_, err := adoption.CheckRollback(t.Context(), dbtest.Open(t, url))
			if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want %q", err, c.want)
			}
		})
	}
}

func TestLinkProfiles_onceAndForAll(t *testing.T) {
	bunDB := django(t, adoption.Current)
	want := []string{
		"vendor 1 (alpha-cards): user 2 (ben) becomes manager",
		"vendor 2 (beta-games): user 3 (cleo) becomes owner",
		"vendor 2 (beta-games): user 4 (dora) becomes manager",
	}
	for i, want := range [][]string{want, want, {}} {
		got, err := adoption.LinkProfiles(t.Context(), bunDB, i == 0)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("run %d: %v (-want +got):\n%s", i, err, diff)
		}
	}
	members := lines(t, bunDB, "SELECT concat_ws(' ', user_id, vendor_id, role, invite_status, is_active) FROM collectibles_vendormember ORDER BY id")
	if diff := cmp.Diff([]string{
		"1 1 owner accepted t", "6 1 staff revoked f", "2 1 manager accepted t", "3 2 owner accepted t", "4 2 manager accepted t",
	}, members); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}
