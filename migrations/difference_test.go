package migrations_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// firstStep returns an empty database after the first step alone.
func firstStep(t *testing.T, engine string) *bun.DB {
	t.Helper()
	bunDB := dbtest.Open(t, dbtest.EmptyURL(t, engine))
	if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{To: "v1_schema"}); err != nil {
		t.Fatal(err)
	}
	return bunDB
}

func TestCatalog_golden(t *testing.T) {
	catalog, err := migrations.ReadCatalog(t.Context(), firstStep(t, dbtest.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, subject := range slices.Sorted(maps.Keys(catalog)) {
		if !strings.Contains(subject, migrations.HistoryTable) {
			fmt.Fprintf(&text, "%s\t%s\n", subject, catalog[subject])
		}
	}
	checkGolden(t, "v1_catalog.txt", text.String())
}

// TestDifferences_eachKind changes a database by hand in all the ways that the comparison tells apart.
func TestDifferences_eachKind(t *testing.T) {
	bunDB := firstStep(t, dbtest.Postgres)
	mustExec(t, bunDB, `ALTER TABLE users_user ALTER COLUMN email TYPE varchar(300), ALTER COLUMN birthdate SET NOT NULL,
		ADD COLUMN nickname text, ADD COLUMN shoe_size integer NOT NULL, ADD COLUMN points integer NOT NULL DEFAULT 0,
		DROP COLUMN company_site, DROP CONSTRAINT users_user_username_key;
		DROP INDEX collectibles_store_slug_6a812ef7;
		DROP TABLE collectibles_stockledger;
		CREATE INDEX ON users_user (birthdate);
		CREATE TABLE notes (id integer NOT NULL)`)
	all, err := migrations.Differences(t.Context(), bunDB)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range all {
		got = append(got, fmt.Sprintf("%t %v", d.Breaks, d))
	}
	want := []string{
		"true column users_user.birthdate is date not null, not date",
		"true column users_user.company_site is missing",
		"true column users_user.email is character varying(300) not null, not character varying(254) not null",
		"false column users_user.nickname is not one that omnistock knows",
		"false column users_user.points is not one that omnistock knows",
		"true column users_user.shoe_size is not one that omnistock knows",
		"true constraint users_user UNIQUE (username) is missing",
		"false index collectibles_store btree (slug) is missing",
		"false index users_user btree (birthdate) is not one that omnistock knows",
		"true table collectibles_stockledger is missing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}
