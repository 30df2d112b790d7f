package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Limits on what a workbook may unpack to. The sheet itself is never in memory.
const (
	maxDirectory = 4 << 20   // bytes of the archive's list of files
	maxPart      = 4 << 20   // bytes of the small parts: workbook, relations, styles
	maxStrings   = 256 << 20 // bytes of the shared strings' XML
	maxSheet     = 4 << 30   // bytes of the sheet's XML
)

// A workbook is the archive of an XLSX file.
type workbook struct {
	files map[string]*zip.File // by name, as ZIP has it, without a slash in front
}

func openWorkbook(r io.ReaderAt, size int64) (*workbook, error) {
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{files: map[string]*zip.File{}}
	for _, file := range archive.File {
		w.files[strings.ToLower(strings.ReplaceAll(file.Name, "\\", "/"))] = file
	}
	return w, nil
}

// damaged is the error for a file that cannot be what it seems to be, given what went wrong with it.
func damaged(err error) error {
	if stopped, ok := errors.AsType[stoppedError](err); ok {
		return stopped
	}
	return core.Errorf(core.Invalid, "the file looks like XLSX and is none, or is damaged (%v)", err)
}

// directoryEnd is the last record of a ZIP archive without its signature (APPNOTE.TXT 4.3.16).
type directoryEnd struct {
	Disk, FirstDisk, DiskRecords, Records uint16
	Size, Offset                          uint32
	CommentLength                         uint16
}

const (
	endSignature = "PK\x05\x06"
	endLength    = 22
)

// checkDirectory refuses an archive whose list of files, which archive/zip reads into memory, is longer than any
// workbook's. (archive/zip reads from the list's offset to the end of the file, so what lies there is what counts.)
func checkDirectory(r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, endLength+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := bytes.LastIndex(tail, []byte(endSignature))
	var end directoryEnd
	if at < 0 || binary.Read(bytes.NewReader(tail[at+len(endSignature):]), binary.LittleEndian, &end) != nil {
		return damaged(errors.New("its end is missing"))
	}
	endOffset := size - int64(len(tail)) + int64(at)
	switch {
	case end.Records == 1<<16-1 || end.Offset == 1<<32-1 || end.Size == 1<<32-1 || end.Size > maxDirectory:
		return core.Errorf(core.Invalid, "the file holds more parts than any workbook: it is not read")
	case int64(end.Offset)+int64(end.Size) != endOffset:
		return damaged(errors.New("its list of parts is not where it should be"))
	}
	return nil
}

// open returns a part, which may be as long as limit, or nil where the workbook has none of the name.
func (w *workbook) open(name string, limit uint64) (io.ReadCloser, error) {
	file := w.files[strings.ToLower(name)]
	if file == nil {
		return nil, nil //nolint:nilnil // absent
	}
	if file.UncompressedSize64 > limit { // archive/zip delivers no more than that
		return nil, core.Errorf(core.Invalid, "%s in the file unpacks to %d bytes, more than %d: it is not read", name,
			file.UncompressedSize64, limit)
	}
	part, err := file.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return part, nil
}

// decode reads a small part into v, which stays as it is where there is no such part.
func (w *workbook) decode(name string, v any) error {
	part, err := w.open(name, maxPart)
	if err != nil || part == nil {
		return err
	}
	defer func() { _ = part.Close() }() // read to its end, or failed
	if err := xml.NewDecoder(part).Decode(v); err != nil {
		return damaged(err)
	}
	if _, err := io.Copy(io.Discard, part); err != nil { // so that the checksum is looked at
		return damaged(err)
	}
	return nil
}

// contents is what matters of xl/workbook.xml.
type contents struct {
	Properties struct {
		Date1904 bool `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		// As the strict form of the standard has it.
		StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

type relations struct {
	Relations []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// A plan says where in a workbook things are.
type plan struct {
	sheet, strings, styles string // names of parts; "" where there is none
	date1904               bool
}

// plan finds the sheet that is wanted, the first one that is not hidden if none is named, and notes all names.
func (w *workbook) plan(wanted string, about *About) (p plan, err error) {
	const main, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
	var book contents
	var rels relations
	if err := errors.Join(w.decode(main, &book), w.decode(links, &rels)); err != nil {
		return p, err
	}
	p.date1904 = book.Properties.Date1904
	id := ""
	for _, s := range book.Sheets {
		about.Sheets = append(about.Sheets, s.Name)
		isWanted := s.Name == wanted || wanted == "" && (s.State == "" || s.State == "visible")
		if id == "" && isWanted {
			id, about.Sheet = s.ID+s.StrictID, s.Name
		}
	}
	for _, rel := range rels.Relations {
		target := strings.TrimPrefix(rel.Target, "/")
		if target == rel.Target {
			target = path.Join("xl", target)
		}
		switch kind := path.Base(rel.Type); {
		case kind == "worksheet" && rel.ID == id:
			p.sheet = target
		case kind == "sharedStrings":
			p.strings = target
		case kind == "styles":
			p.styles = target
		}
	}
	if p.sheet == "" {
		return p, core.Errorf(core.Invalid, "the file has no sheet %q to read; its sheets: %q", wanted, about.Sheets)
	}
	return p, nil
}
