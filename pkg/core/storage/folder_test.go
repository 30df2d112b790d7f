package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/storage"
)

func TestFolder_staysInside(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "items")); err != nil {
		t.Fatal(err)
	}
	folder := storage.NewFolder(dir, "")
	for _, key := range []string{"items/x.png", "../x.png", "/tmp/x.png"} {
		if err := folder.Put(t.Context(), key, "", []byte("x")); err == nil {
			t.Errorf("put %s: no error", key)
		}
		if err := folder.Delete(t.Context(), key); err == nil {
			t.Errorf("delete %s: no error", key)
		}
	}
	if found := files(t, outside); len(found) != 1 {
		t.Errorf("outside: %v", found)
	}
}

func TestFolder_objectIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	folder := storage.NewFolder(dir, "")
	if err := os.MkdirAll(filepath.Join(dir, "a", "x.png"), 0o700); err != nil { // in the way of the file
		t.Fatal(err)
	}
	if err := folder.Put(t.Context(), "a/x.png", "", []byte("x")); err == nil {
		t.Error("no error")
	}
	if found := files(t, dir); len(found) != 3 {
		t.Errorf("files = %v, want the folders alone", found)
	}
}

func TestFolder_deletesWhatIsThere(t *testing.T) {
	folder := storage.NewFolder(filepath.Join(t.TempDir(), "media"), "")
	if err := folder.Delete(t.Context(), "a/x.png"); err != nil {
		t.Errorf("no folder: %v", err)
	}
	if err := folder.Put(t.Context(), "a/x.png", "", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := folder.Delete(t.Context(), "a/x.png"); err != nil {
			t.Error(err)
		}
	}
}

func TestFolder_publicURL(t *testing.T) {
	for base, want := range map[string]string{"": "/media/a/x.png", "https://shop.example": "https://shop.example/media/a/x.png"} {
		if got := storage.NewFolder("", base).URL("a/x.png"); got != want {
			t.Errorf("URL = %s, want %s", got, want)
		}
	}
}
