package adoption

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

// LinkProfiles makes members of the accounts whose profile names a vendor where they have no membership, whatever its
// state, and returns a line for each: see older/members.sql for who becomes what. A dry run only tells. The database
// must be a current one of Django's, or ours: any other is a core.Conflict.
func LinkProfiles(ctx context.Context, bunDB *bun.DB, dryRun bool) (lines []string, err error) {
	if err := requireCurrent(ctx, bunDB); err != nil {
		return nil, err
	}
	lines = []string{}
	collect := func(line string) { lines = append(lines, line) }
	if dryRun {
		return lines, explain(eachLine(ctx, bunDB, currentWords.Replace(linksQuery), collect))
	}
	err = bunDB.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lockMembers(ctx, tx); err != nil {
			return err
		}
		if err := exec(ctx, tx, membersSQL); err != nil {
			return err
		}
		return eachLine(ctx, tx, memberLines, collect)
	})
	return lines, explain(err)
}

// requireCurrent returns core.Conflict for a database that does not have the tables of the current state.
func requireCurrent(ctx context.Context, bunDB *bun.DB) error {
	if !db.IsPostgres(bunDB) {
		return errNotPostgres
	}
	database, err := Recognise(ctx, bunDB)
	switch {
	case err != nil:
		return explain(err)
	case database.State == Older:
		return core.Errorf(core.Conflict, "the database is at %s: run 'omnistock migrate' first, which does it, too", database.Heads)
	case database.State == Empty:
		return core.Errorf(core.Conflict, "the database is empty")
	}
	return nil
}
