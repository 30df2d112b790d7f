package doctor

import (
	"context"

	"github.com/uptrace/bun"
)

func selectHasStatements(ctx context.Context, idb bun.IDB) (has bool, err error) {
	err = idb.NewRaw("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements')").Scan(ctx, &has)
	return has, err
}

// A statement is one of those that the server has seen, without its values.
type statement struct {
	Query string
	Calls int64
	Mean  float64 // milliseconds
}

// selectSlowStatements returns those of this database, the costliest first. The view is not in the search path of every
// database, but it is where its extension is.
func selectSlowStatements(ctx context.Context, idb bun.IDB) (statements []statement, err error) {
	var schema string
	err = idb.NewRaw(`SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_stat_statements'`).
		Scan(ctx, &schema)
	if err != nil {
		return nil, err
	}
	err = idb.NewRaw(`SELECT query, calls, mean_exec_time AS mean FROM ?.pg_stat_statements
		WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND mean_exec_time >= ? AND calls >= ?
		AND query !~* '^\s*(copy|vacuum|analyze|create|reindex|alter)' ORDER BY total_exec_time DESC LIMIT 5`,
		bun.Ident(schema), slowStatement.Milliseconds(), fewCalls).Scan(ctx, &statements)
	return statements, err
}

// Statistics of a table, as the server collects them.
type tableStatistics struct {
	Name       string
	Live, Dead int64
	Analyzed   bool // ever
}

func selectTableStatistics(ctx context.Context, idb bun.IDB) (tables []tableStatistics, err error) {
	err = idb.NewRaw(`SELECT relname AS name, n_live_tup AS live, n_dead_tup AS dead,
		last_analyze IS NOT NULL OR last_autoanalyze IS NOT NULL AS analyzed
		FROM pg_stat_user_tables WHERE schemaname = current_schema() ORDER BY relname`).Scan(ctx, &tables)
	return tables, err
}
