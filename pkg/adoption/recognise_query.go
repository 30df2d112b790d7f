package adoption

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// look reads what tells the state of a PostgreSQL database. It changes nothing.
func look(ctx context.Context, idb bun.IDB) (f found, err error) {
	err = idb.NewRaw("SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'").Scan(ctx, &f.replica, &f.readOnly)
	if err != nil {
		return f, err
	}
	const tables = `SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`
	if err := idb.NewRaw(tables).Scan(ctx, &f.tables); err != nil {
		return f, fmt.Errorf("look for tables: %w", err)
	}
	const elsewhere = `SELECT coalesce(min(schemaname), '') FROM pg_tables
		WHERE tablename = ? AND schemaname = ANY (current_schemas(false)) AND schemaname <> current_schema()`
	if err := idb.NewRaw("SELECT current_schema(), ("+elsewhere+")", djangoHistory).Scan(ctx, &f.schema, &f.elsewhere); err != nil {
		return f, fmt.Errorf("look for tables: %w", err)
	}
	const ours = "omnistock_migrations"
	if slices.Contains(f.tables, ours) {
		if err := idb.NewRaw("SELECT count(*) FROM "+ours).Scan(ctx, &f.steps); err != nil {
			return f, fmt.Errorf("read %s: %w", ours, err)
		}
		if f.tables = slices.DeleteFunc(f.tables, func(t string) bool { return t == ours }); len(f.tables) == 0 {
			f.tables = nil
		}
	}
	if slices.Contains(f.tables, djangoHistory) {
		if err := idb.NewRaw("SELECT app, name FROM "+djangoHistory+" ORDER BY id").Scan(ctx, &f.history); err != nil {
			return f, fmt.Errorf("read %s: %w", djangoHistory, err)
		}
	}
	return f, nil
}

func selectSQLiteTables(ctx context.Context, bunDB *bun.DB) (tables []string, err error) {
	err = bunDB.NewRaw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> ? ORDER BY 1",
		"omnistock_migrations").Scan(ctx, &tables)
	return tables, err
}
