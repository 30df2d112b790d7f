package db

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// columnsOfAll finds the columns of all tables that hold rows of their own: neither views nor full-text indexes.
var columnsOfAll = map[bool]string{
	true: `SELECT c.table_name AS "table", c.column_name AS "column" FROM information_schema.columns AS c
		JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
	false: `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid`,
}

// Columns returns the columns of each table that is there, in their order, by the table's name. Views, derived tables and
// the tables of full-text indexes are left out.
func Columns(ctx context.Context, idb bun.IDB) (map[string][]string, error) {
	var rows []struct{ Table, Column string }
	if err := idb.NewRaw(columnsOfAll[IsPostgres(idb)]).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	columns := map[string][]string{}
	for _, row := range rows {
		if IsDerived(row.Table) {
			continue
		}
		columns[row.Table] = append(columns[row.Table], row.Column)
	}
	return columns, nil
}
