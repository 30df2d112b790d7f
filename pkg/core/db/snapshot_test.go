package db_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestSnapshot_seesNothingOfWhatOthersWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustInsert(t, bunDB, &group{Name: "before"})
		err := db.Snapshot(t.Context(), bunDB, func(_ context.Context, tx bun.Tx) error {
			for _, name := range []string{"meanwhile", "later"} {
				if diff := cmp.Diff([]string{"before"}, groupNames(t, tx)); diff != "" {
					t.Errorf("groups (-want +got):\n%s", diff)
				}
				mustInsert(t, bunDB, &group{Name: name})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"before", "later", "meanwhile"}, groupNames(t, bunDB)); diff != "" {
			t.Errorf("groups (-want +got):\n%s", diff)
		}
	})
}

func TestSnapshot_cannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		err := db.Snapshot(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			return insert(ctx, tx, &group{Name: "staff"})
		})
		if err == nil || len(groupNames(t, bunDB)) > 0 {
			t.Errorf("error = %v, groups = %v", err, groupNames(t, bunDB))
		}
	})
}
