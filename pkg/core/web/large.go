package web

import (
	"io"
	"net/http"
	"os"
	"reflect"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Spool copies all of r into a temporary file, which has no name any more and is gone when it is closed.
func Spool(r io.Reader) (file *os.File, size int64, err error) {
	if file, err = os.CreateTemp("", "omnistock-upload-"); err != nil {
		return nil, 0, err
	}
	if err = os.Remove(file.Name()); err == nil {
		size, err = io.Copy(file, r)
	}
	if err != nil {
		_ = file.Close() // the first error counts
		return nil, 0, err
	}
	return file, size, nil
}

// release closes what a large file is kept in.
func release(upload core.LargeUpload) {
	if file, ok := upload.Content.(io.Closer); ok {
		_ = file.Close() // it was only read
	}
}

// release closes the large files of an input.
func (o *object) release(in reflect.Value) {
	for _, f := range o.fields {
		if f.typ == largeType {
			if upload, ok := reflect.TypeAssert[core.LargeUpload](in.FieldByIndex(f.index)); ok {
				release(upload)
			}
		}
	}
}

func convertLargeUpload(v value, dst reflect.Value) []string {
	switch {
	case v.kind == textKind && v.text == "":
		return []string{msgNoFile}
	case v.kind != fileKind:
		return []string{msgNotFile}
	case v.large.Size == 0:
		release(v.large)
		return []string{msgEmptyFile}
	}
	dst.Set(reflect.ValueOf(v.large))
	return nil
}

// stall is how long the other side of a large transfer may do nothing.
const stall = time.Minute

// takeTime lets a request take longer than others may: it is not the whole that is limited, but each step. There is no
// limit on how long the work takes before it is answered.
func takeTime(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // where there is no connection, there is no deadline
	r.Body = &patientBody{r.Body, control}
}

type patientBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *patientBody) Read(p []byte) (int, error) {
	_ = b.control.SetReadDeadline(time.Now().Add(stall)) // as above
	return b.ReadCloser.Read(p)
}

// patientWriter is the same for an answer.
type patientWriter struct {
	io.Writer
	control *http.ResponseController
}

func (w *patientWriter) Write(p []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(stall)) // as above
	return w.Writer.Write(p)
}
