package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Encoding says how CSV spells characters.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// Choices lists the encodings.
func (Encoding) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(UTF8), Label: "UTF-8"},
		{Value: string(UTF16LE), Label: "UTF-16, little end first"},
		{Value: string(UTF16BE), Label: "UTF-16, big end first"},
		{Value: string(Windows1252), Label: "Windows-1252"},
	}
}

// marks are the bytes at the start of a file that tell its encoding.
var marks = []struct {
	encoding Encoding
	mark     string
}{{UTF8, "\xef\xbb\xbf"}, {UTF16LE, "\xff\xfe"}, {UTF16BE, "\xfe\xff"}}

// openText returns a file's text as UTF-8 without a mark. Without a mark it is UTF-8 if all of it is, else Windows-1252.
func openText(r io.ReaderAt, size int64, encoding Encoding) (io.Reader, Encoding, error) {
	head := make([]byte, min(size, 3))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	skip := 0
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.mark)) && (encoding == "" || encoding == m.encoding) {
			encoding, skip = m.encoding, len(m.mark)
		}
	}
	if encoding == "" || encoding == UTF8 {
		found, err := survey(io.NewSectionReader(r, int64(skip), size-int64(skip)))
		if err != nil {
			return nil, "", err
		}
		if encoding, err = found.encoding(encoding); err != nil {
			return nil, "", err
		}
	}
	text := io.NewSectionReader(r, int64(skip), size-int64(skip))
	switch encoding {
	case UTF16LE:
		return transform.NewReader(text, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()), encoding, nil
	case UTF16BE:
		return transform.NewReader(text, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()), encoding, nil
	case Windows1252:
		return transform.NewReader(text, charmap.Windows1252.NewDecoder()), encoding, nil
	}
	return text, encoding, nil
}

// A finding is what a look at a whole file tells of its encoding.
type finding struct {
	null   bool // it holds null bytes
	beyond bool // it holds characters beyond ASCII that are good UTF-8
	line   int  // of the first byte that is no UTF-8; 0 if all is
}

// encoding decides. A file that is UTF-8 but for some bytes is damaged: to read it as Windows-1252 would spoil the rest.
func (f finding) encoding(given Encoding) (Encoding, error) {
	switch {
	case f.null:
		return "", core.Errorf(core.Invalid, "the file holds null bytes: it is no text, or UTF-16 without a mark at its start; "+
			"if so, give the encoding utf-16le or utf-16be")
	case f.line == 0:
		return UTF8, nil
	case f.beyond || given == UTF8:
		return "", core.Errorf(core.Invalid, "line %d is not UTF-8: the file is damaged, or has another encoding, such as "+
			"windows-1252: give it", f.line)
	}
	return Windows1252, nil
}

// survey reads all of a text.
func survey(r io.Reader) (f finding, err error) {
	buffer, kept, lines := make([]byte, 64<<10), 0, 1
	for {
		n, err := r.Read(buffer[kept:])
		text := buffer[:kept+n]
		end := len(text)
		if err == nil {
			end -= unfinished(text)
		}
		f.look(text[:end], lines)
		lines += bytes.Count(text[:end], []byte("\n"))
		kept = copy(buffer, text[end:])
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return f, fmt.Errorf("read: %w", err)
		}
	}
}

// look notes what a part of a text shows that begins in a line.
func (f *finding) look(text []byte, line int) {
	f.null = f.null || bytes.IndexByte(text, 0) >= 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			f.beyond = true
		case f.line == 0:
			f.line = line + bytes.Count(text[:i], []byte("\n"))
		}
		i += n
	}
}

// unfinished is how many bytes at the end of a text may begin a character that goes on behind it.
func unfinished(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
