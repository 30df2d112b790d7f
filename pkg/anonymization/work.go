package anonymization

import (
	"context"
	"slices"

	"github.com/uptrace/bun"
)

// A work is what is to do with one table.
type work interface {
	step() Step
	run(ctx context.Context, tx bun.Tx) (rows int64, err error)
}

// A deletion empties the table of that name.
type deletion string

func (d deletion) step() Step { return Step{Table: string(d)} }

func (d deletion) run(ctx context.Context, tx bun.Tx) (int64, error) {
	return deleteRows(ctx, tx, string(d))
}

func (t table) step() Step {
	step := Step{Table: t.name}
	for _, c := range t.columns {
		step.Columns = append(step.Columns, c.name)
	}
	return step
}

func (t table) run(ctx context.Context, tx bun.Tx) (int64, error) { return updateTable(ctx, tx, t) }

// money is the amounts of a table.
type money struct {
	table   string
	columns []amount
}

func (m money) step() Step {
	step := Step{Table: m.table}
	for _, c := range m.columns {
		step.Columns = append(step.Columns, c.name)
	}
	return step
}

func (m money) run(ctx context.Context, tx bun.Tx) (int64, error) { return updateAmounts(ctx, tx, m) }

// replacements are the columns to replace.
func replacements(usernames bool) []table {
	if !usernames {
		return replaced
	}
	return append(slices.Clone(replaced), table{"users_user", []column{username}})
}
