package db_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
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
