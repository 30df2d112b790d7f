package storage

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Limits of an image, before it is decoded.
const (
	maxPixels = 40_000_000
	maxSide   = 12_000 // pixels
)

// The types that images are kept in, by the extension of their keys.
var contentTypes = map[string]string{".jpg": "image/jpeg", ".png": "image/png"}

// A format is one that images may come in.
type format struct {
	magic        string // how it begins; a dot is any byte
	decodeConfig func(io.Reader) (image.Config, error)
	decode       func(io.Reader) (image.Image, error)
	keep         func(image.Image) string // the extension of what an image of the format is kept as
}

var formats = []format{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, keepPNG},
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, keepJPEG},
	{"RIFF....WEBPVP8", webp.DecodeConfig, webp.Decode, keepSmall},
	{"GIF87a", gif.DecodeConfig, decodeFirstFrame, keepPNG},
	{"GIF89a", gif.DecodeConfig, decodeFirstFrame, keepPNG},
}

func keepPNG(image.Image) string  { return ".png" }
func keepJPEG(image.Image) string { return ".jpg" }

// keepSmall chooses JPEG, unless something shines through.
func keepSmall(m image.Image) string {
	if o, ok := m.(interface{ Opaque() bool }); ok && !o.Opaque() {
		return ".png"
	}
	return ".jpg"
}

var (
	errNoImage = core.InvalidField("file", "Upload a valid image. The file you uploaded was either not an image or a corrupted image.")
	errVast    = core.InvalidField("file", fmt.Sprintf("The image is too large: at most %d megapixels and %d pixels a side.",
		maxPixels/1_000_000, maxSide))
)

// sniff returns the format that the bytes begin as, or nil. What a client says of the type does not count.
func sniff(content []byte) *format {
	for i, f := range formats {
		if f.matches(content) {
			return &formats[i]
		}
	}
	return nil
}

func (f *format) matches(content []byte) bool {
	if len(content) < len(f.magic) {
		return false
	}
	for i := range len(f.magic) {
		if f.magic[i] != '.' && f.magic[i] != content[i] {
			return false
		}
	}
	return true
}

// check looks at an image's head alone. It returns the format, and whether the image takes much more memory than
// others to decode.
func check(content []byte) (f *format, heavy bool, err error) {
	if f = sniff(content); f == nil {
		return nil, false, errNoImage
	}
	config, err := f.decodeConfig(bytes.NewReader(content))
	switch {
	case err != nil, config.Width <= 0, config.Height <= 0:
		return nil, false, errNoImage
	case config.Width > maxSide, config.Height > maxSide, config.Width*config.Height > maxPixels:
		return nil, false, errVast
	}
	return f, isDeep(config.ColorModel) || isProgressive(content), nil
}

// isDeep reports whether a pixel has 16 bits a channel.
func isDeep(model color.Model) bool {
	return model == color.NRGBA64Model || model == color.RGBA64Model || model == color.Gray16Model
}

// decodeFirstFrame puts the first frame of a GIF where it belongs on the whole image.
func decodeFirstFrame(r io.Reader) (image.Image, error) {
	all := new(bytes.Buffer)
	config, err := gif.DecodeConfig(io.TeeReader(r, all))
	if err != nil {
		return nil, err
	}
	frame, err := gif.Decode(io.MultiReader(all, r))
	if err != nil {
		return nil, err
	}
	whole := image.Rect(0, 0, config.Width, config.Height)
	if frame.Bounds() == whole {
		return frame, nil
	}
	return redraw(frame, whole), nil
}
