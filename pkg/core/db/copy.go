package db

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/uptrace/bun"
)

// ErrNoCopy is why the server of PostgreSQL cannot copy a database: others are connected to it, or the role does not own it.
var ErrNoCopy = errors.New("the server cannot copy the database")

// maintenance is a database that every server of PostgreSQL has.
const maintenance = "postgres"

// NameBeside returns a name for a database beside that of the URL: it begins in the same way, and nobody else knows it.
func NameBeside(rawURL string) (string, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", errPostgresURL
	}
	source := strings.TrimPrefix(u.Path, "/")
	return source[:min(len(source), 40)] + "_" + strings.ToLower(rand.Text()[:12]), nil
}

// CreateBeside makes a database of that name on the server of the URL: a copy of the URL's database or, unless asked for
// a copy, an empty one. It returns the new database's URL, and what drops it. The error is ErrNoCopy if the server does
// not copy it.
func CreateBeside(ctx context.Context, rawURL, name string, copied bool) (newURL string, drop func(context.Context) error, err error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", nil, errPostgresURL
	}
	source, template := strings.TrimPrefix(u.Path, "/"), bun.Ident("template0")
	if copied {
		template = bun.Ident(source)
	}
	if err := onServer(ctx, u, "CREATE DATABASE ? TEMPLATE ?", bun.Ident(name), template); err != nil {
		if code := postgresCode(err); copied && (code == pgObjectInUse || code == pgInsufficientPrivilege) {
			err = ErrNoCopy
		}
		return "", nil, fmt.Errorf("create database %s: %w", name, err)
	}
	return withDatabase(u, name), func(ctx context.Context) error {
		if err := onServer(ctx, u, "DROP DATABASE IF EXISTS ? WITH (FORCE)", bun.Ident(name)); err != nil {
			return fmt.Errorf("drop database %s: %w", name, err)
		}
		return nil
	}, nil
}

// onServer sends a statement that no database is asked to do to itself.
func onServer(ctx context.Context, u *url.URL, query string, args ...any) error {
	bunDB, err := Open(withDatabase(u, maintenance))
	if err != nil {
		return err
	}
	_, err = bunDB.ExecContext(ctx, query, args...)
	return errors.Join(err, bunDB.Close())
}

func withDatabase(u *url.URL, name string) string {
	other := *u
	other.Path = "/" + name
	return other.String()
}

// CopySQLite writes the database of SQLite's, as it is at the moment, into a new file. Nobody is held up.
func CopySQLite(ctx context.Context, bunDB *bun.DB, path string) (err error) {
	conn, err := Reader(bunDB).Conn(ctx) // the writer's may be busy
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = off"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", path)
	_, again := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = on")
	return errors.Join(err, again)
}
