package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// tablesOf finds the tables of a schema. SQLite's own, and those that a virtual table is made of, are left out.
var tablesOf = map[bool]string{
	true:  "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
	false: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1",
}

// IsDerived reports whether a table is kept by triggers on others, as an index is: nobody else writes there, and what moves
// rows from one database into another leaves it out.
func IsDerived(table string) bool { return strings.HasPrefix(table, "omnistock_stock_summary") }

// Tables returns the names of the tables, whoever made them, in alphabetical order. Derived ones are left out.
func Tables(ctx context.Context, idb bun.IDB) (names []string, err error) {
	if err := idb.NewRaw(tablesOf[IsPostgres(idb)]).Scan(ctx, &names); err != nil {
		return nil, fmt.Errorf("look for tables: %w", err)
	}
	return slices.DeleteFunc(names, IsDerived), nil
}

// HasTable reports whether there is a table of that name.
func HasTable(ctx context.Context, idb bun.IDB, name string) (bool, error) {
	names, err := Tables(ctx, idb)
	return slices.Contains(names, name), err
}
