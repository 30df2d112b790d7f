package backup_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/idempotency"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
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
	log := slog.New(slog.DiscardHandler)
	media := filepath.Join(t.TempDir(), "media")
	folder := storage.NewFolder(media, "")
	images := storage.NewImages(storage.Options{
		Storage: folder, Folder: folder, MaxBytes: apptest.MaxImage, Now: time.Now, Log: log,
	})
	us := users.NewService(bunDB, users.Options{
		Secret: []byte("secret"), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
	})
	t.Cleanup(func() { _ = us.Close(context.Background()) })
	vs := vendors.NewService(bunDB, us, images, time.Now)
	ss := stock.NewService(bunDB, us, vs, time.Now)
	cs := costing.NewService(bunDB, vs, ss, time.Now)
	is := inventory.NewService(bunDB, us, vs, ss, images, time.Now)
	ts := stocktake.NewService(bunDB, vs, ss, time.Now)
	serials := serial.NewService(bunDB, vs, ss, time.Now)
	keys := idempotency.NewService(bunDB, time.Now, log)
	models := slices.Concat(us.Module().Models, vs.Module().Models, catalog.NewService(bunDB, vs, time.Now).Module().Models, ss.Module().Models, cs.Module().Models, is.Module().Models,
		pricing.NewService(bunDB, vs, time.Now).Module().Models, keys.Module().Models,
		sales.NewService(bunDB, vs, ss, time.Now).Module().Models,
		ts.Module().Models, serials.Module().Models)
	o := backup.Options{
		Models: models, Folder: folder, Version: "1.0", Now: func() time.Time { return backupTime }, Log: log,
		Missing: map[string]func(context.Context, bun.Tx) (int, error){stock.Table: ss.BalanceAll},
	}
	for _, fn := range change {
		fn(&o)
	}
	// Fixtures know no rows of ours that Django does not have.
	fs := fixtures.NewService(bunDB, us, is, ss, slices.Concat(us.Module().Models, vs.Module().Models, catalog.NewService(bunDB, vs, time.Now).Module().Models, ss.Module().Models, is.Module().Models, ts.Module().Models, serials.Module().Models), time.Now)
	return &system{backup.NewService(bunDB, o), bunDB, models, media, fs, is, us}
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
