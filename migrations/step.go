package migrations

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

//go:embed *.up.sql
var files embed.FS

const suffix = ".tx.up.sql"

// steps reads the steps of a folder, in the order of their numbers.
func steps(fsys fs.FS) (migrate.MigrationSlice, error) {
	found := migrate.NewMigrations()
	if err := found.Discover(fsys); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	sorted := found.Sorted()
	for i := range sorted {
		sorted[i].Name = sorted[i].String() // its number alone would tell nobody what it is
	}
	return sorted, nil
}

// find returns the place of the step that the name means: the whole name, or so much of its beginning that only one
// step has it, or what stands behind its number. It is core.Invalid if none or several are meant.
func find(all migrate.MigrationSlice, name string) (int, error) {
	found := -1
	for i, step := range all {
		_, words, _ := strings.Cut(step.Name, "_")
		switch {
		case step.Name == name || words == name:
			return i, nil
		case name != "" && strings.HasPrefix(step.Name, name):
			if found >= 0 {
				return 0, core.Errorf(core.Invalid, "%q could be %s or %s", name, all[found].Name, step.Name)
			}
			found = i
		}
	}
	if found < 0 {
		return 0, core.Errorf(core.Invalid, "there is no migration %q", name)
	}
	return found, nil
}

// Find returns the whole name of the step that a name means: so much of its beginning that only one step has it, or what
// stands behind its number. It is core.Invalid if none or several are meant.
func Find(name string) (string, error) {
	all, err := steps(files)
	if err != nil {
		return "", err
	}
	i, err := find(all, name)
	if err != nil {
		return "", err
	}
	return all[i].Name, nil
}

// SQL returns what the step does to a database of the engine, and the step's whole name. See find for what a name may
// be.
func SQL(name string, postgres bool) (text, step string, err error) {
	all, err := steps(files)
	if err != nil {
		return "", "", err
	}
	i, err := find(all, name)
	if err != nil {
		return "", "", err
	}
	text, err = render(files, all[i].Name, postgres)
	return text, all[i].Name, err
}

// Names returns the names of all steps, in their order.
func Names() []string {
	all, _ := steps(files) // they are in the program: a test reads them
	return names(all)
}

// render returns the SQL of a step.
func render(fsys fs.FS, step string, postgres bool) (string, error) {
	t, err := template.ParseFS(fsys, step+suffix)
	if err != nil {
		return "", fmt.Errorf("read migrations: %w", err)
	}
	var text bytes.Buffer
	if err := t.Execute(&text, words{Postgres: postgres}); err != nil {
		return "", fmt.Errorf("render %s: %w", step, err)
	}
	return text.String(), nil
}

// run applies a step that is not applied yet.
func run(ctx context.Context, tx bun.Tx, fsys fs.FS, step migrate.Migration) error {
	text, err := render(fsys, step.Name, db.IsPostgres(tx))
	if err == nil {
		_, err = tx.ExecContext(ctx, text)
	}
	if err == nil {
		err = mark(ctx, tx, step.Name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", step.Name, err)
	}
	return nil
}

// mark enters a step into the history.
func mark(ctx context.Context, tx bun.Tx, step string) error {
	row := &migrate.Migration{Name: step, GroupID: 1, MigratedAt: time.Now().UTC()}
	_, err := tx.NewInsert().Model(row).ModelTableExpr(HistoryTable).ExcludeColumn("id").Exec(ctx)
	return err
}
