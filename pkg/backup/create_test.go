package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

const newestName = "omnistock-20261123T101500Z.tar.zst"

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCreate_keepsTheNewest(t *testing.T) {
	s, folder := on(t, dbtest.SQLite), t.TempDir()
	for _, name := range []string{
		"omnistock-20250101T000000Z.tar.zst", "omnistock-20260101T000000Z.tar.zst", "omnistock-20260201T000000Z.tar.zst",
		"omnistock-20240101T000000Z.tar.zst.old", "before-upgrade.tar.zst", ".omnistock-20260101T000000Z.tar.zst.1.part",
		".omnistock-20260201T000000Z.tar.zst.2.part",
	} {
		touch(t, filepath.Join(folder, name))
	}
	old := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(filepath.Join(folder, ".omnistock-20260101T000000Z.tar.zst.1.part"), old, old); err != nil {
		t.Fatal(err)
	}
	created, err := s.Create(t.Context(), backup.CreateOptions{Path: folder, Keep: 2})
	if err != nil || len(created.Deleted) != 2 {
		t.Errorf("created = %+v, %v, want two deleted", created, err)
	}
	want := []string{
		".omnistock-20260201T000000Z.tar.zst.2.part", "before-upgrade.tar.zst", "omnistock-20240101T000000Z.tar.zst.old",
		"omnistock-20260201T000000Z.tar.zst", newestName,
	}
	if diff := cmp.Diff(want, files(t, folder)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if info, err := os.Stat(filepath.Join(folder, newestName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want one for the owner alone", info.Mode(), err)
	}
}

func TestCreate_overwritesNothing(t *testing.T) {
	s, folder := on(t, dbtest.SQLite), t.TempDir()
	touch(t, filepath.Join(folder, newestName))
	for _, o := range []backup.CreateOptions{{Path: folder}, {Path: filepath.Join(folder, newestName)}} {
		if _, err := s.Create(t.Context(), o); core.KindOf(err) != core.Conflict {
			t.Errorf("%s: %v, want a conflict", o.Path, err)
		}
	}
	for _, o := range []backup.CreateOptions{
		{Path: filepath.Join(folder, "a.tar.zst"), Keep: 3}, {Path: filepath.Join(folder, "no", "folder", "a.tar.zst")},
	} {
		if _, err := s.Create(t.Context(), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	if content, err := os.ReadFile(filepath.Join(folder, newestName)); string(content) != "x" || len(files(t, folder)) != 1 {
		t.Errorf("files = %v, %v", files(t, folder), err)
	}
}

// A brokenStorage holds one image that cannot be read.
type brokenStorage struct {
	storage.Storage
	err error
}

func (s brokenStorage) List(_ context.Context, fn func(storage.Object) error) error {
	return errors.Join(fn(storage.Object{Key: "notes.txt"}), s.err)
}

// TestCreate_failureLeavesNothing fails at the end, when all rows are written.
func TestCreate_failureLeavesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*backup.Options)
		cancel bool
	}{
		"storage fails": {change: func(o *backup.Options) { o.Folder = brokenStorage{err: errors.New("disk broken")} }},
		"interrupted":   {cancel: true, change: func(*backup.Options) {}},
	} {
		t.Run(name, func(t *testing.T) {
			s, folder := on(t, dbtest.SQLite, c.change), t.TempDir()
			addDemo(t, s, 100)
			touch(t, filepath.Join(folder, "omnistock-20250101T000000Z.tar.zst"))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.cancel {
				cancel()
			}
			if _, err := s.Create(ctx, backup.CreateOptions{Path: folder, Keep: 1}); err == nil {
				t.Error("no error")
			}
			if diff := cmp.Diff([]string{"omnistock-20250101T000000Z.tar.zst"}, files(t, folder)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// fullDisk returns a folder on a disk with little room. Who may mount none gets a storage that fails as such a disk does.
func fullDisk(t *testing.T) (folder string, change func(*backup.Options)) {
	t.Helper()
	folder = t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k"); err != nil {
		t.Logf("no small disk (%v): simulated", err)
		return folder, func(o *backup.Options) {
			o.Folder = brokenStorage{err: &os.PathError{Op: "write", Path: folder, Err: syscall.ENOSPC}}
		}
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	return folder, func(*backup.Options) {}
}

func TestCreate_diskFull(t *testing.T) {
	folder, change := fullDisk(t)
	s := on(t, dbtest.SQLite, change)
	addDemo(t, s, 3000)
	touch(t, filepath.Join(folder, "omnistock-20250101T000000Z.tar.zst"))
	_, err := s.Create(t.Context(), backup.CreateOptions{Path: folder, Keep: 1})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "no space left on device") {
		t.Errorf("error = %v, want that no space is left", err)
	}
	if diff := cmp.Diff([]string{"omnistock-20250101T000000Z.tar.zst"}, files(t, folder)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestCreate_oneAtATime makes two at once, by two programs on the same database.
func TestCreate_oneAtATime(t *testing.T) {
	url := dbtest.NewURL(t, dbtest.Postgres)
	var other *system
	var conflict error
	one := newSystem(t, dbtest.Open(t, url), func(o *backup.Options) {
		o.Folder = listing{func() {
			_, conflict = other.Create(t.Context(), backup.CreateOptions{Path: t.TempDir()})
		}}
	})
	other = newSystem(t, dbtest.Open(t, url))
	if _, err := one.Create(t.Context(), backup.CreateOptions{Path: t.TempDir()}); err != nil {
		t.Error(err)
	}
	if core.KindOf(conflict) != core.Conflict {
		t.Errorf("the other one: %v, want a conflict", conflict)
	}
	if _, err := other.Create(t.Context(), backup.CreateOptions{Path: t.TempDir()}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// listing is a storage without images that calls fn when it is looked at.
type listing struct{ fn func() }

func (l listing) List(context.Context, func(storage.Object) error) error { l.fn(); return nil }

func (listing) Put(context.Context, string, string, []byte) error { return nil }
func (listing) Delete(context.Context, string) error              { return nil }
func (listing) URL(key string) string                             { return key }

func (listing) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, errors.New("no image")
}

// TestRunEvery_makesWhatIsDue starts a schedule on a folder whose newest archive is old, with a clock that runs fast.
func TestRunEvery_makesWhatIsDue(t *testing.T) {
	var log bytes.Buffer
	var hours atomic.Int64
	s := on(t, dbtest.SQLite, func(o *backup.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Now = func() time.Time { return backupTime.Add(time.Duration(hours.Load()) * time.Hour) }
	})
	folder := t.TempDir()
	touch(t, filepath.Join(folder, "omnistock-20261122T101500Z.tar.zst"))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.RunEvery(ctx, backup.Schedule{Every: 24 * time.Hour, Folder: folder, Keep: 2})
	}()
	await(t, filepath.Join(folder, newestName))
	stop()
	<-ended
	if !strings.Contains(log.String(), "backup made") {
		t.Errorf("log = %s", log.String())
	}

	// Started again half a day later, it has nothing to do.
	hours.Store(12)
	ctx, stop = context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	s.RunEvery(ctx, backup.Schedule{Every: 24 * time.Hour, Folder: folder, Keep: 2})
	if diff := cmp.Diff([]string{"omnistock-20261122T101500Z.tar.zst", newestName}, files(t, folder)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestRunEvery_outlivesFailures logs that it cannot, as on a disk that is away, and goes on.
func TestRunEvery_outlivesFailures(t *testing.T) {
	var log bytes.Buffer
	s := on(t, dbtest.SQLite, func(o *backup.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	disk := filepath.Join(t.TempDir(), "disk")
	folder := filepath.Join(disk, "later")
	if err := os.WriteFile(disk, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); s.RunEvery(ctx, backup.Schedule{Every: time.Second, Folder: folder}) }()
	time.Sleep(300 * time.Millisecond)
	if err := os.Remove(disk); err != nil {
		t.Fatal(err)
	}
	await(t, filepath.Join(folder, newestName))
	stop()
	<-ended
	if !strings.Contains(log.String(), "the scheduled backup failed") {
		t.Errorf("log = %s", log.String())
	}
}

func await(t *testing.T, path string) {
	t.Helper()
	for range 200 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s is not there", path)
}
