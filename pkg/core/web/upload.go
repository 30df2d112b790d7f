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
	if f.typ == uploadType {
		return msgNoFile
	}
	return msgRequired
}

// readBody reads the members of a body, and the file where the input has a field for one: a core.Upload, of which an
// input may have one. Its operation accepts MultipartBody and nothing else.
func (o *object) readBody(r *http.Request, accepts Media) (members, error) {
	i := slices.IndexFunc(o.fields, func(f *field) bool { return f.place == inBody && f.typ == uploadType })
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); i < 0 || media != "multipart/form-data" {
		return readBody(r, accepts)
	}
	form, files, err := readFiles(r, o.fields[i].name)
	if err != nil {
		return nil, err
	}
	texts, err := formMembers(form)
	if err != nil || len(files) == 0 {
		return texts, err
	}
	if len(files) > 1 {
		return nil, core.InvalidField(o.fields[i].name, msgManyFiles)
	}
	return func(name string) (value, bool) {
		if name == o.fields[i].name {
			return value{kind: fileKind, file: core.Upload{Content: files[0], Origin: originOf(r)}}, true
		}
		return texts(name)
	}, nil
}

// readFiles reads a multipart form's texts and the files of one name; others are skipped.
func readFiles(r *http.Request, name string) (form url.Values, files [][]byte, err error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, bodyError(err, msgNotMultipart)
	}
	form = url.Values{}
	for range maxParts {
		part, err := reader.NextPart()
		if err == io.EOF { // a wrapped one is of a body that broke off
			return form, files, nil
		}
		if err != nil {
			return nil, nil, bodyError(err, msgNotMultipart)
		}
		if isFile(part) && part.FormName() == name {
			content, err := io.ReadAll(part)
			if err != nil {
				return nil, nil, bodyError(err, msgNotMultipart)
			}
			files = append(files, content)
			continue
		}
		if err := addPart(form, part); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, core.Errorf(core.TooLarge, "Multipart form parse error - more than %d parts", maxParts)
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
