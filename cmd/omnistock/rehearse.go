package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// rehearse migrates a copy of the database, checks that, and drops it. The database itself is only read.
func (c *commandLine) rehearse(cmd *cobra.Command, o adoption.Options) (err error) {
	out := c.say(cmd)
	source, err := adoption.Recognise(cmd.Context(), c.program.db)
	if err != nil {
		return err
	}
	// Before there is one: if this program is killed, somebody else has to drop it.
	tell := func(place string) { fmt.Fprintf(out, "Rehearsing on a copy, %s:\n", place) }
	url, drop, err := c.program.copyDatabase(cmd.Context(), tell)
	if err != nil {
		return fmt.Errorf("no rehearsal: %w", err)
	}
	defer func() { err = errors.Join(err, drop(context.WithoutCancel(cmd.Context()))) }()
	bunDB, err := db.Open(url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bunDB.Close()) }()

	switch duplicate, err := adoption.Recognise(cmd.Context(), bunDB); {
	case err != nil:
		return fmt.Errorf("no rehearsal: %w", err)
	case duplicate.State != source.State || duplicate.Heads.String() != source.Heads.String():
		return errors.New("no rehearsal: the copy does not look like the database; does the role or the database set a search_path? " +
			"Put search_path=... into the URL")
	}

	started := time.Now()
	o.MediaURL = c.program.mediaURL()
	if _, err := adoption.Migrate(cmd.Context(), bunDB, reportTo(out, o)); err != nil {
		return fmt.Errorf("the rehearsal failed, and the database is as it was: %w", err)
	}
	took := time.Since(started).Round(time.Millisecond)
	problems, err := c.program.checkCopy(cmd.Context(), bunDB, o)
	if err != nil {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintf(cmd.ErrOrStderr(), "  %s\n", problem)
	}
	if len(problems) > 0 {
		return errors.New("the rehearsal went through, but the copy is not what it should be; the database is as it was")
	}
	fmt.Fprintf(out, "The rehearsal went well and took %s; the copy is dropped, the database as it was.\n", took)
	return nil
}

// checkCopy returns what is wrong with a database that was just migrated.
func (p *program) checkCopy(ctx context.Context, bunDB *bun.DB, o adoption.Options) ([]string, error) {
	pending, err := migrations.PendingTo(ctx, bunDB, o.To)
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, step := range pending {
		problems = append(problems, step.Name+" is not applied")
	}
	if o.To != "" {
		return problems, nil // the models are those of the last step
	}
	drift, err := db.Drift(ctx, bunDB, p.app.Models())
	problems = append(problems, drift...)
	if err != nil || !db.IsPostgres(bunDB) {
		return problems, err
	}
	rollback, err := adoption.CheckRollback(ctx, bunDB)
	if err != nil {
		return nil, err
	}
	for _, f := range rollback.Findings {
		if f.Level == adoption.Error {
			problems = append(problems, "the way back to Django: "+f.Text)
		}
	}
	return problems, nil
}

// copyDatabase tells where it makes a copy of the database, makes it, and returns its URL and what drops it.
func (p *program) copyDatabase(ctx context.Context, tell func(place string)) (url string, drop func(context.Context) error, err error) {
	if p.settings.Embedded() {
		return p.copySQLite(ctx, tell)
	}
	url = p.settings.DatabaseURL.Reveal()
	name, err := db.NameBeside(url)
	if err != nil {
		return "", nil, err
	}
	tell("the database " + name)
	if err := p.db.Close(); err != nil { // we would be in the way ourselves
		return "", nil, err
	}
	copyURL, drop, err := db.CreateBeside(ctx, url, name, true)
	if !errors.Is(err, db.ErrNoCopy) {
		return copyURL, drop, err
	}
	return dumpAndRestore(ctx, url, name)
}

func (p *program) copySQLite(ctx context.Context, tell func(place string)) (string, func(context.Context) error, error) {
	folder, err := os.MkdirTemp(p.settings.DataDir, "rehearsal-")
	if err != nil {
		return "", nil, err
	}
	tell(folder)
	drop := func(context.Context) error { return os.RemoveAll(folder) }
	path, err := filepath.Abs(filepath.Join(folder, "copy.db"))
	if err == nil {
		err = db.CopySQLite(ctx, p.db, path)
	}
	if err != nil {
		return "", nil, errors.Join(err, drop(ctx))
	}
	return config.SQLiteURL(path).Reveal(), drop, nil
}
