package console

import "errors"

// ErrReported ends a command as failed when it has said itself what is wrong.
var ErrReported = errors.New("reported")

// usageError is a command line that was not understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// Usage marks err as one of a command line that was not understood.
func Usage(err error) error { return usageError{err} }

// IsUsage reports whether err was marked by Usage.
func IsUsage(err error) bool {
	_, is := errors.AsType[usageError](err)
	return is
}
