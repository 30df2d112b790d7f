package backup

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A catalog is what a database has of the tables that the program knows.
type catalog struct {
	steps   []string // applied
	tables  []*table // that are there, with the columns that are there
	unknown []string // tables, and columns as table.column, that no model covers
}

// readCatalog looks at the database through idb. Where all steps are applied, a table or a column that is missing is an
// error; before, it may come with a later step.
func (s *Service) readCatalog(ctx context.Context, idb bun.IDB) (*catalog, error) {
	steps, err := migrations.Status(ctx, s.db)
	if err != nil {
		return nil, err
	}
	c := &catalog{}
	complete := true
	for _, step := range steps {
		if step.Unknown {
			return nil, fmt.Errorf("the database was migrated by a newer version of omnistock, which knows %s: run that one", step.Name)
		}
		if complete = complete && step.Applied; step.Applied {
			c.steps = append(c.steps, step.Name)
		}
	}
	columns, err := db.Columns(ctx, idb)
	if err != nil {
		return nil, err
	}
	delete(columns, migrations.HistoryTable)
	if err := c.match(columns, newTables(s.db, s.models), complete); err != nil {
		return nil, err
	}
	return c, nil
}

// match sorts out what of the database's columns the known tables cover.
func (c *catalog) match(columns map[string][]string, known []*table, complete bool) error {
	for _, t := range known {
		there, exists := columns[t.name]
		if !exists && complete {
			return fmt.Errorf("there is no table %s: 'omnistock check' tells more", t.name)
		}
		if !exists {
			continue
		}
		at := &table{name: t.name, model: t.model, pk: t.pk}
		for _, f := range t.fields {
			isThere := slices.Contains(there, f.Name)
			if !isThere && complete {
				return fmt.Errorf("there is no column %s.%s: 'omnistock check' tells more", t.name, f.Name)
			}
			if isThere {
				at.fields = append(at.fields, f)
			}
		}
		c.tables = append(c.tables, at)
		for _, column := range there {
			if !slices.Contains(t.columns(), column) {
				c.unknown = append(c.unknown, t.name+"."+column)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		if find(known, name) == nil {
			c.unknown = append(c.unknown, name)
		}
	}
	return nil
}
