package adoption

import (
	"context"
	"slices"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
)

// A Database is one that was recognised.
type Database struct {
	State State
	Heads Heads // nil where Django has no history
}

// Recognise tells what a database is. It changes nothing. A database that cannot be migrated is a core.Conflict that
// says why and what to do.
func Recognise(ctx context.Context, bunDB *bun.DB) (Database, error) {
	if !db.IsPostgres(bunDB) {
		return recogniseSQLite(ctx, bunDB)
	}
	f, err := look(ctx, bunDB)
	if err != nil {
		return Database{}, err
	}
	database := Database{Heads: newHeads(f.history)}
	database.State, err = f.state()
	return database, err
}

// recogniseSQLite knows no Django database: the numbers in one are floats where ours are exact.
func recogniseSQLite(ctx context.Context, bunDB *bun.DB) (Database, error) {
	steps, err := migrations.Status(ctx, bunDB)
	if err != nil || slices.ContainsFunc(steps, func(s migrations.Step) bool { return s.Applied }) {
		return Database{State: Own}, err
	}
	tables, err := selectSQLiteTables(ctx, bunDB)
	switch {
	case err != nil:
		return Database{}, err
	case len(tables) == 0:
		return Database{State: Empty}, nil
	case slices.Contains(tables, djangoHistory):
		return Database{}, core.Errorf(core.Conflict, "the file was made by Django, whose prices in SQLite are floats: "+
			"write its rows with Django's dumpdata, and load them into a new database with 'omnistock loaddata'")
	}
	return Database{}, core.Errorf(core.Conflict, "the file belongs to another application: it holds %s; "+
		"name another file", some(tables))
}

// writable returns core.Conflict if the database takes no changes.
func (f found) writable() error {
	switch {
	case f.replica:
		return core.Errorf(core.Conflict, "the database is a replica, which cannot be changed: migrate the primary; nothing was changed")
	case f.readOnly:
		return core.Errorf(core.Conflict, "the database is read only (default_transaction_read_only); nothing was changed")
	}
	return nil
}
