package adoption_test

import (
	"strings"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// mustSet gives the database a setting for connections to come.
func mustSet(t *testing.T, url, setting string) {
	t.Helper()
	mustExec(t, dbtest.Open(t, url), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET "+setting+"', current_database()); END $$")
}

// TestMigrate_statementTimeout bounds statements, and makes one of the migration's take longer.
func TestMigrate_statementTimeout(t *testing.T) {
	for _, state := range []adoption.State{adoption.Empty, adoption.Current} {
		t.Run(string(state), func(t *testing.T) {
			url := djangoURL(t, state)
			mustExec(t, dbtest.Open(t, url), `CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
				IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.omnistock_migrations') THEN
					PERFORM pg_sleep(1.5);
				END IF; END $$;
				CREATE EVENT TRIGGER slow ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION slow()`)
			mustSet(t, url, "statement_timeout = ''1s''")
			bunDB := dbtest.Open(t, url)
			if report := mustInspect(t, bunDB); !report.Ready || report.Server.Timeout != "1s" {
				t.Errorf("ready = %t, timeout %s, want ready and 1s", report.Ready, report.Server.Timeout)
			}
			mustMigrate(t, bunDB, adoption.Options{})
			if got := lines(t, bunDB, "SHOW statement_timeout"); got[0] != "1s" {
				t.Errorf("afterwards statement_timeout = %s, want 1s", got[0])
			}
		})
	}
}

// TestMigrate_idleSessionTimeout lets a migration take longer than a connection may say nothing: that with the lock goes on
// keeping others out.
func TestMigrate_idleSessionTimeout(t *testing.T) {
	url := djangoURL(t, adoption.Current)
	mustSet(t, url, "idle_session_timeout = ''1s''")
	o := adoption.Options{Options: migrations.Options{Wait: 50 * time.Millisecond}, MediaURL: "/media/"}
	first := o
	first.Tell = func(string) {
		time.Sleep(1500 * time.Millisecond)
		_, err := adoption.Migrate(t.Context(), dbtest.Open(t, url), o)
		if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "another program is migrating the database (process ") {
			t.Errorf("error = %v, want that another program migrates", err)
		}
	}
	if _, err := adoption.Migrate(t.Context(), dbtest.Open(t, url), first); err != nil {
		t.Fatal(err)
	}
}
