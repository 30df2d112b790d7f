package web

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"slices"

	"github.com/omni-stock/omnistock/pkg/core"
)

// The messages of Django REST framework's FileField.
const (
	msgNoFile    = "No file was submitted."
	msgNotFile   = "The submitted data was not a file. Check the encoding type on the form."
	msgEmptyFile = "The submitted file is empty."
	msgManyFiles = "Only one file can be submitted."
)

// missing is what a client hears that left a required field out.
func (f *field) missing() string {
	if f.typ == uploadType || f.typ == largeType {
		return msgNoFile
	}
	return msgRequired
}

// readBody reads the members of a body, and the file where the input has a field for one: a core.Upload or a
// core.LargeUpload, of which an input may have one. Its operation accepts MultipartBody and nothing else.
func (o *object) readBody(r *http.Request, accepts Media) (members, error) {
	i := slices.IndexFunc(o.fields, func(f *field) bool { return f.place == inBody && (f.typ == uploadType || f.typ == largeType) })
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); i < 0 || media != "multipart/form-data" {
		return readBody(r, accepts)
	}
	keep := keepInMemory
	if o.fields[i].typ == largeType {
		keep = keepOnDisk
	}
	form, files, err := readFiles(r, o.fields[i].name, keep)
	if err != nil {
		return nil, err
	}
	texts, err := formMembers(form)
	if err != nil || len(files) == 0 {
		return texts, err
	}
	files[0].file.Origin = originOf(r)
	return func(name string) (value, bool) {
		if name == o.fields[i].name {
			return files[0], true
		}
		return texts(name)
	}, nil
}

func keepInMemory(part io.Reader) (value, error) {
	content, err := io.ReadAll(part)
	return value{kind: fileKind, file: core.Upload{Content: content}}, err
}

func keepOnDisk(part io.Reader) (value, error) {
	file, size, err := Spool(part)
	return value{kind: fileKind, large: core.LargeUpload{Content: file, Size: size}}, err
}

// maxTexts is how many bytes of texts may stand beside a file, which the body's own limit was made for.
const maxTexts = 1 << 20

// readFiles reads a multipart form's texts and the file of one name; others are skipped.
func readFiles(r *http.Request, name string, keep func(io.Reader) (value, error)) (form url.Values, files []value, err error) {
	defer func() {
		if err != nil {
			for _, file := range files {
				release(file.large)
			}
		}
	}()
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, bodyError(err, msgNotMultipart)
	}
	form = url.Values{}
	texts := &io.LimitedReader{N: maxTexts}
	for range maxParts {
		part, err := reader.NextPart()
		if err == io.EOF { // a wrapped one is of a body that broke off
			return form, files, nil
		}
		if err != nil {
			return nil, files, bodyError(err, msgNotMultipart)
		}
		if isFile(part) && part.FormName() == name {
			if len(files) > 0 {
				return nil, files, core.InvalidField(name, msgManyFiles)
			}
			file, err := keep(part)
			if err != nil {
				return nil, files, bodyError(err, msgNotMultipart)
			}
			files = append(files, file)
			continue
		}
		if isFile(part) {
			continue
		}
		texts.R = part
		if err := addPart(form, part.FormName(), texts); err != nil {
			return nil, files, err
		}
		if texts.N == 0 {
			return nil, files, errTooLarge(nil)
		}
	}
	return nil, files, core.Errorf(core.TooLarge, "Multipart form parse error - more than %d parts", maxParts)
}

func isFile(part *multipart.Part) bool { return part.FileName() != "" }

// convertUpload reads a file. An input that was left empty, for which browsers send a file without a name, is none.
func convertUpload(v value, dst reflect.Value) []string {
	switch {
	case v.kind == textKind && v.text == "":
		return []string{msgNoFile}
	case v.kind != fileKind:
		return []string{msgNotFile}
	case len(v.file.Content) == 0:
		return []string{msgEmptyFile}
	}
	dst.Set(reflect.ValueOf(v.file))
	return nil
}

// originOf is the scheme and host that the client called. That of a proxy which ends TLS is believed whoever sends it:
// it decides nothing but how the address of the client's own file begins.
func originOf(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
