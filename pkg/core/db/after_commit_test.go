package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

func TestAfterCommit_inOrderOnceAllIsCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		var got []string
		ctx, cancel := context.WithCancel(t.Context())
		err := db.InTx(ctx, bunDB, func(ctx context.Context, _ bun.Tx) error {
			for _, name := range []string{"first", "second"} {
				db.AfterCommit(ctx, func(ctx context.Context) {
					cancel() // the client is gone
					if ctx.Err() == nil {
						got = append(got, name)
					}
				})
			}
			got = append(got, "work")
			return nil
		})
		if diff := cmp.Diff([]string{"work", "first", "second"}, got); diff != "" || err != nil {
			t.Errorf("error %v; done (-want +got):\n%s", err, diff)
		}
	})
}

func TestAfterCommit_neverAfterAFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		failure := errors.New("no")
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, _ bun.Tx) error {
			db.AfterCommit(ctx, func(context.Context) { t.Error("it was done") })
			return failure
		})
		if !errors.Is(err, failure) {
			t.Errorf("error = %v, want %v", err, failure)
		}
	})
}

func TestAfterCommit_outsideIsAMistake(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	db.AfterCommit(t.Context(), func(context.Context) {})
}
