package inventory_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

func imagesPath(item int64) string { return itemPath(item) + "images/" }

func imagePath(item int64, image any) string { return fmt.Sprintf("%s%v/", imagesPath(item), image) }

// upload adds an image to an item and returns the answer's members.
func (s shop) upload(t *testing.T, item int64, parts ...apptest.Part) map[string]any {
	t.Helper()
	return s.Upload(t, imagesPath(item), append(parts, apptest.File(apptest.PNG(t, 30, 20)))...).Object(t, http.StatusCreated)
}

func field(name, text string) apptest.Part { return apptest.Part{Name: name, Content: []byte(text)} }

// images shows an item's images: sort order, type and whether it is the primary one.
func (s shop) images(t *testing.T, item int64) (seen []string) {
	t.Helper()
	list, _ := s.Get(t, itemPath(item)).Object(t, http.StatusOK)["images"].([]any)
	for _, one := range list {
		image, _ := one.(map[string]any)
		seen = append(seen, fmt.Sprint(image["sort_order"], " ", image["media_type"], " ", image["is_primary"]))
	}
	return seen
}

func thumbnail(image map[string]any) any {
	metadata, _ := image["metadata"].(map[string]any)
	return metadata["thumbnail"]
}

// wantStored fails the test unless image and thumbnail can be seen, or, with 404, are gone.
func wantStored(t *testing.T, a *apptest.App, image map[string]any, status int) {
	t.Helper()
	for _, address := range []any{image["url"], thumbnail(image)} {
		if res := a.GetURL(t, address); res.Status != status {
			t.Errorf("%s: status %d, want %d", address, res.Status, status)
		}
	}
}

func TestImageUpload_stored(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		image := alice.upload(t, item)
		wantStored(t, a, image, http.StatusOK)
		got := fmt.Sprintln(image["media_type"], image["sort_order"], image["is_primary"], image["width"], image["height"], image["size_kb"])
		if got != "primary 0 true 30 20 1\n" {
			t.Errorf("image = %s", got)
		}
		alice.upload(t, item)
		alice.upload(t, item, field("sort_order", "7"))
		alice.upload(t, item, field("is_primary", "true"), field("sort_order", ""))
		want := []string{"0 gallery false", "1 gallery false", "7 gallery false", "8 primary true"}
		if diff := cmp.Diff(want, alice.images(t, item)); diff != "" {
			t.Errorf("images (-want +got):\n%s", diff)
		}
	})
}

func TestImageUpload_addressCanBeSentBack(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		first, second := alice.upload(t, item), alice.upload(t, item)
		alice.Patch(t, itemPath(item), map[string]any{"image_payloads": []any{map[string]any{"url": first["url"]}}}).
			Want(t, http.StatusOK, "")
		wantStored(t, a, first, http.StatusOK)
		wantStored(t, a, second, http.StatusNotFound)
	})
}

func TestImageUpload_goesWithItsRecord(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		first, second, third := alice.upload(t, item), alice.upload(t, item), alice.upload(t, item)
		alice.Delete(t, imagePath(item, second["id"])).Want(t, http.StatusNoContent, "")
		wantStored(t, a, second, http.StatusNotFound)
		wantStored(t, a, first, http.StatusOK)
		alice.Delete(t, imagePath(item, second["id"])).Want(t, http.StatusNotFound, "")
		alice.Delete(t, itemPath(item)).Want(t, http.StatusNoContent, "")
		wantStored(t, a, first, http.StatusNotFound)
		wantStored(t, a, third, http.StatusNotFound)
	})
}

func TestImageUpload_itemOfAnotherIsNeverTouched(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		image := alice.upload(t, alice.add(t, "A", ""))
		payload := map[string]any{"url": image["url"], "metadata": image["metadata"]}
		thief := dave.add(t, "B", "")
		dave.Patch(t, itemPath(thief), map[string]any{"image_payloads": []any{payload}}).Want(t, http.StatusOK, "")
		dave.Delete(t, itemPath(thief)).Want(t, http.StatusNoContent, "")
		wantStored(t, a, image, http.StatusOK)
	})
}

