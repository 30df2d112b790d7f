package adoption_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/users"
)

// accounts are those whose password is known; "" for what must not get in.
var accounts = map[adoption.State]map[string]string{
	adoption.Current: {
		"anna": "pässwörd ✓", "ben": "secret", "cleo": "secret", "dora": "secret", "emil": "password", "finn": "",
	},
	adoption.Older: {
		"anna": "pässwörd ✓", "ben": "", "cleo": "secret", "dora": "secret", "emil": "password", "finn": "", "gail": "", "hugo": "secret",
	},
}

func TestMigrate_everybodyLogsIn(t *testing.T) {
	for state, passwords := range accounts {
		t.Run(string(state), func(t *testing.T) {
			bunDB := django(t, state)
			mustMigrate(t, bunDB, adoption.Options{})
			logInAll(t, bunDB, passwords)
		})
	}
}

// newApp serves the API on a database that was taken over.
func newApp(t *testing.T, bunDB *bun.DB) *apptest.App {
	t.Helper()
	sender, err := mail.New(mail.Options{Backend: "memory", From: "shop@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := domainstest.NewApp(t, bunDB, func(o *domains.Options) {
		o.Users = users.Options{
			Secret: []byte(secretKey), Now: time.Now, PasswordIterations: 1000, Mail: sender, FrontendURL: "http://localhost:5173",
		}
	})
	return a
}

const secretKey = "0123456789-abcdefghijklmnopqrstuvwxyz"

func logInAll(t *testing.T, bunDB *bun.DB, passwords map[string]string) {
	t.Helper()
	a := newApp(t, bunDB)
	for name, password := range passwords {
		want := http.StatusOK
		if password == "" {
			want, password = http.StatusUnauthorized, "secret"
		}
		res := a.Post(t, "/api/v1/auth/token/", map[string]string{"username": name, "password": password})
		if res.Status != want {
			t.Errorf("%s: status %d, want %d: %s", name, res.Status, want, res.Body)
		}
	}
}

// TestMigrate_realDumps takes over dumps of databases that ran, which are not part of the repository.
func TestMigrate_realDumps(t *testing.T) {
	folder := os.Getenv("OMNISTOCK_TEST_DUMPS")
	if folder == "" {
		t.Skip("OMNISTOCK_TEST_DUMPS names no folder with dumps of real databases: testdata alone stands for them")
	}
	for file, passwords := range map[string]map[string]string{
		"dump_current.sql": {
			"demo_vendor": "demo", "root": "Root-Oracle-2025!", "alice": "Alice-Oracle-1!", "bob": "Bob-Oracle-22!", "carol": "Carol-Oracle-333!",
			"dave": "Dave-Oracle-4444!", "erin": "Erin-Oracle-55555!", "frank": "", "grace.new": "",
		},
		"dump_older.sql": {
			"demo_vendor": "demo", "root": "Root-Oracle-2025!", "alice": "Alice-Oracle-1!", "bob": "Bob-Oracle-22!",
			"dave": "Dave-Oracle-4444!", "erin": "Erin-Oracle-55555!", "dup": "Dup-Oracle-66!",
		},
	} {
		t.Run(file, func(t *testing.T) {
			url := dbtest.EmptyURL(t, dbtest.Postgres)
			mustExecFile(t, dbtest.Open(t, url), filepath.Join(folder, file))
			bunDB := dbtest.Open(t, url) // the dump has set the search path of its connection
			mustMigrate(t, bunDB, adoption.Options{})
			logInAll(t, bunDB, passwords)
		})
	}
}
