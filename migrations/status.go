package migrations

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// App is the name under which commands group the steps, where Django names the apps of a project.
const App = "omnistock"

// A Step is a change of the schema.
type Step struct {
	Name      string // such as "20261122000001_v1_schema"; steps apply in the order of their names
	Applied   bool
	AppliedAt time.Time // zero unless applied
	Unknown   bool      // applied, but by a newer version: this one must not serve the database
}

// Status returns all steps in order, those that only the database knows among them. It changes nothing: in an empty
// database no step is applied.
func Status(ctx context.Context, bunDB *bun.DB) ([]Step, error) {
	return status(ctx, bunDB, files)
}

func status(ctx context.Context, bunDB *bun.DB, fsys fs.FS) ([]Step, error) {
	all, err := steps(fsys)
	if err != nil {
		return nil, err
	}
	history, err := readHistory(ctx, bunDB)
	if err != nil {
		return nil, err
	}
	return merge(all, history), nil
}

// Pending returns the steps that are not applied, in order.
func Pending(ctx context.Context, bunDB *bun.DB) ([]Step, error) {
	all, err := Status(ctx, bunDB)
	return slices.DeleteFunc(all, func(s Step) bool { return s.Applied }), err
}

// PendingTo returns the steps that are not applied, in order, up to the one that the name means; see Options.To.
func PendingTo(ctx context.Context, bunDB *bun.DB, name string) ([]Step, error) {
	pending, err := Pending(ctx, bunDB)
	if err != nil {
		return nil, err
	}
	to, err := stepsTo(files, name)
	return slices.DeleteFunc(pending, func(s Step) bool {
		return !slices.ContainsFunc(to, func(step migrate.Migration) bool { return step.Name == s.Name })
	}), err
}

func merge(all, history migrate.MigrationSlice) []Step {
	var merged []Step
	for _, step := range all {
		merged = append(merged, Step{Name: step.Name})
	}
	for _, row := range history {
		i := slices.IndexFunc(merged, func(s Step) bool { return s.Name == row.Name })
		if i < 0 {
			merged = append(merged, Step{Name: row.Name, Unknown: true})
			i = len(merged) - 1
		}
		merged[i].Applied, merged[i].AppliedAt = true, row.MigratedAt
	}
	slices.SortFunc(merged, func(a, b Step) int { return strings.Compare(a.Name, b.Name) })
	return merged
}
