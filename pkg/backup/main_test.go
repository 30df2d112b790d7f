package backup_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
)

var engines = []string{dbtest.SQLite, dbtest.Postgres}

// A system is an installation: a database, its images and what backs them up.
type system struct {
	*backup.Service
	db        *bun.DB
	models    []any
	media     string // folder of the images
	fixtures  *fixtures.Service
	inventory *inventory.Service
	users     *users.Service
}

// backupTime is when archives are made.
var backupTime = time.Date(2026, 11, 23, 10, 15, 0, 0, time.UTC)

func newSystem(t testing.TB, bunDB *bun.DB, change ...func(*backup.Options)) *system {
	t.Helper()
	media := filepath.Join(t.TempDir(), "media")
	d := domainstest.NewDomains(t, bunDB, func(o *domains.Options) { o.Images = apptest.NewImagesIn(t, media) })
	o := backup.Options{
		Models: d.Models(), Folder: storage.NewFolder(media, ""), Version: "1.0", Now: func() time.Time { return backupTime },
		Log:     slog.New(slog.DiscardHandler),
		Missing: map[string]func(context.Context, bun.Tx) (int, error){stock.Table: d.Stock.BalanceAll},
	}
	for _, fn := range change {
		fn(&o)
	}
	return &system{
		Service: backup.NewService(bunDB, o), db: bunDB, models: d.Models(), media: media,
		fixtures:  fixtures.NewService(bunDB, d.Users, d.Inventory, d.Stock, d.Models(), time.Now),
		inventory: d.Inventory, users: d.Users,
	}
}

// on returns an installation on a new, migrated database of the engine.
func on(t testing.TB, engine string, change ...func(*backup.Options)) *system {
	t.Helper()
	return newSystem(t, dbtest.Open(t, dbtest.NewURL(t, engine)), change...)
}

func (s *system) mustCreate(t testing.TB) *backup.Created {
	t.Helper()
	created, err := s.Create(t.Context(), backup.CreateOptions{Path: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return created
}

func mustOpen(t testing.TB, path string) *backup.Archive {
	t.Helper()
	a, err := backup.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (s *system) mustRestore(t testing.TB, path string) *backup.Restored {
	t.Helper()
	restored, err := s.Restore(t.Context(), mustOpen(t, path), backup.RestoreOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return restored
}

// dump gives all rows of the models, by table.
func (s *system) dump(t testing.TB) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, pointer := range s.models {
		table := s.db.Table(reflect.TypeOf(pointer).Elem())
		rows := reflect.New(reflect.SliceOf(table.Type))
		if err := s.db.NewSelect().Model(rows.Interface()).OrderBy("id", bun.OrderAsc).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		all[table.Name] = rows.Elem().Interface()
	}
	return all
}

// wantSame fails the test unless both hold the same rows.
func wantSame(t testing.TB, want, got *system, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want.dump(t), got.dump(t), append(options, sameDocuments, sameDates)...); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// files lists the paths of all files below the folder.
func files(t testing.TB, folder string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(folder, path)
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (s *system) mustExec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}
