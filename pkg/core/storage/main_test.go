package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// item is the owner of most images here.
var item = storage.Owner{Kind: storage.Items, ID: 12}

const maxBytes = 1 << 20

func november() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// newImages keeps images in a folder, whose path it returns.
func newImages(t testing.TB) (im *storage.Images, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "media")
	folder := storage.NewFolder(dir, "")
	return newImagesIn(t, folder, folder), dir
}

func newImagesIn(t testing.TB, s storage.Storage, folder *storage.Folder) *storage.Images {
	t.Helper()
	return storage.NewImages(storage.Options{
		Storage: s, Folder: folder, MaxBytes: maxBytes, Now: november, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
}

func upload(content []byte) core.Upload {
	return core.Upload{Content: content, Origin: "https://shop.example"}
}

// keep keeps an image, which must be good, and returns the file and its thumbnail's.
func keep(t *testing.T, content []byte) (kept *storage.Image, whole, thumbnail []byte) {
	t.Helper()
	im, dir := newImages(t)
	kept, err := im.Keep(t.Context(), item, upload(content))
	if err != nil {
		t.Fatal(err)
	}
	return kept, readURL(t, dir, kept.URL), readURL(t, dir, thumbnailOf(t, kept))
}

func thumbnailOf(t *testing.T, kept *storage.Image) string {
	t.Helper()
	var metadata struct{ Path, Thumbnail string }
	if err := json.Unmarshal(kept.Metadata, &metadata); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(kept.URL, "/media/"+metadata.Path) {
		t.Errorf("path = %q of %s", metadata.Path, kept.URL)
	}
	return metadata.Thumbnail
}

func readURL(t *testing.T, dir, address string) []byte {
	t.Helper()
	key, ours := strings.CutPrefix(address, "https://shop.example/media/")
	content, err := os.ReadFile(filepath.Join(dir, key))
	if err != nil || !ours {
		t.Fatalf("%s: %v", address, err)
	}
	return content
}

// files lists what is in the folder, with the mode of each.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		name, _ := filepath.Rel(dir, path)
		found[name] = info.Mode().String()
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}

// wantKind fails the test unless the error is of the kind.
func wantKind(t *testing.T, err error, kind core.Kind) {
	t.Helper()
	if err == nil || core.KindOf(err) != kind {
		t.Errorf("error = %v, kind %d, want %d", err, core.KindOf(err), kind)
	}
}

// A flakyStorage remembers keys, and fails where it is told to.
type flakyStorage struct {
	mu     sync.Mutex
	keys   []string
	puts   int
	fail   int // the number of the put that fails
	delete error
}

func (s *flakyStorage) Put(_ context.Context, key, _ string, _ []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.puts++; s.puts == s.fail {
		return errors.New("disk full")
	}
	s.keys = append(s.keys, key)
	return nil
}

func (s *flakyStorage) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.keys {
		if s.keys[i] == key && s.delete == nil {
			s.keys = append(s.keys[:i], s.keys[i+1:]...)
			break
		}
	}
	return s.delete
}

func (s *flakyStorage) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, errors.New("disk broken")
}

func (s *flakyStorage) List(context.Context, func(storage.Object) error) error {
	return errors.New("disk broken")
}

func (s *flakyStorage) URL(key string) string { return "https://cdn.example/" + key }
