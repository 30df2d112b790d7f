package storage

import (
	"context"
	"io"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Storage keeps objects by their keys.
type Storage interface {
	// Put keeps the object. No reader sees a part of it.
	Put(ctx context.Context, key, contentType string, content []byte) error
	// Delete removes the object, if it is there.
	Delete(ctx context.Context, key string) error
	// URL is the address of an object, or its path alone where the server's own address is not known.
	URL(key string) string
	// Open returns the content of an object, or core.NotFound. The caller closes it.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// List calls fn with each object whose key this package made, in no order, until fn fails. What others keep in the
	// same place is left out. What a crash has left of an object comes along; IsKey tells it apart.
	List(ctx context.Context, fn func(Object) error) error
}

// An Object is what is known of a stored object without opening it.
type Object struct {
	Key      string
	Size     int64 // bytes
	Modified time.Time
}

// errNotFound is the answer for an object that is not there.
func errNotFound() error { return core.Errorf(core.NotFound, "Not found.") }
