package sheet

import (
	"errors"
	"io"
)

var errTooLong = errors.New("record too long")

// A limiter keeps a decoder from reading one endless record into the memory: it fails once it has delivered max bytes
// behind the place up to which the decoder is done.
type limiter struct {
	r         io.Reader
	max       int64
	delivered int64
	done      int64 // set before each record
}

func (l *limiter) Read(p []byte) (int, error) {
	if l.delivered-l.done > l.max {
		return 0, errTooLong
	}
	n, err := l.r.Read(p)
	l.delivered += int64(n)
	return n, err
}