func TestImageUpload_imageThatLiesElsewhereIsDeletedHere(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", `"image_payloads": [{"url": "https://img.example/media/1.png"}],`)
		images, _ := alice.Get(t, itemPath(item)).Object(t, http.StatusOK)["images"].([]any)
		image, _ := images[0].(map[string]any)
		alice.Delete(t, imagePath(item, image["id"])).Want(t, http.StatusNoContent, "")
		if left := alice.images(t, item); len(left) > 0 {
			t.Errorf("images = %v, want none", left)
		}
	})
}

func TestImageUpload_fileAndFieldsChecked(t *testing.T) {
	const notImage = `{"file": ["Upload a valid image. The file you uploaded was either not an image or a corrupted image."]}`
	const notForm = `{"detail": "Multipart form parse error - the body is not a multipart form"}`
	const noFile = `{"file": ["No file was submitted."]}`
	good := apptest.PNG(t, 30, 20)
	named := func(name string, content []byte) apptest.Part {
		return apptest.Part{Name: "file", FileName: name, Content: content}
	}
	tests := []struct {
		name   string
		parts  []apptest.Part
		status int
		want   string
	}{
		{"no part", nil, http.StatusBadRequest, noFile},
		{"another name", []apptest.Part{{Name: "image", FileName: "a.png", Content: good}}, http.StatusBadRequest, noFile},
		{"a name with NUL", []apptest.Part{{Name: "fi\x00le", FileName: "a.png", Content: good}}, http.StatusBadRequest, notForm},
		{"left empty", []apptest.Part{field("file", "")}, http.StatusBadRequest, noFile},
		{
			"a text",
			[]apptest.Part{field("file", "x")},
			http.StatusBadRequest,
			`{"file": ["The submitted data was not a file. Check the encoding type on the form."]}`,
		},
		{"empty", []apptest.Part{apptest.File(nil)}, http.StatusBadRequest, `{"file": ["The submitted file is empty."]}`},
		{
			"two",
			[]apptest.Part{apptest.File(good), apptest.File(good)},
			http.StatusBadRequest,
			`{"file": ["Only one file can be submitted."]}`,
		},
		{"text", []apptest.Part{apptest.File([]byte("a card"))}, http.StatusBadRequest, notImage},
		{"cut", []apptest.Part{apptest.File(good[:len(good)-15])}, http.StatusBadRequest, notImage},
		{
			"svg",
			[]apptest.Part{named("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`))},
			http.StatusBadRequest, notImage,
		},
		{"html", []apptest.Part{named("a.png", []byte("<!DOCTYPE html><script>alert(1)</script>"))}, http.StatusBadRequest, notImage},
		{
			"polyglot",
			[]apptest.Part{named("a.gif", []byte("GIF89a/*          */=1;alert(1)"))},
			http.StatusBadRequest,
			`{"file": ["The image is too large: at most 40 megapixels and 12000 pixels a side."]}`,
		},
		{
			"bomb",
			[]apptest.Part{apptest.File(bomb())},
			http.StatusBadRequest,
			`{"file": ["The image is too large: at most 40 megapixels and 12000 pixels a side."]}`,
		},
		{
			"too large",
			[]apptest.Part{apptest.File(append(bytes.Clone(good), make([]byte, apptest.MaxImage)...))},
			http.StatusRequestEntityTooLarge, "",
		},
		{"body too large", []apptest.Part{apptest.File(make([]byte, 2<<20))}, http.StatusRequestEntityTooLarge, ""},
		{
			"fields",
			[]apptest.Part{field("sort_order", "-1"), field("is_primary", "maybe")},
			http.StatusBadRequest,
			`{"file": ["No file was submitted."], "sort_order": ["Ensure this value is greater than or equal to 0."],
			"is_primary": ["Must be a valid boolean."]}`,
		},
		{
			"sort order with NUL",
			[]apptest.Part{apptest.File(good), field("sort_order", "1\x00")},
			http.StatusBadRequest,
			`{"sort_order": ["A valid integer is required."]}`,
		},
		{
			"sort order taken",
			[]apptest.Part{apptest.File(good), field("sort_order", "0")},
			http.StatusBadRequest,
			`{"sort_order": ["Another image has this sort order."]}`,
		},
	}
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		alice.upload(t, item)
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) { alice.Upload(t, imagesPath(item), tt.parts...).Want(t, tt.status, tt.want) })
		}
		if got := alice.images(t, item); len(got) != 1 {
			t.Errorf("images = %v, want the first alone", got)
		}
	})
}

