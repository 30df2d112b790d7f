package adoption

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
)

// Options say how to migrate.
type Options struct {
	migrations.Options
	MediaURL string            // what stands in front of the path of an image, such as "/media/"
	DropOld  bool              // drop what is left of the older state
	Tell     func(line string) // what is done to a database of Django's, as it happens
}

func (o Options) tell(format string, args ...any) {
	if o.Tell != nil {
		o.Tell(fmt.Sprintf(format, args...))
	}
}

// Migrate brings a database up to date, whoever made it, and returns the steps that were applied. See the package's
// comment for what it does to a database that Django made.
//
// A database that it does not know, that takes no changes, or whose tables are not what Django makes of them, is a
// core.Conflict; like one on which any part fails, it is left as it was.
func Migrate(ctx context.Context, bunDB *bun.DB, o Options) (steps []string, err error) {
	database, err := Recognise(ctx, bunDB)
	if err == nil {
		err = database.allows(o)
	}
	if err != nil {
		return nil, err
	}
	if database.isDjangos() {
		steps, err = migrations.Adopt(ctx, bunDB, o.Options, func(ctx context.Context, tx bun.Tx) error { return take(ctx, tx, o) })
	}
	if !database.isDjangos() || errors.Is(err, errTaken) {
		steps, err = migrations.Up(ctx, bunDB, o.Options)
	}
	if err == nil && o.DropOld && database.State == Own && db.IsPostgres(bunDB) {
		err = migrations.Alone(ctx, bunDB, o.Options, func(ctx context.Context, tx bun.Tx) error { return dropOld(ctx, tx, o) })
	}
	return steps, explain(err)
}

func (d Database) isDjangos() bool { return d.State == Current || d.State == Older }

// allows refuses what makes no sense for Django's databases, which are taken over whole or not at all.
func (d Database) allows(o Options) error {
	switch {
	case d.isDjangos() && o.Fake:
		return core.Errorf(core.Invalid, "migrate takes Django's database over: leave --fake away; nothing was changed")
	case d.isDjangos() && o.To != "":
		return core.Errorf(core.Invalid, "Django's database is taken over as a whole: leave the name %q away; nothing was changed", o.To)
	}
	return nil
}

// errTaken tells that another program was faster.
var errTaken = errors.New("taken over by another program")

// take moves the database of Django to the current state, in the transaction that the steps go on with.
func take(ctx context.Context, tx bun.Tx, o Options) error {
	f, err := look(ctx, tx) // once more: another program may have been faster
	if err != nil {
		return err
	}
	state, err := f.state()
	switch {
	case err != nil:
		return err
	case state != Current && state != Older:
		return errTaken
	}
	if err := f.writable(); err != nil {
		return err
	}
	o.tell("Django's database at %s", newHeads(f.history))
	if err := exec(ctx, tx, extensionSQL); err != nil {
		return err
	}
	if err := migrations.ActAsOwner(ctx, tx); err != nil {
		return err
	}
	if err := compareWith(ctx, tx, state, o); err != nil || state == Current {
		return err
	}
	return moveForward(ctx, tx, o)
}

// compareWith returns core.Conflict if the tables are not those of the state. It tells of differences that do no harm.
func compareWith(ctx context.Context, tx bun.Tx, state State, o Options) error {
	all, err := differences(ctx, tx, state)
	if err != nil {
		return err
	}
	var broken []string
	for _, d := range all {
		if d.Breaks {
			broken = append(broken, d.String())
		} else {
			o.tell("  note: %s", d)
		}
	}
	if len(broken) > 0 {
		return core.Errorf(core.Conflict, "the tables are not what Django makes of them:\n  %s\nmend them, and come back; nothing was changed",
			strings.Join(broken, "\n  "))
	}
	return nil
}

// moveForward makes an older database a current one. It fails if a count or a sum is not what it was.
func moveForward(ctx context.Context, tx bun.Tx, o Options) error {
	stages, err := olderStages()
	if err != nil {
		return err
	}
	if err := exec(ctx, tx, lockSQL); err != nil {
		return err
	}
	before, err := selectOlderTotals(ctx, tx)
	if err != nil {
		return err
	}
	if err := prepareImages(ctx, tx, o.MediaURL); err != nil {
		return err
	}
	for _, stage := range stages {
		if err := runStage(ctx, tx, stage, o); err != nil {
			return fmt.Errorf("%s: %w", stage.Name, err)
		}
	}
	after, err := selectCurrentTotals(ctx, tx)
	if err != nil {
		return err
	}
	if err := after.compare(before); err != nil {
		return err
	}
	o.tell("  %d users, %d vendors, %d items of %s units: the totals agree", after.Users, after.Vendors, after.Items, after.Units)
	if err := compareWith(ctx, tx, Current, o); err != nil || !o.DropOld {
		return err
	}
	return dropOld(ctx, tx, o)
}

// prepareImages says what stands in front of the paths of images. It returns core.Conflict if that makes an address that
// is too long.
func prepareImages(ctx context.Context, tx bun.Tx, url string) error {
	long, _, err := selectLongImages(ctx, tx, url)
	if err != nil {
		return err
	}
	if len(long) > 0 {
		return core.Errorf(core.Conflict, "%s: %s. %s Nothing was changed", longImages, some(long), longImagesHint)
	}
	return setMediaURL(ctx, tx, url)
}

// maxImageURL is how many characters the column holds.
const maxImageURL = 200

const (
	longImages     = "images would get an address of more than 200 characters"
	longImagesHint = "Set a shorter OMNISTOCK_PUBLIC_URL, or rename the files."
)

// runStage runs a stage and tells what an operator wants to know of it.
func runStage(ctx context.Context, tx bun.Tx, stage Stage, o Options) error {
	if err := exec(ctx, tx, stage.SQL); err != nil {
		return err
	}
	o.tell("  %s... OK", stage.Name)
	for _, lines := range stage.lines {
		if err := eachLine(ctx, tx, lines, func(line string) { o.tell("    %s", line) }); err != nil {
			return err
		}
	}
	return nil
}

// dropOld drops what is left of the older state, if anything is. It returns core.Conflict if an account is nowhere else.
func dropOld(ctx context.Context, tx bun.Tx, o Options) error {
	there, err := hasOld(ctx, tx)
	if err != nil || !there {
		return err
	}
	lost, err := selectLostAccounts(ctx, tx)
	if err != nil {
		return err
	}
	if len(lost) > 0 {
		return core.Errorf(core.Conflict, "auth_user holds accounts that are not in users_user: %s; nothing was dropped", some(lost))
	}
	if err := exec(ctx, tx, dropSQL); err != nil {
		return err
	}
	o.tell("  auth_user, its groups and permissions: dropped")
	return nil
}

// explain says what to do about an error of the database's.
func explain(err error) error {
	switch {
	case db.IsLockTimeout(err):
		return core.Errorf(core.Conflict, "a table is in use: stop the programs that work with the database, and try again; "+
			"nothing was changed: %w", err)
	case db.IsPermissionDenied(err):
		return core.Errorf(core.Conflict, "the user of the database may not do that: %v; let its owner migrate, or make what is "+
			"missing (such as CREATE EXTENSION pg_trgm) as a superuser; nothing was changed", err)
	case db.IsReadOnly(err):
		return core.Errorf(core.Conflict, "the database cannot be changed; nothing was: %w", err)
	case db.Detail(err) != "":
		return fmt.Errorf("%w: %s", err, db.Detail(err))
	}
	return err
}
