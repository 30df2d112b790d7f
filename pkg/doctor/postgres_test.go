package doctor_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/doctor"
)

func openPostgres(t *testing.T) *bun.DB {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, dbtest.Postgres))
}

func TestSessions_idleTransaction(t *testing.T) {
	bunDB := openPostgres(t)
	o := doctor.Options{DB: bunDB, Long: 10 * time.Millisecond}
	err := bunDB.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		mustExec(t, tx, "LOCK TABLE auth_group IN SHARE MODE")
		time.Sleep(50 * time.Millisecond)
		for _, m := range diagnose(t, o) {
			if m.ID == "postgres.W030" && strings.Contains(m.Text, "transaction of omnistock") && strings.Contains(m.Hint, "pg_terminate_backend") {
				return nil
			}
		}
		return errors.New("no message on it")
	})
	if err != nil {
		t.Error(err)
	}
	if msgs := diagnose(t, o); len(msgs) > 0 {
		t.Errorf("afterwards: %v", msgs)
	}
}

func TestConnections_poolIsTooLarge(t *testing.T) {
	wantOne(t, diagnose(t, doctor.Options{DB: openPostgres(t), Pool: 10_000}), "postgres.W021", "may open 10000 connections")
}

func TestServer_versionAndClock(t *testing.T) {
	later := func() time.Time { return time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC) }
	texts := fmt.Sprint(diagnose(t, doctor.Options{DB: openPostgres(t), Now: later}))
	for _, want := range []string{"gets no fixes since 20", "clock of this machine and that of the database server"} {
		if !strings.Contains(texts, want) {
			t.Errorf("nothing on %q: %s", want, texts)
		}
	}
}

// TestDiagnoses_oneFails has the extension without the library that fills its view.
func TestDiagnoses_oneFails(t *testing.T) {
	bunDB := openPostgres(t)
	mustExec(t, bunDB, "CREATE EXTENSION pg_stat_statements", "DROP INDEX users_user_email_243f6e77_like")
	msgs := diagnose(t, doctor.Options{DB: bunDB})
	if len(msgs) != 2 || msgs[0].ID != "schema.W001" || msgs[1].ID != check.DiagnosisFailed || msgs[1].Object != "postgres.W040" {
		t.Errorf("messages = %v", msgs)
	}
}

func TestSchema_invalidParts(t *testing.T) {
	bunDB := openPostgres(t)
	mustExec(t, bunDB,
		"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'omnistock_collectible_name'::regclass",
		"ALTER TABLE users_usermedia DROP CONSTRAINT users_usermedia_width_check",
		"ALTER TABLE users_usermedia ADD CONSTRAINT width CHECK (width >= 0) NOT VALID",
	)
	msgs := diagnose(t, doctor.Options{DB: bunDB})
	if len(msgs) != 2 || msgs[0].Hint != "ALTER TABLE users_usermedia VALIDATE CONSTRAINT width; it names the rows that are in the way" ||
		msgs[1].Hint != "REINDEX INDEX CONCURRENTLY omnistock_collectible_name;" {
		t.Errorf("messages = %v", msgs)
	}
}

func TestDeadRows_manyDeletedRows(t *testing.T) {
	bunDB := openPostgres(t)
	mustExec(t, bunDB, "ALTER TABLE auth_group SET (autovacuum_enabled = off)",
		"INSERT INTO auth_group (name) SELECT 'group ' || n FROM generate_series(1, 30000) n",
		"DELETE FROM auth_group WHERE id > 15000")
	for range 40 { // the server counts a little later
		texts := fmt.Sprint(diagnose(t, doctor.Options{DB: bunDB}))
		if strings.Contains(texts, "15000 dead rows beside 15000 live ones") && strings.Contains(texts, "no statistics of its 15000 rows") {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("no message on it")
}

// TestSchema_hintsMend does what the hints say.
func TestSchema_hintsMend(t *testing.T) {
	bunDB := openPostgres(t)
	mustExec(t, bunDB, "DROP INDEX omnistock_collectible_search_gin, omnistock_collectible_name, users_user_email_243f6e77_like",
		"ALTER TABLE collectibles_collectible DROP CONSTRAINT collectibles_collectible_sku_key",
		"ALTER TABLE collectibles_storeaccess DROP CONSTRAINT collectibles_storeac_member_id_f31500cf_fk_collectib")
	msgs := diagnose(t, doctor.Options{DB: bunDB})
	if len(msgs) != 5 {
		t.Errorf("%d messages, want 5: %v", len(msgs), msgs)
	}
	for _, m := range msgs {
		_, statement, _ := strings.Cut(m.Hint, ": ")
		mustExec(t, bunDB, statement)
	}
	if msgs := diagnose(t, doctor.Options{DB: bunDB}); len(msgs) > 0 {
		t.Errorf("afterwards: %v", msgs)
	}
}
