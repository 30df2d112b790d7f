package migrations_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestStatus_emptyDatabase(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		steps, err := migrations.Status(t.Context(), bunDB)
		if err != nil || len(steps) == 0 || steps[0] != (migrations.Step{Name: "20261122000001_v1_schema"}) {
			t.Errorf("steps = %v, %v, want all, none applied", steps, err)
		}
		if got := tables(t, bunDB); len(got) > 0 {
			t.Errorf("tables = %v, want none", got)
		}
	})
}

func TestStatus_appliedPendingAndUnknown(t *testing.T) {
	before := folder("1_a", "CREATE TABLE a ({{.ID}});", "2_b", "CREATE TABLE b ({{.ID}});")
	now := folder("1_a", "CREATE TABLE a ({{.ID}});", "3_c", "CREATE TABLE c ({{.ID}});")
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		start := time.Now().Add(-time.Second)
		if _, err := migrations.UpFrom(t.Context(), bunDB, before, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		got, err := migrations.StatusFrom(t.Context(), bunDB, now)
		if err != nil {
			t.Fatal(err)
		}
		want := []migrations.Step{{Name: "1_a", Applied: true}, {Name: "2_b", Applied: true, Unknown: true}, {Name: "3_c"}}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(migrations.Step{}, "AppliedAt")); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
		if at := got[0].AppliedAt; at.Before(start) || at.After(time.Now()) || at.Location() != time.UTC {
			t.Errorf("applied at %s, want now, in UTC", at)
		}
	})
}

func TestPending_beforeAndAfter(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		before, err := migrations.Pending(t.Context(), bunDB)
		if err != nil || len(before) == 0 {
			t.Errorf("pending = %v, %v, want all", before, err)
		}
		if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		after, err := migrations.Pending(t.Context(), bunDB)
		if err != nil || len(after) > 0 {
			t.Errorf("pending = %v, %v, want none", after, err)
		}
	})
}
