package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"

	"github.com/uptrace/bunrouter"
)

// A Stream is an answer that is made while it is sent.
type Stream struct {
	Type  string // media type
	Name  string // of the file, for who keeps it
	Write func(ctx context.Context, w io.Writer) error
}

type downloadEndpoint[In any] struct {
	in    *object
	types []string
	open  func(context.Context, In) (Stream, error)
}

// Download makes an endpoint that answers with what open returns, as a file to keep, of one of the media types. What fails
// once the answer has begun cuts the connection, so that no client takes half a file for a whole one. Its operation has no
// body, and must be Plain: the content is what the query says, whatever Accept says.
func Download[In any](types []string, open func(context.Context, In) (Stream, error)) Endpoint {
	return &downloadEndpoint[In]{newInput(reflect.TypeFor[In]()), types, open}
}

func (e *downloadEndpoint[In]) shapes() (in, out *object) { return e.in, nil }

// mediaTypes are for the document.
func (e *downloadEndpoint[In]) mediaTypes() []string { return e.types }

func (e *downloadEndpoint[In]) serve(w http.ResponseWriter, r bunrouter.Request, op *Operation) error {
	var in In
	if err := e.in.decode(r, op, reflect.ValueOf(&in).Elem()); err != nil {
		return err
	}
	stream, err := e.open(r.Context(), in)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", stream.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": stream.Name}))
	if r.Method == http.MethodHead {
		return nil
	}
	if err := stream.Write(r.Context(), &patientWriter{w, http.NewResponseController(w)}); err != nil {
		return brokenStream{fmt.Errorf("send %s: %w", stream.Name, err)}
	}
	return nil
}

// brokenStream is why an answer ended that may have begun.
type brokenStream struct{ error }

func (e brokenStream) Unwrap() error { return e.error }

// cut ends an answer that has begun, if err is why: the client sees that the connection broke, the log why, unless it was
// the client who went.
func (h *Handler) cut(w http.ResponseWriter, r *http.Request, err error) {
	if _, broken := errors.AsType[brokenStream](err); !broken {
		return
	}
	if sw, ok := w.(*statusWriter); ok && sw.status == 0 {
		w.Header().Del("Content-Disposition")
		return
	}
	if r.Context().Err() == nil {
		h.config.Log.ErrorContext(r.Context(), "answer broken off", "error", err)
	}
	panic(http.ErrAbortHandler)
}
