package web

import (
	"context"
	"net/http"
	"reflect"
	"sync"

	"github.com/uptrace/bunrouter"
)

// An Appender writes itself as JSON onto b. Types of hot lists have it, so that they need no reflection; a test holds
// its output against encoding/json's.
type Appender interface{ AppendJSON(b []byte) []byte }

// A Replayer is the response of an operation that Replays: it knows whether it tells what was done before.
type Replayer interface{ IsReplay() bool }

type jsonEndpoint[In, Out any] struct {
	in, out *object
	handle  func(context.Context, In, http.Header) (Out, error)
	encode  func(b []byte, out Out) ([]byte, error)
}

// JSON makes an endpoint of a typed handler. In is a struct whose fields say by their tags json, path or query where
// they come from, and by their tag field what is allowed; Out is a struct or a slice of structs with json tags.
func JSON[In, Out any](handle func(context.Context, In) (Out, error)) Endpoint {
	return JSONWithHeader(func(ctx context.Context, in In, _ http.Header) (Out, error) { return handle(ctx, in) })
}

// JSONWithHeader is JSON for a handler that also sets headers of the answer.
func JSONWithHeader[In, Out any](handle func(context.Context, In, http.Header) (Out, error)) Endpoint {
	return &jsonEndpoint[In, Out]{
		in:     newInput(reflect.TypeFor[In]()),
		out:    newObject(reflect.TypeFor[Out]()),
		handle: handle,
		encode: newEncoder[Out](),
	}
}

func (e *jsonEndpoint[In, Out]) shapes() (in, out *object) { return e.in, e.out }

func (e *jsonEndpoint[In, Out]) serve(w http.ResponseWriter, r bunrouter.Request, op *Operation) error {
	var in In
	defer e.in.release(reflect.ValueOf(&in).Elem())
	if err := e.in.decode(r, op, reflect.ValueOf(&in).Elem()); err != nil {
		return err
	}
	out, err := e.handle(r.Context(), in, w.Header())
	if err != nil {
		return err
	}
	if op.status() == http.StatusNoContent {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	buffer, _ := buffers.Get().(*[]byte)
	defer recycle(buffer)
	if *buffer, err = e.encode((*buffer)[:0], out); err != nil {
		return err
	}
	if op.Method == http.MethodGet && !op.Plain && notModified(w, r.Request, *buffer) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	status := op.status()
	if replayer, ok := any(out).(Replayer); ok && op.Replays && replayer.IsReplay() {
		status = http.StatusOK
	}
	writeBody(w, status, mediaJSON, *buffer)
	return nil
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 4096); return &b }}

// maxPooled is the largest buffer that is kept: twice a page of a hundred collectibles.
const maxPooled = 256 << 10

func recycle(buffer *[]byte) {
	if cap(*buffer) <= maxPooled {
		buffers.Put(buffer)
	}
}

// newEncoder chooses the writer of a response type: its own AppendJSON, or encoding/json, but [] for a nil slice.
func newEncoder[Out any]() func(b []byte, out Out) ([]byte, error) {
	if reflect.TypeFor[Out]().Implements(reflect.TypeFor[Appender]()) {
		return func(b []byte, out Out) ([]byte, error) { return any(out).(Appender).AppendJSON(b), nil }
	}
	if reflect.TypeFor[Out]().Kind() == reflect.Slice {
		return func(b []byte, out Out) ([]byte, error) {
			if reflect.ValueOf(out).IsNil() {
				return append(b, "[]"...), nil
			}
			return marshal(b, out)
		}
	}
	return func(b []byte, out Out) ([]byte, error) { return marshal(b, out) }
}

// List is a response of many objects: a bare JSON array, also where there are none.
type List[T Appender] []T

// AppendJSON appends the array.
func (l List[T]) AppendJSON(b []byte) []byte {
	b = append(b, '[')
	for i, item := range l {
		if i > 0 {
			b = append(b, ',')
		}
		b = item.AppendJSON(b)
	}
	return append(b, ']')
}

// Nothing is the input or the response of an operation that has none.
type Nothing struct{}

type pageEndpoint struct{ handler http.Handler }

// Page makes an endpoint of a plain handler, for what is not JSON. Its operation must be hidden.
func Page(handler http.HandlerFunc) Endpoint { return pageEndpoint{handler} }

func (e pageEndpoint) shapes() (in, out *object) { return nil, nil }

func (e pageEndpoint) serve(w http.ResponseWriter, r bunrouter.Request, _ *Operation) error {
	e.handler.ServeHTTP(w, r.Request)
	return nil
}
