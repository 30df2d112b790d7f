package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// dump writes the whole database, as its engine does it, into the folder "backups" of the data folder, and returns the
// file: of PostgreSQL the custom format of pg_dump, which has to be installed; of SQLite a database.
func (p *program) dump(ctx context.Context) (path string, err error) {
	folder := filepath.Join(p.settings.DataDir, "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	suffix, write := ".dump", func(ctx context.Context, file string) error {
		return pgDump(ctx, p.settings.DatabaseURL.Reveal(), "--file="+file)
	}
	if p.settings.Embedded() {
		suffix, write = ".db", func(ctx context.Context, file string) error { return db.CopySQLite(ctx, p.db, file) }
	}
	path = filepath.Join(folder, "before-migrate-"+time.Now().UTC().Format("20060102T150405Z")+suffix)
	unfinished := path + ".part"
	if err = write(ctx, unfinished); err == nil {
		err = os.Chmod(unfinished, 0o600)
	}
	if err == nil {
		err = os.Rename(unfinished, path)
	}
	if err != nil {
		return "", errors.Join(err, removeFile(unfinished))
	}
	return path, nil
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// pgDump runs pg_dump on the database of the URL, in its custom format.
func pgDump(ctx context.Context, url string, args ...string) error {
	return runPostgresProgram(ctx, url, nil, nil, "pg_dump", append([]string{"--format=custom"}, args...)...)
}

// dumpAndRestore makes a copy, of that name, of a database that others are connected to.
func dumpAndRestore(ctx context.Context, url, name string) (copyURL string, drop func(context.Context) error, err error) {
	copyURL, drop, err = db.CreateBeside(ctx, url, name, false)
	if err != nil {
		return "", nil, err
	}
	in, out := io.Pipe()
	restored := make(chan error, 1)
	go func() {
		err := runPostgresProgram(ctx, copyURL, in, nil, "pg_restore", "--no-owner", "--no-acl",
			"--no-publications", "--no-subscriptions", "--exit-on-error", "--dbname="+databaseName(copyURL))
		restored <- errors.Join(err, in.CloseWithError(errors.New("pg_restore has ended")))
	}()
	err = runPostgresProgram(ctx, url, nil, out, "pg_dump", "--format=custom")
	if err = errors.Join(err, out.CloseWithError(err), <-restored); err != nil {
		return "", nil, errors.Join(err, drop(context.WithoutCancel(ctx)))
	}
	return copyURL, drop, nil
}

// runPostgresProgram runs one of PostgreSQL's client programs on the database of the URL. The password is in its
// environment, where other users do not see it.
func runPostgresProgram(ctx context.Context, url string, in io.Reader, out io.Writer, name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return fmt.Errorf("%s is not installed here, or not on the PATH: it is one of PostgreSQL's client programs", name)
	}
	var said bytes.Buffer
	program := exec.CommandContext(ctx, path, args...) //nolint:gosec // the programs are named above
	program.Env = append(os.Environ(), psqlEnv(url)...)
	program.Stdin, program.Stdout, program.Stderr = in, out, &said
	err = program.Run()
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case err != nil:
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return nil
}

// databaseName is the last part of a URL of PostgreSQL's.
func databaseName(url string) string {
	for _, variable := range psqlEnv(url) {
		if name, ok := strings.CutPrefix(variable, "PGDATABASE="); ok {
			return name
		}
	}
	return ""
}
