package storage_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func webpOf(t testing.TB, text string) []byte {
	t.Helper()
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// WebP images of one pixel.
const (
	lossyWebP    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	losslessWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
	alphaWebP    = "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA=="
)

func gray(width, height int) image.Image { return image.NewGray(image.Rect(0, 0, width, height)) }

// chunk is a chunk of a PNG.
func chunk(name string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngHead is a PNG that claims to be of the size, in gray, and ends there.
func pngHead(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 0, 0, 0, 0))...)
}

func TestKeep_typesByContent(t *testing.T) {
	paletted := image.NewPaletted(image.Rect(0, 0, 3, 2), color.Palette{color.Black, color.White})
	for name, tt := range map[string]struct {
		content []byte
		want    string // format and size of what is kept
	}{
		"png":           {pngOf(t, gray(3, 2)), "png 3x2"},
		"png, palette":  {pngOf(t, paletted), "png 3x2"},
		"png, 16 bits":  {pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 3, 2))), "png 3x2"},
		"jpeg":          {jpegOf(t, gray(3, 2)), "jpeg 3x2"},
		"gif":           {gifOf(t, paletted), "png 3x2"},
		"webp, lossy":   {webpOf(t, lossyWebP), "jpeg 1x1"},
		"webp, exact":   {webpOf(t, losslessWebP), "png 1x1"},
		"webp, glass":   {webpOf(t, alphaWebP), "png 1x1"},
		"jpeg at limit": {jpegOf(t, gray(12000, 1)), "jpeg 12000x1"},
	} {
		t.Run(name, func(t *testing.T) {
			kept, whole, thumbnail := keep(t, tt.content)
			config, format, err := image.DecodeConfig(bytes.NewReader(whole))
			if got := fmt.Sprintf("%s %dx%d", format, config.Width, config.Height); got != tt.want || err != nil {
				t.Errorf("kept %s, %v, want %s", got, err, tt.want)
			}
			if int(kept.Width) != config.Width || int(kept.Height) != config.Height || int(kept.SizeKB) != (len(whole)+1023)/1024 {
				t.Errorf("record says %dx%d, %d KB", kept.Width, kept.Height, kept.SizeKB)
			}
			if _, thumbFormat, err := image.DecodeConfig(bytes.NewReader(thumbnail)); thumbFormat != format || err != nil {
				t.Errorf("thumbnail is %s, %v, want %s", thumbFormat, err, format)
			}
		})
	}
}

func TestKeep_thumbnailFits(t *testing.T) {
	for size, want := range map[image.Point]image.Point{
		{800, 600}: {400, 300}, {600, 900}: {266, 400}, {4000, 2}: {400, 1}, {20, 10}: {20, 10}, {400, 400}: {400, 400},
	} {
		_, _, thumbnail := keep(t, pngOf(t, gray(size.X, size.Y)))
		config, _, err := image.DecodeConfig(bytes.NewReader(thumbnail))
		if got := (image.Point{X: config.Width, Y: config.Height}); got != want || err != nil {
			t.Errorf("thumbnail of %v is %v, %v, want %v", size, got, err, want)
		}
	}
}

func TestKeep_refusesWhatIsNoImage(t *testing.T) {
	good := pngOf(t, gray(30, 20))
	html := []byte("<!DOCTYPE html><script>alert(1)</script>")
	for name, content := range map[string][]byte{
		"nothing":        {},
		"text":           []byte("a card"),
		"svg":            []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"html":           html,
		"bitmap":         append([]byte("BM"), make([]byte, 100)...),
		"tiff":           append([]byte("II*\x00"), make([]byte, 100)...),
		"png, cut":       good[:len(good)-20],
		"png, head":      good[:8],
		"png, html":      append(bytes.Clone(good[:8]), html...),
		"png, empty":     pngHead(0, 10),
		"jpeg, cut":      jpegOf(t, gray(300, 200))[:400],
		"jpeg, marker":   []byte("\xff\xd8\xff"),
		"jpeg, segments": []byte("\xff\xd8\xff\xe1\x00\x00\xff\xe1\x00\x01"),
		"gif, cut":       gifOf(t, gray(30, 20))[:40],
		"gif, script":    []byte("GIF89a/*" + strings.Repeat(" ", 20) + "*/=1;alert(1)"),
		"webp, cut":      webpOf(t, lossyWebP)[:32],
		"webp, html":     append([]byte("RIFF\x40\x00\x00\x00WEBPVP8 "), html...),
		"bomb":           pngHead(50_000, 50_000),
		"bomb in area":   pngHead(9_000, 9_000),
		"bomb in length": pngHead(12_001, 1),
		"bomb in sign":   pngHead(1<<31-1, 1<<31-1),
	} {
		t.Run(name, func(t *testing.T) {
			im, dir := newImages(t)
			_, err := im.Keep(t.Context(), item, upload(content))
			wantKind(t, err, core.Invalid)
			if found := files(t, dir); len(found) > 0 {
				t.Errorf("files = %v, want none", found)
			}
		})
	}
}

