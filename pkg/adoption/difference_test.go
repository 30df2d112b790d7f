package adoption_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// foreign are the tables of Django's that neither state is compared by.
const foreign = "omnistock_migrations django_admin_log django_migrations django_session"

func catalogText(t *testing.T, bunDB *bun.DB) string {
	t.Helper()
	catalog, err := adoption.ReadCatalog(t.Context(), bunDB)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, subject := range slices.Sorted(maps.Keys(catalog)) {
		table := strings.FieldsFunc(subject, func(r rune) bool { return r == ' ' || r == '.' })[1]
		if !strings.Contains(foreign, table) {
			fmt.Fprintf(&text, "%s\t%s\n", subject, catalog[subject])
		}
	}
	return text.String()
}

func TestCatalog_golden(t *testing.T) {
	older := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.Postgres))
	mustExecFile(t, older, "testdata/older_schema.sql")
	checkGolden(t, "older_catalog.txt", catalogText(t, older))
	checkGolden(t, "current_catalog.txt", catalogText(t, firstStep(t)))
}

// TestDifferences_eachKind changes a database by hand in all the ways that the comparison tells apart.
func TestDifferences_eachKind(t *testing.T) {
	bunDB := firstStep(t)
	mustExec(t, bunDB, `ALTER TABLE users_user ALTER COLUMN email TYPE varchar(300), ALTER COLUMN birthdate SET NOT NULL,
		ADD COLUMN nickname text, ADD COLUMN shoe_size integer NOT NULL, ADD COLUMN points integer NOT NULL DEFAULT 0,
		DROP COLUMN company_site, DROP CONSTRAINT users_user_username_key;
		DROP INDEX collectibles_store_slug_6a812ef7;
		DROP TABLE collectibles_stockledger;
		CREATE INDEX ON users_user (birthdate);
		CREATE TABLE notes (id integer NOT NULL)`)
	all, err := adoption.Differences(t.Context(), bunDB, adoption.Current)
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
