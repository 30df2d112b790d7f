package storage

import (
	"context"

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
}

// errNotFound is the answer for an object that is not there.
func errNotFound() error { return core.Errorf(core.NotFound, "Not found.") }
