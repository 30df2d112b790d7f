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

// stoppable is a file whose reading ends with the error of stop. What is read at once is little, also when it unpacks to
// much: flate takes 4 kB, which are 4 MB at most.
type stoppable struct {
	r    io.ReaderAt
	stop func() error
}

func (s stoppable) ReadAt(p []byte, off int64) (int, error) {
	if err := s.stop(); err != nil {
		return 0, stoppedError{err}
	}
	return s.r.ReadAt(p, off)
}

// stoppedError tells the end that was wanted from damage.
type stoppedError struct{ error }

func (e stoppedError) Unwrap() error { return e.error }
