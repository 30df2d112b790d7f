package migrations

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Options say how to migrate. The zero Options apply all that is missing.
type Options struct {
	To          string        // the last step to apply, in the words of find; "" for the last there is
	Fake        bool          // enter the steps into the history without doing what they do
	FakeInitial bool          // enter the first step without doing it, where its tables are there
	Wait        time.Duration // for another program that migrates: zero for as long as ctx lives
	LockTimeout time.Duration // for a table of PostgreSQL's that somebody works with: 10 seconds if it is zero
	Report      func(step string)
}

func (o Options) report(step string) {
	if o.Report != nil {
		o.Report(step)
	}
}

// Up applies the steps that the database lacks and returns their names in order, also those before one that failed.
// Of several that run at once, one applies a step and the others see it applied.
//
// A database that another program or a newer version has made is a core.Conflict, and is left as it is. So is one that
// another program migrates for longer than the options wait.
func Up(ctx context.Context, bunDB *bun.DB, o Options) (applied []string, err error) {
	return up(ctx, bunDB, files, o)
}

func up(ctx context.Context, bunDB *bun.DB, fsys fs.FS, o Options) (applied []string, err error) {
	all, err := stepsTo(fsys, o.To)
	if err != nil {
		return nil, err
	}
	unlock, err := lock(ctx, bunDB, o.Wait)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := checkOwn(ctx, bunDB, fsys); err != nil {
		return nil, err
	}
	for _, step := range all {
		switch err := apply(ctx, bunDB, fsys, step, o); {
		case errors.Is(err, errApplied):
		case err != nil:
			return applied, err
		default:
			applied = append(applied, step.Name)
			o.report(step.Name)
		}
	}
	return applied, nil
}

// stepsTo returns the steps of a folder up to the one that the name means.
func stepsTo(fsys fs.FS, name string) (migrate.MigrationSlice, error) {
	all, err := steps(fsys)
	if err != nil || name == "" {
		return all, err
	}
	last, err := find(all, name)
	if err != nil {
		return nil, err
	}
	return all[:last+1], nil
}

var errApplied = errors.New("applied already")

// apply runs one step, with its entry in the history, in a transaction. It returns errApplied for a step that is in the
// history: on SQLite, where nothing else keeps two programs from migrating at once, the transaction has waited for the
// other's.
func apply(ctx context.Context, bunDB *bun.DB, fsys fs.FS, step migrate.Migration, o Options) error {
	return db.InTx(ctx, bunDB, func(ctx context.Context, tx bun.Tx) error {
		if err := begin(ctx, tx, o); err != nil {
			return err
		}
		history, err := readHistory(ctx, tx)
		if err != nil {
			return err
		}
		if len(unapplied(migrate.MigrationSlice{step}, history)) == 0 {
			return errApplied
		}
		fake := o.Fake
		if o.FakeInitial && len(history) == 0 {
			if fake, err = hasTables(ctx, tx, fsys, step.Name); err != nil {
				return err
			}
		}
		if fake {
			return mark(ctx, tx, step.Name)
		}
		return run(ctx, tx, fsys, step)
	})
}

// begin does what comes before a step.
func begin(ctx context.Context, tx bun.Tx, o Options) error {
	if err := prepare(ctx, tx, o); err != nil {
		return err
	}
	if err := ActAsOwner(ctx, tx); err != nil {
		return err
	}
	return createHistory(ctx, tx)
}

// Alone runs fn in a transaction while no other program migrates the database, with the options' patience.
func Alone(ctx context.Context, bunDB *bun.DB, o Options, fn func(ctx context.Context, tx bun.Tx) error) error {
	unlock, err := lock(ctx, bunDB, o.Wait)
	if err != nil {
		return err
	}
	defer unlock()
	// Not db.InTx: what fn reports must not come twice.
	return bunDB.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := prepare(ctx, tx, o); err != nil {
			return err
		}
		return fn(ctx, tx)
	})
}

// Adopt takes a database over that another program made: in one transaction it calls take, enters the first step into
// the history, whose tables take has seen to, and applies the other steps. It returns the names of all steps. If anything
// fails, the database is what it was.
func Adopt(ctx context.Context, bunDB *bun.DB, o Options, take func(ctx context.Context, tx bun.Tx) error) (names []string, err error) {
	all, err := steps(files)
	if err != nil {
		return nil, err
	}
	err = Alone(ctx, bunDB, o, func(ctx context.Context, tx bun.Tx) error {
		if err := take(ctx, tx); err != nil {
			return err
		}
		if err := createHistory(ctx, tx); err != nil {
			return err
		}
		names, err = adoptSteps(ctx, tx, all, o)
		return err
	})
	return names, err
}

func adoptSteps(ctx context.Context, tx bun.Tx, all migrate.MigrationSlice, o Options) (names []string, err error) {
	for i, step := range all {
		if i == 0 {
			err = mark(ctx, tx, step.Name)
		} else {
			err = run(ctx, tx, files, step)
		}
		if err != nil {
			return names, err
		}
		names = append(names, step.Name)
		o.report(step.Name)
	}
	return names, nil
}
