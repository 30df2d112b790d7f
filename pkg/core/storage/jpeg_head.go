package storage

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"iter"
)

// The markers of a JPEG that matter here, from ITU-T T.81, table B.1.
const (
	markerSOF2 = 0xC2 // progressive
	markerSOI  = 0xD8
	markerSOS  = 0xDA // the pixels begin
	markerAPP1 = 0xE1 // Exif
)

// segments yields marker and payload of each segment in front of a JPEG's pixels; of another file, or from what is
// broken on, none.
func segments(content []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		if len(content) < 2 || content[0] != 0xFF || content[1] != markerSOI {
			return
		}
		for rest := content[2:]; len(rest) >= 4 && rest[0] == 0xFF; {
			marker := rest[1]
			if marker == 0xFF { // fill
				rest = rest[1:]
				continue
			}
			size := int(binary.BigEndian.Uint16(rest[2:])) // with its own two bytes
			if size < 2 || len(rest) < 2+size || marker == markerSOS || !yield(marker, rest[4:2+size]) {
				return
			}
			rest = rest[2+size:]
		}
	}
}

// isProgressive reports whether the file is a progressive JPEG, all of whose coefficients are in memory at once.
func isProgressive(content []byte) bool {
	for marker := range segments(content) {
		if marker == markerSOF2 {
			return true
		}
	}
	return false
}

// An orientation says how a camera was held: 1 to 8, as in Exif 2.3, 4.6.4 A. Others mean 1.
type orientation uint16

// orientationTag is the field of an Exif directory that holds the orientation, shortType the type of its value.
const (
	orientationTag = 0x0112
	shortType      = 3
)

// orientationOf reads the orientation of a JPEG, or gives 1.
func orientationOf(content []byte) orientation {
	for marker, payload := range segments(content) {
		if tiff, ok := bytes.CutPrefix(payload, []byte("Exif\x00\x00")); ok && marker == markerAPP1 {
			return orientationIn(tiff)
		}
	}
	return 1
}

// orientationIn looks through the first directory of a TIFF structure.
func orientationIn(tiff []byte) orientation {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == shortType {
			return orientation(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

// turn makes the image upright.
func (o orientation) turn(m image.Image) image.Image {
	if o < 2 || o > 8 {
		return m
	}
	b := m.Bounds()
	width, height := b.Dx(), b.Dy()
	upright := image.NewRGBA(image.Rect(0, 0, width, height))
	if o >= 5 {
		upright = image.NewRGBA(image.Rect(0, 0, height, width))
	}
	row := image.NewRGBA(image.Rect(0, 0, width, 1)) // row by row: converting one at once is fast, all at once takes memory
	for y := range height {
		draw.Draw(row, row.Bounds(), m, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		for x := range width {
			copy(upright.Pix[upright.PixOffset(o.place(x, y, width, height)):], row.Pix[4*x:4*x+4])
		}
	}
	return upright
}

// place is where the pixel at x, y of an image of that size goes.
func (o orientation) place(x, y, width, height int) (toX, toY int) {
	switch o {
	case 2: // mirrored
		return width - 1 - x, y
	case 3: // upside down
		return width - 1 - x, height - 1 - y
	case 4: // upside down, mirrored
		return x, height - 1 - y
	case 5: // a quarter turn, mirrored
		return y, x
	case 6: // a quarter turn clockwise makes it upright
		return height - 1 - y, x
	case 7: // a quarter turn, mirrored the other way
		return height - 1 - y, width - 1 - x
	default: // 8: a quarter turn counterclockwise makes it upright
		return y, width - 1 - x
	}
}
