package web

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// WriteJSON answers with a JSON body.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	text, err := marshal(nil, body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"detail":"Internal server error."}`)
	}
	writeBody(w, status, mediaJSON, text)
}

const mediaJSON = "application/json"

func writeBody(w http.ResponseWriter, status int, media string, text []byte) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client may be gone; there is nobody to tell
}

// appendWriter makes a byte slice an io.Writer.
type appendWriter struct{ b []byte }

func (w *appendWriter) Write(p []byte) (int, error) {
	w.b = append(w.b, p...)
	return len(p), nil
}

// marshal appends v as compact JSON, as Django REST framework writes it: nothing escaped for HTML, no final newline.
func marshal(b []byte, v any) ([]byte, error) {
	w := appendWriter{b}
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return b, err
	}
	return w.b[:len(w.b)-1], nil
}
