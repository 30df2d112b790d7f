package anonymization

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// A Service anonymizes a database.
type Service struct {
	db     *bun.DB
	models []any
	users  *users.Service
}

// NewService returns a service on the database. The models, nil pointers of bun's, are all that the program has.
func NewService(bunDB *bun.DB, us *users.Service, models []any) *Service {
	return &Service{db: bunDB, models: models, users: us}
}

// Options say how to anonymize.
type Options struct {
	Usernames bool     // replace user names too
	Prices    bool     // replace prices too
	Password  string   // of all accounts; none can log in where it is empty
	Leave     []string // tables that are not the program's, and stay as they are
}

// A Step is what is done with a table.
type Step struct {
	Table   string
	Columns []string // those that are replaced; none where the rows are deleted
	Rows    int64    // how many were
}

// Plan lists what Run would do. It is an error if the database holds tables that the program does not know, unless they
// are to be left alone: nobody can say what is in them.
func (s *Service) Plan(ctx context.Context, o Options) ([]Step, error) {
	works, err := s.plan(ctx, o)
	steps := make([]Step, len(works))
	for i, w := range works {
		steps[i] = w.step()
	}
	return steps, err
}

// plan is Plan.
func (s *Service) plan(ctx context.Context, o Options) ([]work, error) {
	tables, err := db.Tables(ctx, s.db)
	if err != nil {
		return nil, err
	}
	for _, table := range o.Leave {
		if !slices.Contains(tables, table) {
			return nil, fmt.Errorf("there is no table %q to leave as it is", table)
		}
	}
	unknown := slices.DeleteFunc(s.strangers(tables), func(table string) bool { return slices.Contains(o.Leave, table) })
	if len(unknown) > 0 {
		return nil, fmt.Errorf("the database holds tables that are not the program's, and who may stand in them is not known: %s",
			strings.Join(unknown, ", "))
	}
	if columns := s.Uncovered(); len(columns) > 0 {
		return nil, fmt.Errorf("no rule says what becomes of %s", strings.Join(columns, ", "))
	}
	var works []work
	for _, table := range emptied {
		if slices.Contains(tables, table) {
			works = append(works, deletion(table))
		}
	}
	for _, t := range replacements(o.Usernames) {
		works = append(works, t)
	}
	if o.Prices {
		for _, m := range prices {
			works = append(works, m)
		}
	}
	return works, nil
}

// Run does what Plan lists, in one transaction, and returns it with the rows counted. SQLite's files hold nothing of the
// old values after it; PostgreSQL's do until it reuses their space.
func (s *Service) Run(ctx context.Context, o Options) (steps []Step, err error) {
	works, err := s.plan(ctx, o)
	if err != nil {
		return nil, err
	}
	var encoded string
	if o.Password != "" {
		if encoded, err = s.users.EncodePassword(ctx, o.Password); err != nil {
			return nil, err
		}
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		err := db.Rewriting(ctx, tx, func() error {
			steps, err = runAll(ctx, tx, works)
			return err
		})
		if err != nil || encoded == "" {
			return err
		}
		return updatePasswords(ctx, tx, encoded)
	})
	if err != nil {
		return nil, err
	}
	if err := scrub(ctx, s.db); err != nil {
		return steps, fmt.Errorf("all is anonymized, but the database's file may still hold old values: %w", err)
	}
	return steps, nil
}

func runAll(ctx context.Context, tx bun.Tx, works []work) (steps []Step, err error) {
	for _, w := range works {
		step := w.step()
		if step.Rows, err = w.run(ctx, tx); err != nil {
			return nil, fmt.Errorf("%s: %w", step.Table, err)
		}
		steps = append(steps, step)
	}
	return steps, nil
}
