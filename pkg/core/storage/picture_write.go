package storage

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// thumbnailSide is the longest side of a thumbnail, in pixels.
const thumbnailSide = 400

// jpegQuality is what JPEGs are written with, of 100.
const jpegQuality = 90

// A picture is an image, fit to be kept, and its thumbnail.
type picture struct {
	extension        string // says the type of both
	width, height    int    // pixels
	whole, thumbnail []byte
}

// newPicture decodes an image that check let through, and encodes it anew: nothing but pixels is left of it.
func newPicture(content []byte, f *format) (*picture, error) {
	m, err := f.decode(bytes.NewReader(content))
	if err != nil {
		return nil, errNoImage // it is broken; how does not help the client
	}
	if isDeep(m.ColorModel()) {
		m = redraw(m, m.Bounds())
	}
	m = orientationOf(content).turn(m)
	p := &picture{extension: f.keep(m), width: m.Bounds().Dx(), height: m.Bounds().Dy()}
	if p.whole, err = encode(m, p.extension); err != nil {
		return nil, err
	}
	p.thumbnail, err = encode(shrink(m), p.extension)
	return p, err
}

// redraw copies the image into one with 8 bits a channel, of the bounds.
func redraw(m image.Image, bounds image.Rectangle) image.Image {
	copied := image.NewNRGBA(bounds)
	draw.Draw(copied, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return copied
}

// shrink makes a thumbnail. It never enlarges.
func shrink(m image.Image) image.Image {
	width, height := m.Bounds().Dx(), m.Bounds().Dy()
	longest := max(width, height)
	if longest <= thumbnailSide {
		return m
	}
	small := image.NewNRGBA(image.Rect(0, 0, max(1, width*thumbnailSide/longest), max(1, height*thumbnailSide/longest)))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	return small
}

func encode(m image.Image, extension string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	if extension == ".png" {
		err = png.Encode(&b, m)
	} else {
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return nil, fmt.Errorf("encode an image: %w", err)
	}
	return b.Bytes(), nil
}
