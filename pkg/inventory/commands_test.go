package inventory_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

// runCommand runs a command of the modules and returns what it prints.
func runCommand(t *testing.T, db *bun.DB, args ...string) string {
	t.Helper()
	for _, m := range domainstest.NewDomains(t, db).Modules() {
		for _, cmd := range m.Commands {
			if cmd.Name() != args[0] {
				continue
			}
			var out bytes.Buffer
			cmd.SetOut(&out)
			cmd.SetErr(&out)
			cmd.SetArgs(args[1:])
			if err := cmd.ExecuteContext(t.Context()); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
	}
	t.Fatalf("no command %s", args[0])
	return ""
}

func TestBackfill_strayComesHome(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		id := alice.add(t, "A", "")
		_, err := a.DB.NewUpdate().Table("collectibles_collectible").Set("store_id = ?", dave.Store).Where("id = ?", id).Exec(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		store := func() string { return fmt.Sprint(alice.Get(t, itemPath(id)).Object(t, http.StatusOK)["store"]) }

		if got := runCommand(t, a.DB, "backfill_collectible_stores", "--dry-run"); got != "DRY-RUN Backfill complete. 1 collectibles processed.\n" {
			t.Errorf("dry run: %q", got)
		}
		if store() != fmt.Sprint(dave.Store) {
			t.Error("the dry run moved the item")
		}
		runCommand(t, a.DB, "backfill_collectible_stores")
		if store() != fmt.Sprint(alice.Store) {
			t.Errorf("store = %s, want alice's", store())
		}
		if got := runCommand(t, a.DB, "backfill_collectible_stores"); !strings.Contains(got, " 0 collectibles") {
			t.Errorf("run again: %q", got)
		}
	})
}

func TestDefaultStores_madeWhereThereIsNone(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, _, _ shop) {
		vendor := map[string]any{
			"name": "Bare", "slug": "bare", "is_active": true, "created_at": time.Now().UTC(), "updated_at": time.Now().UTC(),
		}
		if _, err := a.DB.NewInsert().Model(&vendor).Table("collectibles_vendor").Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		const done = "Default store creation complete"
		if got, want := runCommand(t, a.DB, "create_default_stores", "--dry-run"),
			"[DRY-RUN] Would create default store for Bare\n"+done+" (dry-run). 1 stores.\n"; got != want {
			t.Errorf("dry run: %q, want %q", got, want)
		}
		if got, want := runCommand(t, a.DB, "create_default_stores"),
			"Created default store for Bare\n"+done+". 1 stores.\n"; got != want {
			t.Errorf("run: %q, want %q", got, want)
		}
		if got := runCommand(t, a.DB, "create_default_stores"); got != done+". 0 stores.\n" {
			t.Errorf("run again: %q", got)
		}
	})
}
