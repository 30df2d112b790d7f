package storage_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

func TestKeep_addressesNobodyCanGuess(t *testing.T) {
	im, dir := newImages(t)
	form := regexp.MustCompile(`^https://shop\.example/media/items/2026/11/12-[0-9a-f]{32}\.png$`)
	seen := map[string]bool{}
	for range 3 {
		kept, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
		if err != nil {
			t.Fatal(err)
		}
		if !form.MatchString(kept.URL) || seen[kept.URL] {
			t.Errorf("address = %s", kept.URL)
		}
		seen[kept.URL] = true
	}
	for name, mode := range files(t, dir) {
		if want := map[bool]string{true: "-rw-------", false: "drwx------"}[strings.HasSuffix(name, ".png")]; mode != want {
			t.Errorf("%s has the mode %s, want %s", name, mode, want)
		}
	}
}

func TestKeep_addressIsTheStorages(t *testing.T) {
	kept, err := newImagesIn(t, &flakyStorage{}, nil).Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
	if err != nil || !strings.HasPrefix(kept.URL, "https://cdn.example/items/") {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

func TestKeep_limits(t *testing.T) {
	im, _ := newImages(t)
	_, err := im.Keep(t.Context(), item, upload(append(pngOf(t, gray(3, 2)), make([]byte, maxBytes)...)))
	wantKind(t, err, core.TooLarge)
	far := core.Upload{Content: pngOf(t, gray(3, 2)), Origin: "https://" + strings.Repeat("a", 200)}
	_, err = im.Keep(t.Context(), item, far)
	wantKind(t, err, core.Invalid)
}

func TestKeep_whoIsGoneWaitsForNothing(t *testing.T) {
	im, dir := newImages(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := im.Keep(ctx, item, upload(pngOf(t, gray(3, 2))))
	wantKind(t, err, core.ServiceUnavailable)
	if len(files(t, dir)) > 0 {
		t.Error("something was kept")
	}
}

func TestKeep_manyAtOnce(t *testing.T) {
	im, dir := newImages(t)
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() {
			if _, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(300, 200)))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := len(files(t, dir)); got != 4+20 {
		t.Errorf("%d files and folders, want 24", got)
	}
}

func TestKeep_halfDoneIsUndone(t *testing.T) {
	for _, fail := range []int{1, 2} {
		s := &flakyStorage{fail: fail}
		_, err := newImagesIn(t, s, nil).Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
		wantKind(t, err, core.ServiceUnavailable)
		if len(s.keys) > 0 {
			t.Errorf("put %d fails: %v is left", fail, s.keys)
		}
	}
}

func TestDiscard_removesImageAndThumbnail(t *testing.T) {
	s := &flakyStorage{}
	im := newImagesIn(t, s, nil)
	kept, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
	if err != nil {
		t.Fatal(err)
	}
	im.Discard(t.Context(), item, kept.URL, kept.URL)
	if len(s.keys) > 0 {
		t.Errorf("%v is left", s.keys)
	}
}

func TestDiscard_leavesWhatIsNotTheOwners(t *testing.T) {
	s := &flakyStorage{}
	im := newImagesIn(t, s, nil)
	kept, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
	if err != nil {
		t.Fatal(err)
	}
	key := s.keys[0]
	for _, owner := range []storage.Owner{{Kind: storage.Items, ID: 1}, {Kind: storage.Items, ID: 2}, {Kind: storage.Stores, ID: 12}} {
		im.Discard(t.Context(), owner, kept.URL)
	}
	im.Discard(t.Context(), item, "", "/", "https://img.example/1.png", key+"?", key+"/", "x"+key, strings.Replace(key, ".png", ".thumb.png", 1),
		strings.Replace(key, "items/", "items/../items/", 1)+"\n", strings.ToUpper(key))
	if len(s.keys) != 2 {
		t.Errorf("%v is left, want both", s.keys)
	}
}

func TestDiscard_aFailureIsOnlyLogged(t *testing.T) {
	s := &flakyStorage{delete: errors.New("no")}
	im := newImagesIn(t, s, nil)
	kept, err := im.Keep(t.Context(), item, upload(pngOf(t, gray(3, 2))))
	if err != nil {
		t.Fatal(err)
	}
	im.Discard(t.Context(), item, kept.URL)
	if len(s.keys) != 2 {
		t.Errorf("%v is left", s.keys)
	}
}

func TestReplace_nothingToDoNeedsNoTransaction(t *testing.T) {
	newImagesIn(t, &flakyStorage{}, nil).Replace(t.Context(), item, []string{"https://img.example/1.png"}, nil)
}
