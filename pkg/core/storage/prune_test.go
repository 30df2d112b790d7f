package storage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// A profile is a record that names images.
type profile struct {
	bun.BaseModel `bun:"table:collectibles_userprofile"`

	ID int64 `bun:"id,pk"`
}

var pruneOptions = storage.PruneOptions{
	OlderThan: 24 * time.Hour,
	Columns:   []app.ImageColumn{{Model: (*profile)(nil), Column: "profile_picture"}, {Model: (*profile)(nil), Column: "bio"}},
}

func thumbOf(key string) string { return strings.Replace(key, ".png", ".thumb.png", 1) }

// addNamed makes a record, with its user, that names the address.
func addNamed(t *testing.T, bunDB *bun.DB, id int, address string) {
	t.Helper()
	_, err := bunDB.ExecContext(t.Context(), `INSERT INTO users_user (id, password, is_superuser, username, first_name, last_name, is_staff,
		is_active, date_joined, email, profile_completed, role) VALUES (?0, '', false, ?1, '', '', false, true, ?2, ?1, false, 'solo')`,
		id, address, november())
	if err == nil {
		_, err = bunDB.ExecContext(t.Context(), `INSERT INTO collectibles_userprofile (id, user_id, profile_picture, created_at, updated_at)
			VALUES (?0, ?0, ?1, ?2, ?2)`, id, address, november())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// addFile puts a file of that age into the media folder.
func addFile(t *testing.T, dir, key string, age time.Duration) {
	t.Helper()
	path := filepath.Join(dir, key)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("pixels"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, november().Add(-age), november().Add(-age)); err != nil {
		t.Fatal(err)
	}
}

func TestPrune_folder(t *testing.T) {
	const old, young = 48 * time.Hour, time.Hour
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		im, dir := newImages(t)
		addNamed(t, bunDB, 1, "https://shop.example/media/"+keyOf(1))
		addNamed(t, bunDB, 2, "/media/"+keyOf(2)+"?v=2")
		addNamed(t, bunDB, 3, "https://shop.example/media/"+keyOf(3)) // is gone
		addNamed(t, bunDB, 4, "https://elsewhere.example/cat.png")
		kept := []string{keyOf(1), thumbOf(keyOf(1)), keyOf(2), "notes.txt", "items/notes.png", keyOf(5)}
		for _, key := range kept[:5] {
			addFile(t, dir, key, old)
		}
		addFile(t, dir, keyOf(5), young)
		orphans := []string{keyOf(4), thumbOf(keyOf(4)), keyOf(1) + ".part", thumbOf(keyOf(7))}
		for _, key := range orphans {
			addFile(t, dir, key, old)
		}
		options := pruneOptions
		options.DryRun = true
		before := files(t, dir)
		dry, err := im.Prune(t.Context(), bunDB, options)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, files(t, dir)); diff != "" {
			t.Errorf("a dry run changed (-before +after):\n%s", diff)
		}
		pruned, err := im.Prune(t.Context(), bunDB, pruneOptions)
		if diff := cmp.Diff(dry, pruned); diff != "" || err != nil {
			t.Errorf("what the dry run told and what was done, %v (-dry +done):\n%s", err, diff)
		}
		var gone []string
		for _, object := range pruned.Orphans {
			gone = append(gone, object.Key)
		}
		sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
		if diff := cmp.Diff(orphans, gone, sorted); diff != "" || pruned.Young != 1 || pruned.Images != 3 {
			t.Errorf("young = %d, images = %d; orphans (-want +got):\n%s", pruned.Young, pruned.Images, diff)
		}
		missing := []storage.Missing{{
			Table: "collectibles_userprofile", ID: 3, Column: "profile_picture", Address: "https://shop.example/media/" + keyOf(3),
		}}
		if diff := cmp.Diff(missing, pruned.Missing); diff != "" {
			t.Errorf("missing (-want +got):\n%s", diff)
		}
		var left []string
		for name, mode := range files(t, dir) {
			if !strings.HasPrefix(mode, "d") {
				left = append(left, name)
			}
		}
		if diff := cmp.Diff(kept, left, sorted); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
	})
}

// TestPrune_bucket looks at the bucket, and at the folder that was in use before.
func TestPrune_bucket(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
	dir, b := t.TempDir(), newBucket(t)
	bucket := b.open(t, "")
	im := newImagesIn(t, bucket, storage.NewFolder(dir, ""))
	addNamed(t, bunDB, 1, bucket.URL(keyOf(1)))
	addNamed(t, bunDB, 2, "https://shop.example/media/"+keyOf(2))
	addFile(t, dir, keyOf(2), 48*time.Hour)
	addFile(t, dir, keyOf(3), 48*time.Hour)
	for _, key := range []string{keyOf(1), keyOf(4), "backups/of-django.sql"} {
		if err := bucket.Put(t.Context(), key, "image/png", []byte("pixels")); err != nil {
			t.Fatal(err)
		}
	}
	pruned, err := im.Prune(t.Context(), bunDB, pruneOptions)
	if err != nil || len(pruned.Orphans) != 2 || len(pruned.Missing) != 0 {
		t.Errorf("pruned = %+v, %v, want two orphans and none missing", pruned, err)
	}
	if len(b.objects) != 2 || b.objects["/shop-media/"+keyOf(4)] != "" {
		t.Errorf("bucket = %v", b.objects)
	}
	if _, err := os.Stat(filepath.Join(dir, keyOf(3))); !os.IsNotExist(err) {
		t.Errorf("the folder's orphan: %v, want it gone", err)
	}
}
