package migrations

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// Up applies the steps that the database lacks and returns their names in order, also those before one that failed.
// It calls report after each. Of several that run at once, one applies a step and the others see it applied.
//
// A database that another program or a newer version has made is a core.Conflict, and is left as it is.
func Up(ctx context.Context, bunDB *bun.DB, report func(step string)) (applied []string, err error) {
	return up(ctx, bunDB, files, report)
}

func up(ctx context.Context, bunDB *bun.DB, fsys fs.FS, report func(step string)) (applied []string, err error) {
	all, err := steps(fsys)
	if err != nil {
		return nil, err
	}
	unlock, err := lock(ctx, bunDB)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := checkOwn(ctx, bunDB, all); err != nil {
		return nil, err
	}
	if err := createHistory(ctx, bunDB); err != nil {
		return nil, err
	}
	for _, step := range all {
		switch err := apply(ctx, bunDB, step); {
		case errors.Is(err, errApplied):
		case err != nil:
			return applied, err
		default:
			applied = append(applied, step.Name)
			report(step.Name)
		}
	}
	return applied, nil
}

var errApplied = errors.New("applied already")

// apply runs one step and its mark in one transaction. It returns errApplied for a step that is in the history.
func apply(ctx context.Context, bunDB *bun.DB, step migrate.Migration) error {
	only := migrate.NewMigrations()
	only.Add(step)
	group, err := migrate.NewMigrator(bunDB, only,
		migrate.WithTableName(historyTable),
		migrate.WithTemplateData(words{Postgres: db.IsPostgres(bunDB)}),
		migrate.BeforeMigration(checkUnapplied),
		migrate.AfterMigration(mark),
		// bun marks the step once more after its transaction; with these two that changes nothing.
		migrate.WithMarkAppliedOnSuccess(true),
		migrate.WithUpsert(true),
	).Migrate(ctx)
	if err == nil && len(group.Migrations) == 0 {
		return errApplied
	}
	return err
}

// checkUnapplied looks at the history again inside the step's transaction: on SQLite, where nothing else keeps two
// programs from migrating at once, that transaction has waited for the other's.
func checkUnapplied(ctx context.Context, tx bun.IConn, step *migrate.Migration) error {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+historyTable+" WHERE name = ?", step.Name).Scan(&n)
	if err == nil && n > 0 {
		return errApplied
	}
	return err
}

// mark enters the step into the history.
func mark(ctx context.Context, tx bun.IConn, step *migrate.Migration) error {
	step.MigratedAt = time.Now().UTC()
	_, err := tx.ExecContext(ctx, "INSERT INTO "+historyTable+" (name, group_id, migrated_at) VALUES (?, ?, ?)",
		step.Name, step.GroupID, step.MigratedAt)
	return err
}