// bomb is a PNG of a few bytes that claims to be of 50,000 by 50,000 pixels.
func bomb() []byte {
	head := []byte("IHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x00\x00\x00\x00")
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

func TestImageUpload_fileNamesMeanNothing(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		for _, name := range []string{
			"../../../etc/passwd.png", `..\\..\\x.png`, "/etc/passwd", "a.php", "x.png.html", "C:\\\\x", "%2e%2e%2fx", ".htaccess",
		} {
			part := apptest.Part{Name: "file", FileName: name, Content: apptest.PNG(t, 3, 2)}
			wantStored(t, a, alice.Upload(t, imagesPath(item), part).Object(t, http.StatusCreated), http.StatusOK)
		}
	})
}

func TestImageUpload_otherBodies(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		path := imagesPath(alice.add(t, "A", ""))
		alice.Post(t, path, `{"file": "x"}`).Want(t, http.StatusUnsupportedMediaType, "")
		alice.With("Content-Type", "image/png").Post(t, path, apptest.PNG(t, 3, 2)).Want(t, http.StatusUnsupportedMediaType, "")
		alice.With("Content-Type", "multipart/form-data").Post(t, path, "x").Want(t, http.StatusBadRequest, "")
		alice.With("Content-Type", "multipart/form-data; boundary=b").Post(t, path, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx").
			Want(t, http.StatusBadRequest, "")
		alice.Post(t, path, nil).Want(t, http.StatusBadRequest, `{"file": ["No file was submitted."]}`)
	})
}

func TestImageUpload_onlyWhoMayWriteTheItem(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		item := alice.add(t, "A", "")
		image := alice.upload(t, item)
		file := apptest.File(apptest.PNG(t, 3, 2))
		a.Upload(t, imagesPath(item), file).Want(t, http.StatusUnauthorized, "")
		a.Delete(t, imagePath(item, image["id"])).Want(t, http.StatusUnauthorized, "")
		dave.Upload(t, imagesPath(item), file).Want(t, http.StatusNotFound, "")
		dave.Delete(t, imagePath(item, image["id"])).Want(t, http.StatusNotFound, "")
		dave.Delete(t, imagePath(dave.add(t, "B", ""), image["id"])).Want(t, http.StatusNotFound, "")
		alice.Upload(t, imagesPath(987654), file).Want(t, http.StatusNotFound, "")
		viewer := alice.Hire(t, "carol", "view_only", alice.Store)
		viewer.Upload(t, imagesPath(item), file).Want(t, http.StatusForbidden, "")
		viewer.Delete(t, imagePath(item, image["id"])).Want(t, http.StatusForbidden, "")
		wantStored(t, a, image, http.StatusOK)
	})
}

func TestImageUpload_twoAtOnceGetTwoPlaces(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				res := alice.Upload(t, imagesPath(item), apptest.File(apptest.PNG(t, 30, 20)))
				res.Want(t, http.StatusCreated, "")
			})
		}
		wait.Wait()
		want := []string{"0 primary true", "1 gallery false", "2 gallery false", "3 gallery false"}
		if diff := cmp.Diff(want, alice.images(t, item)); diff != "" {
			t.Errorf("images (-want +got):\n%s", diff)
		}
	})
}

func TestImageUpload_itemDeletedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				res := alice.Upload(t, imagesPath(item), apptest.File(apptest.PNG(t, 300, 200)))
				if res.Status != http.StatusCreated && res.Status != http.StatusNotFound {
					t.Errorf("status = %d: %s", res.Status, res.Body)
				}
			})
		}
		alice.Delete(t, itemPath(item)).Want(t, http.StatusNoContent, "")
		wait.Wait()
		alice.Get(t, itemPath(item)).Want(t, http.StatusNotFound, "")
	})
}

func TestImageUpload_whatFailsLeavesNoFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *bun.DB) {
		dir := t.TempDir()
		alice := shop{domainstest.New(t, db, func(o *domains.Options) { o.Images = apptest.NewImagesIn(t, dir) })}
		item := alice.add(t, "A", "")
		alice.upload(t, item)
		before := countFiles(t, dir)
		alice.Upload(t, imagesPath(item), apptest.File(apptest.PNG(t, 3, 2)), field("sort_order", "0")).
			Want(t, http.StatusBadRequest, "")
		if after := countFiles(t, dir); before != 2 || after != before {
			t.Errorf("%d files, then %d, want 2", before, after)
		}
	})
}

func countFiles(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
