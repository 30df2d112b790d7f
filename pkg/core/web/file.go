package web

import (
	"net/http"

	"github.com/uptrace/bunrouter"
)

// A File is an answer that is ready-made: a page, a script, a document.
type File struct {
	Type   string            // media type
	Header map[string]string // further headers
	Body   []byte
}

type fileEndpoint struct {
	open func(r *http.Request) (File, error)
}

// Files makes an endpoint that answers with what open returns, or with its error as every endpoint does. Its operation
// must be hidden.
func Files(open func(r *http.Request) (File, error)) Endpoint { return fileEndpoint{open} }

func (e fileEndpoint) shapes() (in, out *object) { return nil, nil }

func (e fileEndpoint) serve(w http.ResponseWriter, r bunrouter.Request, op *Operation) error {
	file, err := e.open(r.Request)
	if err != nil {
		return err
	}
	for name, value := range file.Header {
		w.Header().Set(name, value)
	}
	writeBody(w, op.status(), file.Type, file.Body)
	return nil
}
