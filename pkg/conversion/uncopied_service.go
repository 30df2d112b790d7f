package conversion

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
)

// An Uncopied is a table of the source that no model covers, or a column that its model lacks.
type Uncopied struct {
	Name string `json:"name"` // of a table, or table.column
	Rows *int64 `json:"rows"` // of a column those that are not null; nil where the source does not let us read the table
}

// uncopied returns what the source has and the models do not, empty but not nil where that is nothing.
func uncopied(ctx context.Context, source bun.IDB, tables []*table) ([]Uncopied, error) {
	rest := []Uncopied{}
	for _, t := range tables {
		columns, err := unknownColumns(ctx, source, t)
		if err != nil {
			return nil, err
		}
		rest = append(rest, columns...)
	}
	others, err := unknownTables(ctx, source, tables)
	return append(rest, others...), err
}

// unknownTables returns the tables of the source that no model covers.
func unknownTables(ctx context.Context, source bun.IDB, tables []*table) (rest []Uncopied, err error) {
	names, err := selectTables(ctx, source)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		isKnown := slices.ContainsFunc(tables, func(t *table) bool { return t.Name == name })
		if isKnown || name == migrations.HistoryTable {
			continue
		}
		other, err := unknownTable(ctx, source, name)
		if err != nil {
			return nil, err
		}
		rest = append(rest, other)
	}
	return rest, nil
}

func unknownTable(ctx context.Context, source bun.IDB, name string) (Uncopied, error) {
	isReadable, err := selectReadable(ctx, source, name)
	if err != nil || !isReadable {
		return Uncopied{Name: name}, err
	}
	n, err := countRows(ctx, source, name)
	return Uncopied{name, &n}, err
}

// unknownColumns returns the columns of a table of the source that its model lacks.
func unknownColumns(ctx context.Context, source bun.IDB, t *table) (rest []Uncopied, err error) {
	names, err := selectColumns(ctx, source, t)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if slices.ContainsFunc(t.columns, func(c column) bool { return c.Name == name }) {
			continue
		}
		n, err := countValues(ctx, source, t, name)
		if err != nil {
			return nil, err
		}
		rest = append(rest, Uncopied{t.Name + "." + name, &n})
	}
	return rest, nil
}
