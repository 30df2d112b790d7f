package apptest

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"mime/multipart"
	"net/url"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// MaxImage is the longest file that the images of NewImages take.
const MaxImage = 100 << 10

// NewImages returns images in a folder that is gone after the test.
func NewImages(t testing.TB) *storage.Images {
	t.Helper()
	return NewImagesIn(t, t.TempDir())
}

// NewImagesIn returns images in the folder.
func NewImagesIn(t testing.TB, dir string) *storage.Images {
	t.Helper()
	folder := storage.NewFolder(dir, "")
	return storage.NewImages(storage.Options{
		Storage: folder, Folder: folder, MaxBytes: MaxImage, Now: time.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
}

// PNG is an image of the size, a file.
func PNG(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A Part is one part of a multipart form: a file if it has a file name, else a text.
type Part struct {
	Name, FileName string
	Content        []byte
}

// File is the part in which operations take an image.
func File(content []byte) Part { return Part{Name: "file", FileName: "card.png", Content: content} }

// Upload sends a multipart form.
func (c Client) Upload(t testing.TB, path string, parts ...Part) *Response {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, part := range parts {
		disposition := fmt.Sprintf(`form-data; name="%s"`, part.Name)
		if part.FileName != "" {
			disposition += fmt.Sprintf(`; filename="%s"`, part.FileName)
		}
		w, err := form.CreatePart(map[string][]string{"Content-Disposition": {disposition}})
		if err == nil {
			_, err = w.Write(part.Content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return c.With("Content-Type", form.FormDataContentType()).Post(t, path, body.Bytes())
}

// GetURL is Get for an address, whatever its host.
func (c Client) GetURL(t testing.TB, address any) *Response {
	t.Helper()
	u, err := url.Parse(fmt.Sprint(address))
	if err != nil {
		t.Fatal(err)
	}
	return c.Get(t, u.Path)
}
