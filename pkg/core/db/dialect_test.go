package db_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestIsPostgres_eachEngine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		if got := queryString(t, bunDB.DB, "SELECT 1"); got != "1" {
			t.Errorf("got %s", got)
		}
	})
	if db.IsPostgres(onlySQLite(t)) || !db.IsPostgres(onlyPostgres(t)) {
		t.Error("the engines are mixed up")
	}
}

func TestUpper_foldsAlikeOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		groups := []group{{Name: "ÄÖÜ"}, {Name: "straße"}, {Name: "łódź"}, {Name: "日本語"}, {Name: "ılık"}}
		mustInsert(t, bunDB, &groups)
		for text, want := range map[string]string{
			"äöü": "ÄÖÜ", "STRAßE": "straße", "ŁÓDŹ": "łódź", "日本語": "日本語", "ILIK": "ılık",
		} {
			var names []string
			err := bunDB.NewSelect().Model((*group)(nil)).Column("name").
				Where("? = ?", db.Upper(bun.Ident("name")), db.Upper(text)).Scan(t.Context(), &names)
			if diff := cmp.Diff([]string{want}, names); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", text, err, diff)
			}
		}
	})
}

func TestUpper_null(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		var isNull bool
		if err := bunDB.NewRaw("SELECT upper(NULL) IS NULL").Scan(t.Context(), &isNull); err != nil || !isNull {
			t.Errorf("upper(NULL) is null = %t, %v", isNull, err)
		}
	})
}

func TestTimes_inUTC(t *testing.T) {
	type user struct {
		bun.BaseModel `bun:"table:token_blacklist_outstandingtoken"`

		ID        int64 `bun:",pk,autoincrement"`
		Token     string
		JTI       string
		ExpiresAt time.Time
	}
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		written := user{Token: "x", JTI: "y", ExpiresAt: time.Date(2026, 11, 22, 23, 0, 0, 123456000, time.FixedZone("", 3600))}
		mustInsert(t, bunDB, &written)
		var read user
		if err := bunDB.NewSelect().Model(&read).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := read.ExpiresAt.Format(time.RFC3339Nano), "2026-11-22T22:00:00.123456Z"; got != want {
			t.Errorf("time = %s, want %s", got, want)
		}
	})
}

func TestAmong_findsEachOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		names := []string{"a", `b"c`, `d\e`, "f'g", "{h,i}", "NULL", ""}
		var groups []group
		for _, name := range append(names, "other") {
			groups = append(groups, group{Name: name})
		}
		mustInsert(t, bunDB, &groups)
		var found []group
		ids := []int64{groups[1].ID, groups[3].ID, groups[3].ID, groups[7].ID}
		for column, values := range map[bun.Ident]any{"name": names, "id": ids} {
			n, err := bunDB.NewSelect().Model(&found).Where("? ?", column, db.Among(bunDB, values)).ScanAndCount(t.Context())
			if want := map[bun.Ident]int64{"name": 7, "id": 3}[column]; err != nil || n != want {
				t.Errorf("%s: %d found, want %d: %v", column, n, want, err)
			}
		}
	})
}