func TestKeep_nothingIsLeftButPixels(t *testing.T) {
	const secret = "52.5200N 13.4050E <script>"
	whole := pngOf(t, gray(30, 20))
	end := len(whole) - 12
	text := append(bytes.Clone(whole[:end]), chunk("tEXt", []byte("Comment\x00"+secret))...)
	photo := jpegOf(t, gray(30, 20))
	comment := append([]byte("\xff\xfe\x00\x1c"), secret...)
	animation := gifOf(t, gray(30, 20))
	for name, content := range map[string][]byte{
		"png, text":     append(text, whole[end:]...),
		"png, trailer":  append(bytes.Clone(whole), secret...),
		"jpeg, comment": append(append(bytes.Clone(photo[:2]), comment...), photo[2:]...),
		"jpeg, trailer": append(bytes.Clone(photo), secret...),
		"gif, trailer":  append(bytes.Clone(animation), secret...),
		"gif, comment":  append(append(bytes.Clone(animation[:len(animation)-1]), append([]byte("\x21\xfe\x1a"), secret...)...), 0, 0x3b),
	} {
		if !bytes.Contains(content, []byte(secret)) {
			t.Fatalf("%s: the test's image lacks the secret", name)
		}
		_, kept, thumbnail := keep(t, content)
		if bytes.Contains(kept, []byte("script")) || bytes.Contains(thumbnail, []byte("script")) {
			t.Errorf("%s: the secret was kept", name)
		}
	}
}

// quarters are four colors, one in each corner: A B over C D.
var quarters = map[color.RGBA]string{
	{R: 255, A: 255}: "A", {G: 255, A: 255}: "B", {B: 255, A: 255}: "C", {R: 255, G: 255, B: 255, A: 255}: "D",
}

func photo(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for c, name := range quarters {
		at := strings.Index("ABCD", name)
		for y := range 16 {
			for x := range 32 {
				m.SetRGBA(x+at%2*32, y+at/2*16, c)
			}
		}
	}
	return jpegOf(t, m)
}

// look names the corners of an image, by what they are most like.
func look(t *testing.T, content []byte) string {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	seen := fmt.Sprintf("%dx%d ", w, h)
	for _, at := range []image.Point{{w / 4, h / 4}, {w * 3 / 4, h / 4}, {w / 4, h * 3 / 4}, {w * 3 / 4, h * 3 / 4}} {
		r, g, b, _ := m.At(at.X, at.Y).RGBA()
		seen += quarters[color.RGBA{R: round(r), G: round(g), B: round(b), A: 255}]
	}
	return seen
}

func round(c uint32) uint8 {
	if c > 0x7fff {
		return 255
	}
	return 0
}

// exif is a segment that says how the camera was held.
func exif(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
	tiff := order.AppendUint16([]byte(mark), 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3)
	tiff = order.AppendUint16(order.AppendUint32(tiff, 1), orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(segment)+2)), segment...)
}

func TestKeep_photoIsUpright(t *testing.T) {
	plain := photo(t)
	for orientation, want := range map[uint16]string{
		0: "64x32 ABCD", 1: "64x32 ABCD", 2: "64x32 BADC", 3: "64x32 DCBA", 4: "64x32 CDAB",
		5: "32x64 ACBD", 6: "32x64 CADB", 7: "32x64 DBCA", 8: "32x64 BDAC", 9: "64x32 ABCD", 65535: "64x32 ABCD",
	} {
		for _, head := range [][]byte{exif(binary.BigEndian, "MM", orientation), exif(binary.LittleEndian, "II", orientation)} {
			_, whole, thumbnail := keep(t, append(append(bytes.Clone(plain[:2]), head...), plain[2:]...))
			if got := look(t, whole); got != want || look(t, thumbnail) != want {
				t.Errorf("orientation %d: %s, thumbnail %s, want %s", orientation, got, look(t, thumbnail), want)
			}
		}
	}
}

func TestKeep_brokenExifIsNoOrientation(t *testing.T) {
	plain, head := photo(t), exif(binary.BigEndian, "MM", 6)
	for cut := 10; cut < len(head); cut++ {
		short := bytes.Clone(head[:cut])
		binary.BigEndian.PutUint16(short[2:], uint16(cut-2))
		_, whole, _ := keep(t, append(append(bytes.Clone(plain[:2]), short...), plain[2:]...))
		if got := look(t, whole); got != "64x32 ABCD" && cut < 30 {
			t.Errorf("cut at %d: %s", cut, got)
		}
	}
}

func TestKeep_smallFrameOfAGIF(t *testing.T) {
	var b bytes.Buffer
	palette := color.Palette{color.White, color.Black}
	frame := image.NewPaletted(image.Rect(10, 10, 20, 20), palette)
	err := gif.EncodeAll(&b, &gif.GIF{
		Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1},
		Config: image.Config{ColorModel: palette, Width: 40, Height: 30},
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, _, _ := keep(t, b.Bytes())
	if kept.Width != 40 || kept.Height != 30 {
		t.Errorf("size = %dx%d, want 40x30", kept.Width, kept.Height)
	}
}

// FuzzKeep holds that no file makes the reader panic, and that what is kept is an image.
func FuzzKeep(f *testing.F) {
	for _, seed := range [][]byte{
		pngOf(f, gray(3, 2)), jpegOf(f, gray(3, 2)), gifOf(f, gray(3, 2)), webpOf(f, lossyWebP), webpOf(f, losslessWebP), webpOf(f, alphaWebP),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		config, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err == nil && config.Width*config.Height > 1<<16 {
			return // it would only take time
		}
		s := &flakyStorage{}
		kept, err := newImagesIn(t, s, nil).Keep(t.Context(), item, upload(content))
		if err != nil && (core.KindOf(err) != core.Invalid && core.KindOf(err) != core.TooLarge) {
			t.Errorf("error = %v, want Invalid", err)
		}
		if err == nil && (kept.Width < 1 || kept.Height < 1 || len(s.keys) != 2) {
			t.Errorf("kept %+v, %v", kept, s.keys)
		}
	})
}
