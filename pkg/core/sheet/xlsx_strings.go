package sheet

import (
	"encoding/xml"
	"errors"
	"io"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxStringBytes bounds the shared strings' text, maxStringCount their number. Together they bound the memory.
const (
	maxStringBytes = 48 << 20
	maxStringCount = 4 << 20
)

// sharedStrings are texts that cells refer to by number, one behind the other.
type sharedStrings struct {
	text []byte
	ends []uint32
}

func (w *workbook) sharedStrings(name string) (*sharedStrings, error) {
	s := &sharedStrings{}
	part, err := w.open(name, maxStrings)
	if err != nil || part == nil {
		return s, err
	}
	defer func() { _ = part.Close() }() // read to its end, or failed
	limited := &limiter{r: part, max: maxCell}
	if err := s.read(xml.NewDecoder(limited), limited); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *sharedStrings) read(d *xml.Decoder, limited *limiter) error {
	inText, phonetic := false, 0
	for {
		limited.done = d.InputOffset()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return xmlError(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t" && phonetic == 0
			if t.Name.Local == "rPh" { // how to pronounce the text
				phonetic++
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic--
			case "si":
				s.ends = append(s.ends, uint32(len(s.text))) //nolint:gosec // bounded
			}
		case xml.CharData:
			if inText {
				s.text = append(s.text, t...)
			}
		}
		if len(s.text) > maxStringBytes || len(s.ends) > maxStringCount {
			return core.Errorf(core.Invalid, "the workbook's table of texts takes more memory than it may: save the sheet as CSV")
		}
	}
}

// at is the text with a number.
func (s *sharedStrings) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return unescapeText(string(s.text[start:s.ends[i]])), true
}

// xmlError tells XML that is broken, or endless, from a failure to read it.
func xmlError(err error) error {
	if errors.Is(err, errTooLong) {
		return core.Errorf(core.Invalid, "the workbook holds a cell of more than %d bytes: it is not read", maxCell)
	}
	return damaged(err)
}
