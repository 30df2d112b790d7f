package db_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestColumns_ofTablesAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		if _, err := bunDB.ExecContext(t.Context(), "CREATE VIEW names AS SELECT name FROM auth_group"); err != nil {
			t.Fatal(err)
		}
		columns, err := db.Columns(t.Context(), bunDB)
		if diff := cmp.Diff([]string{"id", "name"}, columns["auth_group"]); diff != "" || err != nil {
			t.Errorf("columns, %v (-want +got):\n%s", err, diff)
		}
		for table := range columns {
			if table == "names" || table == "sqlite_sequence" || table == "omnistock_collectible_search_data" {
				t.Errorf("%s is no table of ours", table)
			}
		}
	})
}

func TestAdvanceID_neverGoesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		for _, c := range []struct{ last, want int64 }{{7, 7}, {3, 7}, {9, 9}} {
			err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
				return db.AdvanceID(ctx, tx, "auth_group", c.last)
			})
			got, readErr := db.LastID(t.Context(), bunDB, "auth_group")
			if got != c.want || err != nil || readErr != nil {
				t.Errorf("after %d: last id = %d, %v, %v, want %d", c.last, got, err, readErr, c.want)
			}
		}
		next := &group{Name: "next"}
		mustInsert(t, bunDB, next)
		if next.ID != 10 {
			t.Errorf("id = %d, want 10", next.ID)
		}
	})
}

func TestTryLock_oneAtATime(t *testing.T) {
	url := dbtest.NewURL(t, dbtest.Postgres)
	one, other := dbtest.Open(t, url), dbtest.Open(t, url)
	unlock, ok, err := db.TryLock(t.Context(), one, 1)
	if err != nil || !ok {
		t.Fatalf("ok = %t, %v, want true", ok, err)
	}
	if _, ok, err := db.TryLock(t.Context(), other, 1); ok || err != nil {
		t.Errorf("while it is held: ok = %t, %v, want false", ok, err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	unlock, ok, err = db.TryLock(t.Context(), other, 1)
	if err != nil || !ok {
		t.Fatalf("afterwards: ok = %t, %v, want true", ok, err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
}

// TestNextID_isTheOneThatIsGiven inserts a row with an id that was taken before, and then one without.
func TestNextID_isTheOneThatIsGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		for range 2 {
			var taken, next int64
			err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) (err error) {
				if taken, err = db.NextID(ctx, tx, "auth_group"); err != nil {
					return err
				}
				if _, err := tx.NewRaw("INSERT INTO auth_group (id, name) VALUES (?, ?)", taken, fmt.Sprint("taken", taken)).Exec(ctx); err != nil {
					return err
				}
				return tx.NewRaw("INSERT INTO auth_group (name) VALUES (?) RETURNING id", fmt.Sprint("next", taken)).Scan(ctx, &next)
			})
			if err != nil || taken < 1 || next != taken+1 {
				t.Fatalf("taken %d, then given %d: %v", taken, next, err)
			}
		}
	})
}
