package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// RestoreOptions say how to restore.
type RestoreOptions struct {
	Replace  bool // what the database holds, and images that differ
	Progress *progress.Reporter
}

// Restored is what Restore did.
type Restored struct {
	Took     time.Duration
	Same     bool     // the database held these very rows before
	Newer    []string // steps of the schema that the rows were restored into, and were not written for
	Migrated []string // steps that were applied afterwards
	Media    MediaRestored
}

// Restore puts the rows and the images of the archive back. The database must hold no rows, unless Replace is set; its
// schema is brought to the archive's, and after that up to date. A database that holds the archive's very rows is left
// as it is: whoever restores again after a crash ends where the first time would have.
//
// The rows are one transaction. Before it commits, what the database then holds is compared with the manifest, table by
// table; any difference, and any other error, leaves rows and images as they were. With Replace, images that differ are
// overwritten after the commit.
func (s *Service) Restore(ctx context.Context, a *Archive, o RestoreOptions) (*Restored, error) {
	start := time.Now()
	l := &loader{service: s, archive: a, options: o, restored: &Restored{}}
	if err := l.plan(ctx); err != nil {
		return nil, err
	}
	if !l.restored.Same {
		if err := l.adjustSchema(ctx); err != nil {
			return nil, err
		}
		err := db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			return db.Rewriting(ctx, tx, func() error { return l.load(ctx, tx) })
		})
		if err != nil {
			l.discardMedia(ctx)
			return nil, l.explain(err)
		}
	}
	if err := l.finish(ctx); err != nil {
		return l.restored, err
	}
	l.restored.Took = time.Since(start)
	return l.restored, nil
}

// A loader is one run of Restore.
type loader struct {
	service  *Service
	archive  *Archive
	options  RestoreOptions
	tables   []*table // of the archive, with its columns
	media    mediaPlan
	restored *Restored
}

// plan looks at the archive and the database, and changes nothing. Conflict if the database is in use.
func (l *loader) plan(ctx context.Context) (err error) {
	known := newTables(l.service.db, l.service.models)
	for _, in := range l.archive.Manifest.Tables {
		t := find(known, in.Name)
		if t == nil {
			return l.archive.errorf(fmt.Errorf("there is no table %s", in.Name))
		}
		if t, err = t.with(in.Columns); err != nil {
			return l.archive.errorf(err)
		}
		l.tables = append(l.tables, t)
	}
	there, err := l.service.readCatalog(ctx, l.service.db)
	if err != nil {
		return err
	}
	if err := l.planMedia(ctx); err != nil {
		return err
	}
	used, err := usedTables(ctx, l.service.db, there)
	if err != nil || len(used) == 0 || l.options.Replace {
		return err
	}
	if l.restored.Same, err = l.isSame(ctx, there); err != nil || l.restored.Same {
		return err
	}
	return core.Errorf(core.Conflict, "the database is in use: there are rows in %s; --replace deletes them", list(used))
}

// list names a few things.
func list(names []string) string {
	const most = 3
	if len(names) > most {
		return fmt.Sprintf("%s, %s, %s and %d more", names[0], names[1], names[2], len(names)-most)
	}
	return strings.Join(names, ", ")
}

// usedTables returns the names of the tables that hold rows which are not there by themselves.
func usedTables(ctx context.Context, idb bun.IDB, c *catalog) (used []string, err error) {
	for _, t := range c.tables {
		n, err := countRows(ctx, idb, t)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", t.name, err)
		}
		if n > 0 && !migrations.IsBookkeeping(t.name) {
			used = append(used, t.name)
		}
	}
	return used, nil
}

// isSame reports whether the database holds the archive's rows and no others.
func (l *loader) isSame(ctx context.Context, there *catalog) (same bool, err error) {
	err = db.Snapshot(ctx, l.service.db, func(ctx context.Context, tx bun.Tx) error {
		for _, t := range there.tables {
			n, err := countRows(ctx, tx, t)
			if err != nil {
				return err
			}
			in := slices.IndexFunc(l.archive.Manifest.Tables, func(in Table) bool { return in.Name == t.name })
			if in < 0 && n > 0 && !migrations.IsBookkeeping(t.name) || in >= 0 && n != l.archive.Manifest.Tables[in].Rows {
				return nil
			}
		}
		differences, err := l.compare(ctx, tx, nil)
		same = err == nil && len(differences) == 0
		return err
	})
	return same, err
}

// adjustSchema brings a schema that is behind the archive's to the same step. One that is ahead stays as it is.
func (l *loader) adjustSchema(ctx context.Context) error {
	steps, err := migrations.Status(ctx, l.service.db)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if step.Applied && !slices.Contains(l.archive.Manifest.Steps, step.Name) {
			l.restored.Newer = append(l.restored.Newer, step.Name)
		}
	}
	if len(l.restored.Newer) > 0 {
		return nil
	}
	last := l.archive.Manifest.Steps[len(l.archive.Manifest.Steps)-1]
	_, err = migrations.Up(ctx, l.service.db, migrations.Options{To: last})
	return err
}

// finish does what comes after the commit.
func (l *loader) finish(ctx context.Context) (err error) {
	if l.restored.Same {
		err = l.putMissing(ctx)
	}
	if err == nil {
		err = l.putDiffering(ctx)
	}
	if err != nil {
		return fmt.Errorf("the rows are restored, but not all images: %w", err)
	}
	if l.restored.Migrated, err = migrations.Up(ctx, l.service.db, migrations.Options{}); err != nil {
		return fmt.Errorf("the rows are restored, but the schema is not up to date: %w", err)
	}
	return nil
}
