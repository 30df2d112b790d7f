package db_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestPostgres_settingsOfConnection(t *testing.T) {
	bunDB := onlyPostgres(t)
	got := map[string]string{}
	for _, name := range []string{"application_name", "TimeZone"} {
		got[name] = queryString(t, bunDB.DB, "SHOW "+name)
	}
	if diff := cmp.Diff(map[string]string{"application_name": "omnistock", "TimeZone": "UTC"}, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

// TestPostgres_deadlockIsTriedAgain lets two transactions lock two rows crosswise.
func TestPostgres_deadlockIsTriedAgain(t *testing.T) {
	bunDB := onlyPostgres(t)
	mustInsert(t, bunDB, &[]group{{Name: "a"}, {Name: "b"}})
	var bothHaveOne, done sync.WaitGroup
	bothHaveOne.Add(2)
	var calls atomic.Int32
	cross := func(one, other string) {
		var once sync.Once
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			calls.Add(1)
			if err := lockGroup(ctx, tx, one); err != nil {
				return err
			}
			once.Do(func() { bothHaveOne.Done(); bothHaveOne.Wait() })
			return lockGroup(ctx, tx, other)
		})
		if err != nil {
			t.Error(err)
		}
	}
	done.Go(func() { cross("a", "b") })
	done.Go(func() { cross("b", "a") })
	done.Wait()
	if calls.Load() < 3 {
		t.Errorf("transactions = %d, want one of them twice", calls.Load())
	}
}

func lockGroup(ctx context.Context, tx bun.Tx, name string) error {
	var g group
	return tx.NewSelect().Model(&g).Where("name = ?", name).For("UPDATE").Scan(ctx)
}

func TestPostgres_cancelledStatementEndsInTheServer(t *testing.T) {
	bunDB := onlyPostgres(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := bunDB.ExecContext(ctx, "SELECT pg_sleep(60)"); err == nil {
		t.Fatal("no error")
	}
	const query = "SELECT count(*)::text FROM pg_stat_activity " +
		"WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()"
	for range 100 {
		if queryString(t, bunDB.DB, query) == "0" {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the server still works on the statement")
}

// TestPostgres_outage: a connection that the server ended, in a transaction or outside of one, and a server that is not there.
func TestPostgres_outage(t *testing.T) {
	bunDB := onlyPostgres(t)
	end := func(pid int) { // and wait until it is
		mustExec(t, bunDB, fmt.Sprintf("SELECT pg_terminate_backend(%d, 5000)", pid))
	}
	for name, use := range map[string]func(tx bun.Tx) error{
		"statement": func(tx bun.Tx) error { _, err := tx.ExecContext(t.Context(), "SELECT 1"); return err },
		"second statement": func(tx bun.Tx) error {
			_, _ = tx.ExecContext(t.Context(), "SELECT 1") // the first one breaks the connection
			_, err := tx.ExecContext(t.Context(), "SELECT 1")
			return err
		},
		"commit": func(bun.Tx) error { return nil },
	} {
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			pid := 0
			if err := tx.NewRaw("SELECT pg_backend_pid()").Scan(ctx, &pid); err != nil {
				t.Fatal(err)
			}
			end(pid)
			return use(tx)
		})
		if !db.IsOutage(err) {
			t.Errorf("%s: error = %v (%T), want an outage", name, err, err)
		}
	}
	_, err := dbtest.Open(t, "postgres://nobody@127.0.0.1:1/none").ExecContext(t.Context(), "SELECT 1")
	if !db.IsOutage(err) {
		t.Errorf("no server: error = %v, want an outage", err)
	}
	for _, query := range []string{"SELECT 1/0", "SELECT nothing", "INSERT INTO auth_group (name) VALUES (NULL)"} {
		if _, err := bunDB.ExecContext(t.Context(), query); err == nil || db.IsOutage(err) {
			t.Errorf("%s: error = %v, want no outage", query, err)
		}
	}
}
