package doctor

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A counter numbers the rows of a table.
type counter struct {
	Table  string
	Column string
	Last   int64 // that it gave; 0 if it gave none
}

var countersOf = map[bool]string{
	true: `SELECT table_name AS "table", column_name AS "column",
			coalesce(pg_sequence_last_value(CAST(pg_get_serial_sequence(quote_ident(table_name), column_name) AS regclass)), 0) AS last
		FROM information_schema.columns
		WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
		ORDER BY 1, 2`,
	false: `SELECT name AS "table", 'id' AS "column", seq AS last FROM sqlite_sequence
		WHERE EXISTS (SELECT 1 FROM pragma_table_info(sqlite_sequence.name) AS c WHERE c.name = 'id') ORDER BY 1`,
}

func selectCounters(ctx context.Context, idb bun.IDB) (counters []counter, err error) {
	err = idb.NewRaw(countersOf[db.IsPostgres(idb)]).Scan(ctx, &counters)
	return counters, err
}

// selectHighest returns the highest number in the table, or 0.
func selectHighest(ctx context.Context, idb bun.IDB, c counter) (highest int64, err error) {
	err = idb.NewRaw("SELECT coalesce(max(?), 0) FROM ?", bun.Ident(c.Column), bun.Ident(c.Table)).Scan(ctx, &highest)
	return highest, err
}
