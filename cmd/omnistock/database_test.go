package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A result is what one run of the program ended with.
type result struct {
	code        int
	out, errOut string
}

// runOn runs a command on a database.
func runOn(t *testing.T, url string, args ...string) result {
	t.Helper()
	settings := map[string]string{
		"DATABASE_URL": url, "DJANGO_SECRET_KEY": scriptSecret, "OMNISTOCK_DATA_DIR": t.TempDir(),
		"OMNISTOCK_ENV_FILE": os.DevNull,
	}
	var out, errOut bytes.Buffer
	code := run(t.Context(), args, func(name string) string { return settings[name] }, strings.NewReader(""), &out, &errOut)
	return result{code: code, out: out.String(), errOut: errOut.String()}
}

func TestDatabase_ofANewerVersionIsLeftAlone(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			url := dbtest.NewURL(t, engine)
			_, err := dbtest.Open(t, url).ExecContext(t.Context(),
				"INSERT INTO omnistock_migrations (name, group_id, migrated_at) VALUES ('20991231000001_later', 9, '2099-12-31 00:00:00+00:00')")
			if err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"serve", "127.0.0.1:0"}, {"serve", "127.0.0.1:0", "--migrate"}, {"migrate"}, {"check"}} {
				got := runOn(t, url, args...)
				if got.code != exitError || !strings.Contains(got.out+got.errOut, "20991231000001_later") {
					t.Errorf("%q: exit code %d, want %d and the step's name: %s%s", args, got.code, exitError, got.out, got.errOut)
				}
			}
			if got := runOn(t, url, "showmigrations"); !strings.Contains(got.out, "[X] 20991231000001_later (of a newer version)") {
				t.Errorf("showmigrations = %q, want the step", got.out)
			}
		})
	}
}

func TestCheck_schemaChangedByHand(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			url := dbtest.NewURL(t, engine)
			_, err := dbtest.Open(t, url).ExecContext(t.Context(), "ALTER TABLE users_user RENAME COLUMN first_name TO given_name")
			if err != nil {
				t.Fatal(err)
			}
			got := runOn(t, url, "check", "--tag", "models")
			if got.code != exitError || !strings.Contains(got.out, "(models.E001) users_user has no column first_name") {
				t.Errorf("exit code %d, want %d and the column: %s", got.code, exitError, got.out)
			}
		})
	}
}
