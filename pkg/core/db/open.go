package db

import (
	"errors"
	"strings"

	"github.com/uptrace/bun"
)

// An Option changes how Open sets a database up.
type Option func(*options)

type options struct{ trace func(query string) }

// WithTrace calls fn with the text of each statement before it is sent, whether it comes through bun or
// database/sql; BEGIN, COMMIT and ROLLBACK are left out. Several goroutines call fn at once.
func WithTrace(fn func(query string)) Option {
	return func(o *options) { o.trace = fn }
}

// Open returns the database that the URL names. It does no I/O: neither a file nor a connection is made before the
// first statement. Errors never show the URL, which may hold a password.
//
//	postgres://user:password@host:5432/name?sslmode=…   also postgresql://
//	sqlite:///var/lib/omnistock.db                       an absolute path
//	sqlite://omnistock.db                                a path below the working directory
//	sqlite://:memory:                                    a database of its own, gone once it is closed; also :memory:
func Open(url string, opts ...Option) (*bun.DB, error) {
	o := options{trace: func(string) {}}
	for _, opt := range opts {
		opt(&o)
	}
	scheme, rest, _ := strings.Cut(url, ":")
	switch {
	case url == ":memory:":
		return openSQLite(temporaryFile(), o)
	case scheme == "sqlite":
		return openSQLiteURL(rest, o)
	case scheme == "postgres", scheme == "postgresql":
		return openPostgres(url, o)
	}
	return nil, errors.New("database url: it starts with neither sqlite:// nor postgres:// nor postgresql://")
}
