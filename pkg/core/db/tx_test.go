package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestInTx_commits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			return insert(ctx, tx, &group{Name: "staff"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"staff"}, groupNames(t, bunDB)); diff != "" {
			t.Errorf("groups (-want +got):\n%s", diff)
		}
	})
}

func TestInTx_rollsBack(t *testing.T) {
	broken := errors.New("broken")
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		calls := 0
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			calls++
			return errors.Join(insert(ctx, tx, &group{Name: "staff"}), broken)
		})
		if !errors.Is(err, broken) || calls != 1 {
			t.Errorf("error = %v after %d calls, want %v after 1", err, calls, broken)
		}
		if names := groupNames(t, bunDB); len(names) > 0 {
			t.Errorf("groups = %v, want none", names)
		}
	})
}

func TestInTx_rollsBackAfterPanic(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		func() {
			defer func() {
				if got := recover(); got != "broken" {
					t.Errorf("recovered %v, want the panic", got)
				}
			}()
			_ = db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
				mustInsert(t, tx, &group{Name: "staff"})
				panic("broken")
			})
		}()
		mustInsert(t, bunDB, &group{Name: "staff"}) // neither locked nor taken
	})
}

func TestInTx_lockedFileIsTriedAgain(t *testing.T) {
	bunDB := onlySQLite(t)
	busy := lockedFileError(t)
	calls := 0
	err := db.InTx(t.Context(), bunDB, func(context.Context, bun.Tx) error {
		if calls++; calls < 3 {
			return fmt.Errorf("insert: %w", busy)
		}
		return nil
	})
	if err != nil || calls != 3 {
		t.Errorf("error = %v after %d calls, want none after 3", err, calls)
	}
}

func TestInTx_givesUp(t *testing.T) {
	bunDB := onlySQLite(t)
	busy := lockedFileError(t)
	calls := 0
	err := db.InTx(t.Context(), bunDB, func(context.Context, bun.Tx) error { calls++; return busy })
	if !errors.Is(err, busy) || calls != 5 {
		t.Errorf("error = %v after %d calls, want %v after 5", err, calls, busy)
	}
}

func TestInTx_notTriedAgainAfterCancel(t *testing.T) {
	bunDB := onlySQLite(t)
	busy := lockedFileError(t)
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := db.InTx(ctx, bunDB, func(context.Context, bun.Tx) error { calls++; cancel(); return busy })
	if !errors.Is(err, busy) || calls != 1 {
		t.Errorf("error = %v after %d calls, want %v after 1", err, calls, busy)
	}
}

// lockedFileError is what SQLite says at once to a second writer that has no patience.
func lockedFileError(t *testing.T) error {
	t.Helper()
	path := t.TempDir() + "/locked.db?_txlock=immediate"
	var txs []*sql.Tx
	for range 2 {
		conn, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		tx, err := conn.BeginTx(t.Context(), nil)
		if err != nil {
			return err
		}
		txs = append(txs, tx)
	}
	t.Fatalf("%d transactions write at once", len(txs))
	return nil
}

// TestInTx_writersQueue lets 64 writers count in one row, and readers look on.
func TestInTx_writersQueue(t *testing.T) {
	const writers, rounds = 64, 5
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, "CREATE TABLE counter (n integer)")
		mustExec(t, bunDB, "INSERT INTO counter VALUES (0)")
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range rounds {
					if err := increment(t.Context(), bunDB); err != nil {
						t.Error(err)
					}
				}
			})
			group.Go(func() {
				if got := count(t, bunDB); got < 0 || got > writers*rounds {
					t.Errorf("count = %d", got)
				}
			})
		}
		group.Wait()
		if got := count(t, bunDB); got != writers*rounds {
			t.Errorf("count = %d, want %d", got, writers*rounds)
		}
	})
}

func increment(ctx context.Context, bunDB *bun.DB) error {
	return db.InTx(ctx, bunDB, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE counter SET n = n + 1")
		return err
	})
}

func count(t *testing.T, bunDB *bun.DB) (n int) {
	t.Helper()
	if err := bunDB.NewSelect().Table("counter").Column("n").Scan(t.Context(), &n); err != nil {
		t.Error(err)
	}
	return n
}

func mustExec(t *testing.T, bunDB *bun.DB, query string) {
	t.Helper()
	if _, err := bunDB.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func TestQuery_endsWithItsContext(t *testing.T) {
	const endless = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		if err := bunDB.NewRaw(endless).Scan(ctx, new(int)); err == nil || time.Since(start) > 5*time.Second {
			t.Errorf("error = %v after %s", err, time.Since(start))
		}
		mustExec(t, bunDB, "SELECT 1") // the connection, or another one, goes on
	})
}
