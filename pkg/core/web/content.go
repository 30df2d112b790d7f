package web

import (
	"io"
	"net/http"
	"time"

	"github.com/uptrace/bunrouter"
)

// Content is an answer that is read where it lies, in parts if the client asks for parts.
type Content struct {
	Header  map[string]string // with the Content-Type
	ModTime time.Time
	Body    io.ReadSeekCloser
}

type contentEndpoint struct {
	open func(r *http.Request) (Content, error)
}

// Contents makes an endpoint that answers with what open returns, or with its error as every endpoint does. Conditions
// and ranges of the request are heeded. Its operation must be hidden.
func Contents(open func(r *http.Request) (Content, error)) Endpoint { return contentEndpoint{open} }

func (e contentEndpoint) shapes() (in, out *object) { return nil, nil }

func (e contentEndpoint) serve(w http.ResponseWriter, r bunrouter.Request, _ *Operation) error {
	content, err := e.open(r.Request)
	if err != nil {
		return err
	}
	defer func() { _ = content.Body.Close() }() // it was only read
	for name, value := range content.Header {
		w.Header().Set(name, value)
	}
	http.ServeContent(w, r.Request, "", content.ModTime, content.Body)
	return nil
}
