package conversion

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// lockWait is how long another program that migrates the target may go on.
const lockWait = time.Minute

// filledByMigrations are tables in which migrating alone leaves rows.
var filledByMigrations = []string{migrations.HistoryTable, "django_migrations"}

// CheckSource returns a core.Conflict unless the schema of the source is the one that this program knows. Convert begins
// with it; who has to make a place for the target first asks before that.
func (s *Service) CheckSource(ctx context.Context, source Database) error {
	steps, err := migrations.Status(ctx, source.DB)
	if err != nil {
		return fmt.Errorf("source: %w", err)
	}
	for _, step := range steps {
		switch {
		case step.Unknown:
			return core.Errorf(core.Conflict, "the source was migrated by a newer version of omnistock, which knows %s: run that one", step.Name)
		case !step.Applied:
			return core.Errorf(core.Conflict, "the source lacks the migration %s: run 'omnistock migrate' on it first", step.Name)
		}
	}
	return nil
}

// CheckFinished returns a core.Conflict if the database is the target of a conversion that is not finished. What is written
// there is lost when the conversion goes on.
func CheckFinished(ctx context.Context, bunDB *bun.DB) error {
	isTarget, err := db.HasTable(ctx, bunDB, markerTable)
	if err != nil || !isTarget {
		return err
	}
	m, err := selectMarker(ctx, bunDB)
	if err != nil {
		return fmt.Errorf("read %s: %w", markerTable, err)
	}
	return core.Errorf(core.Conflict, "the database is an unfinished copy of %s: run the same 'omnistock convert-db' again, which finishes it", m.Name)
}

// prepare makes the target ready for rows of the source, and reports whether it holds some already.
func prepare(ctx context.Context, source bun.Tx, name string, target Database) (continued bool, err error) {
	identity, err := compareIdentities(ctx, source, target)
	if err != nil {
		return false, err
	}
	if continued, err = checkTarget(ctx, target.DB, identity); err != nil {
		return false, err
	}
	if _, err := migrations.Up(ctx, target.DB, migrations.Options{Wait: lockWait}); err != nil {
		return false, fmt.Errorf("target: %w", err)
	}
	if continued {
		return true, nil
	}
	return false, db.InTx(ctx, target.DB, func(ctx context.Context, tx bun.Tx) error {
		return insertMarker(ctx, tx, &marker{Source: identity, Name: name})
	})
}

// compareIdentities returns the identity of the source.
func compareIdentities(ctx context.Context, source bun.Tx, target Database) (identity string, err error) {
	if identity, err = selectIdentity(ctx, source); err != nil {
		return "", fmt.Errorf("source: %w", err)
	}
	other, err := selectIdentity(ctx, target.DB)
	if err != nil {
		return "", fmt.Errorf("target: %w", err)
	}
	if identity == other {
		return "", core.Errorf(core.Conflict, "source and target are the same database")
	}
	names, err := selectTables(ctx, source)
	if err == nil && slices.Contains(names, markerTable) {
		err = core.Errorf(core.Conflict, "the source is the target of a conversion that is not finished: run that one again first")
	}
	return identity, err
}

// checkTarget reports whether the target holds the marker of a conversion from the source; it has to hold no rows else.
func checkTarget(ctx context.Context, target *bun.DB, source string) (continued bool, err error) {
	names, err := selectTables(ctx, target)
	if err != nil {
		return false, fmt.Errorf("target: %w", err)
	}
	if slices.Contains(names, markerTable) {
		return true, checkMarker(ctx, target, source)
	}
	for _, name := range names {
		if slices.Contains(filledByMigrations, name) {
			continue
		}
		n, err := countRows(ctx, target, name)
		if err != nil {
			return false, fmt.Errorf("target: %w", err)
		}
		if n > 0 {
			return false, core.Errorf(core.Conflict, "the target is not empty: it has rows in %s; nothing was changed", name)
		}
	}
	return false, nil
}

func checkMarker(ctx context.Context, target *bun.DB, source string) error {
	m, err := selectMarker(ctx, target)
	if err != nil {
		return fmt.Errorf("target: %w", err)
	}
	if m.Source != source {
		return core.Errorf(core.Conflict, "the target holds an unfinished conversion of another database, %s; nothing was changed", m.Name)
	}
	return nil
}
