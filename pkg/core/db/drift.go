package db

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"
)

// columnsOf finds the columns of a table: name, and whether it may be null.
var columnsOf = map[bool]string{
	true: `SELECT column_name AS name, is_nullable = 'YES' AS nullable FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = ?`,
	false: `SELECT name, "notnull" = 0 AND pk = 0 AS nullable FROM pragma_table_info(?)`,
}

// Drift compares the tables of bun models, given as nil pointers, with those in the database, and returns a line for
// each difference that would break a query: a table or a column that is missing, a column that may be null where the
// model can't hold null, or the other way round.
func Drift(ctx context.Context, bunDB *bun.DB, models []any) (lines []string, err error) {
	for _, model := range models {
		table := bunDB.Table(reflect.TypeOf(model).Elem())
		var columns []struct {
			Name     string
			Nullable bool
		}
		if err := bunDB.NewRaw(columnsOf[IsPostgres(bunDB)], table.Name).Scan(ctx, &columns); err != nil {
			return nil, fmt.Errorf("columns of %s: %w", table.Name, err)
		}
		nullable := map[string]bool{}
		for _, column := range columns {
			nullable[column.Name] = column.Nullable
		}
		if len(columns) == 0 {
			lines = append(lines, fmt.Sprintf("there is no table %s", table.Name))
			continue
		}
		for _, f := range table.Fields {
			switch null, there := nullable[f.Name]; {
			case !there:
				lines = append(lines, fmt.Sprintf("%s has no column %s", table.Name, f.Name))
			case null != (f.StructField.Type.Kind() == reflect.Pointer) && f.StructField.Type.Kind() != reflect.Slice:
				lines = append(lines, fmt.Sprintf("%s.%s: nullable is %t", table.Name, f.Name, null))
			}
		}
	}
	return lines, nil
}
