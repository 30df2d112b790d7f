package sheet

import (
	"bytes"
	"errors"
	"io"

	"github.com/omni-stock/omnistock/pkg/core"
)

// strangers are files that people take for tables, by how they begin.
var strangers = []struct{ magic, advice string }{
	{"\xd0\xcf\x11\xe0", "it is a workbook of old Excel, or one with a password: save it as .xlsx without a password, or as CSV"},
	{"\x1f\x8b", "it is compressed with gzip: unpack it first"},
	{"%PDF", "it is a PDF"},
	{"\x89PNG", "it is an image"},
	{"\xff\xd8\xff", "it is an image"},
	{"{\\rtf", "it is a text with layout (RTF): save it as CSV"},
}

// recognise tells the format by the content, whatever the file is called.
func recognise(r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, min(size, 8))
	if n, err := r.ReadAt(head, 0); err != nil && (!errors.Is(err, io.EOF) || n < len(head)) {
		return "", err
	}
	for _, stranger := range strangers {
		if bytes.HasPrefix(head, []byte(stranger.magic)) {
			return "", core.Errorf(core.Invalid, "the file is neither CSV nor XLSX: %s", stranger.advice)
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return XLSX, nil
	}
	return CSV, nil
}
