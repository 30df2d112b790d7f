package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// databaseFile is the path of the embedded database, or "" where there is no file: PostgreSQL, or in memory.
func (p *program) databaseFile() string {
	if path := p.settings.DatabaseURL.SQLitePath(); path != ":memory:" {
		return path
	}
	return ""
}

// makeDatabaseFile makes the embedded database where there is none.
func (p *program) makeDatabaseFile() error {
	if path := p.databaseFile(); path != "" {
		return makeDatabaseFile(path)
	}
	return nil
}

// makeDatabaseFile makes a file for SQLite, and its folder, where there is none. It holds password hashes: both are
// closed to other users, and the files that SQLite puts beside it get the same mode.
func makeDatabaseFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	// Never one that exists: closing it would end the locks that SQLite holds on it in this process.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	return file.Close()
}

// migrate brings the schema up to date and returns the steps that were applied.
func (p *program) migrate(ctx context.Context, o adoption.Options) ([]string, error) {
	if err := p.makeDatabaseFile(); err != nil {
		return nil, err
	}
	o.MediaURL = p.mediaURL()
	return adoption.Migrate(ctx, p.db, o)
}

// mediaURL is the address under which Django served the images of its folder, and under which the proxy goes on to do so:
// see docs/switching-from-django.md.
func (p *program) mediaURL() string { return strings.TrimSuffix(p.settings.PublicURL, "/") + "/media/" }

// status returns the steps of the schema. Where the embedded database is missing it makes an empty one.
func (p *program) status(ctx context.Context) ([]migrations.Step, error) {
	if err := p.makeDatabaseFile(); err != nil {
		return nil, err
	}
	return migrations.Status(ctx, p.db)
}

// requireMigrated sees to it that the schema is the one this program knows, and no copy that is half done. The embedded
// database it makes and brings up to date itself; others are left to the operator.
func (p *program) requireMigrated(ctx context.Context) error {
	steps, err := p.status(ctx)
	if err != nil {
		return err
	}
	if err := conversion.CheckFinished(ctx, p.db); err != nil {
		return err
	}
	pending, unknown := sortOut(steps)
	switch {
	case len(unknown) > 0:
		return fmt.Errorf("the database was migrated by a newer version of omnistock, which knows %s: run that one", unknown[0])
	case len(pending) == 0:
		return nil
	case p.settings.Embedded():
		_, err := p.migrate(ctx, adoption.Options{})
		return err
	}
	return fmt.Errorf("the database lacks %s: run 'omnistock migrate' first", count(len(pending), "migration"))
}

// sortOut returns the names of the steps that are not applied, and of those that only a newer version knows.
func sortOut(steps []migrations.Step) (pending, unknown []string) {
	for _, step := range steps {
		switch {
		case step.Unknown:
			unknown = append(unknown, step.Name)
		case !step.Applied:
			pending = append(pending, step.Name)
		}
	}
	return pending, unknown
}

// pingTime is how long a database may take to answer before it counts as one that does not.
const pingTime = 2 * time.Second

// ping returns why the database does not answer. It asks a connection that reads: SQLite's writer may be busy.
func ping(ctx context.Context, bunDB *bun.DB) error {
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	return db.Reader(bunDB).PingContext(ctx)
}

// count is a number of things: 1 step, 2 steps.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
