package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// apps are the labels under which Django's commands know the tables, and how those begin.
var apps = map[string]string{
	"omnistock": "omnistock_", "users": "users_", "collectibles": "collectibles_", "token_blacklist": "token_blacklist_",
	"auth": "auth_", "contenttypes": "django_content_type", "admin": "django_admin_log", "sessions": "django_session",
}

// selectAppTables returns the tables of some apps.
func selectAppTables(ctx context.Context, idb bun.IDB, labels []string) ([]string, error) {
	tables, err := db.Tables(ctx, idb)
	return slices.DeleteFunc(tables, func(table string) bool {
		return !slices.ContainsFunc(labels, func(label string) bool { return strings.HasPrefix(table, apps[label]) })
	}), err
}

// A sequence numbers the rows of a table.
type sequence struct{ Table, Column string }

// selectSequences returns those of tables of PostgreSQL, in alphabetical order.
func selectSequences(ctx context.Context, idb bun.IDB, tables []string) (found []sequence, err error) {
	err = idb.NewRaw(`SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name IN (?)
		AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL ORDER BY 1, 2`, bun.List(tables)).
		Scan(ctx, &found)
	return found, err
}

// resetSQL makes the sequence count on from the highest number there is.
func (s sequence) resetSQL() string {
	quote := func(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
	column, table := quote(s.Column), quote(s.Table)
	return fmt.Sprintf(`SELECT setval(pg_get_serial_sequence('%s','%s'), coalesce(max(%s), 1), max(%[3]s) IS NOT null) FROM %[1]s;`,
		table, s.Column, column)
}

// deleteAllRows empties the tables and makes them number their rows from 1 again. Rows that refer to each other go at
// once, and a table beyond these that refers to one of them stops it.
func deleteAllRows(ctx context.Context, tx bun.Tx, tables []string) error {
	if db.IsPostgres(tx) {
		idents := make([]bun.Ident, len(tables))
		for i, table := range tables {
			idents[i] = bun.Ident(table)
		}
		_, err := tx.NewRaw("TRUNCATE TABLE ? RESTART IDENTITY", bun.List(idents)).Exec(ctx)
		return err
	}
	// Before the first row goes: until the end, rows may refer to what is gone already.
	if _, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	for _, table := range tables {
		if _, err := tx.NewRaw("DELETE FROM ?", bun.Ident(table)).Exec(ctx); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	_, err := tx.NewRaw("DELETE FROM sqlite_sequence WHERE name IN (?)", bun.List(tables)).Exec(ctx)
	return err
}
