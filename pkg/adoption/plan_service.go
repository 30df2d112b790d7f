package adoption

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// NewPlan returns what Migrate would do to the database, in order: nothing where it is up to date. It changes nothing,
// and refuses what Migrate refuses to begin with.
func NewPlan(ctx context.Context, bunDB *bun.DB, o Options) ([]Stage, error) {
	database, err := Recognise(ctx, bunDB)
	if err == nil {
		err = database.allows(o)
	}
	if err != nil {
		return nil, err
	}
	plan, err := planDjango(database, o)
	if err != nil {
		return nil, err
	}
	steps, err := migrations.PendingTo(ctx, bunDB, o.To)
	if err != nil {
		return nil, err
	}
	for i, step := range steps {
		stage := Stage{Name: migrations.App + "." + step.Name}
		recorded := o.Fake || i == 0 && database.isDjangos()
		if recorded {
			stage.Name += " (recorded as applied)"
		} else if stage.SQL, _, err = migrations.SQL(step.Name, db.IsPostgres(bunDB)); err != nil {
			return nil, err
		}
		plan = append(plan, stage)
	}
	if database.State != Own || !o.DropOld || !db.IsPostgres(bunDB) {
		return plan, nil
	}
	there, err := hasOld(ctx, bunDB)
	if there {
		plan = append(plan, dropStage)
	}
	return plan, err
}

// dropStage is the last one, on demand.
var dropStage = Stage{Name: "drop what is left of the older tables", SQL: dropSQL}

// planDjango is what comes before the steps.
func planDjango(database Database, o Options) (plan []Stage, err error) {
	switch {
	case database.State == Current:
		return []Stage{{Name: fmt.Sprintf("compare the tables of Django's database at %s", database.Heads)}}, nil
	case database.State != Older:
		return nil, nil
	}
	if plan, err = olderStages(); err == nil && o.DropOld {
		plan = append(plan, dropStage)
	}
	return plan, err
}
