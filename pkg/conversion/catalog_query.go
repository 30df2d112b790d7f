package conversion

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// The questions about the catalog, to PostgreSQL (true) and SQLite (false).
var (
	tableNames = map[bool]string{
		true: `SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p')
			AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))
			AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
			ORDER BY relname COLLATE "C"`,
		false: `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
			ORDER BY name`,
	}
	foreignKeys = map[bool]string{
		true: `SELECT f.relname AS "from", a.attname AS "column", t.relname AS "to" FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid
			JOIN pg_class t ON t.oid = c.confrelid JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = c.conkey[1]
			WHERE c.contype = 'f' AND pg_table_is_visible(f.oid)`,
		false: `SELECT l.name AS "from", k."from" AS "column", k."table" AS "to" FROM pragma_table_list l JOIN pragma_foreign_key_list(l.name) k
			WHERE l.schema = 'main'`,
	}
	// A copy of a PostgreSQL server's files is the same server, which it is here: one follows the other.
	identities = map[bool]string{
		true: `SELECT concat_ws(' ', 'postgres', (SELECT system_identifier FROM pg_control_system()), oid, current_schema())
			FROM pg_database WHERE datname = current_database()`,
		false: `SELECT 'sqlite ' || file FROM pragma_database_list WHERE name = 'main'`,
	}
)

// selectTables returns the names of all tables but derived ones, and those that an engine, or an extension of it, keeps
// for itself.
func selectTables(ctx context.Context, idb bun.IDB) (names []string, err error) {
	if err = idb.NewRaw(tableNames[db.IsPostgres(idb)]).Scan(ctx, &names); err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	return slices.DeleteFunc(names, db.IsDerived), nil
}

// selectReadable reports whether the user of the database may read a table. To try it would end the transaction.
func selectReadable(ctx context.Context, idb bun.IDB, table string) (isReadable bool, err error) {
	if !db.IsPostgres(idb) {
		return true, nil
	}
	err = idb.NewRaw("SELECT has_table_privilege(quote_ident(?), 'SELECT')", table).Scan(ctx, &isReadable)
	if err != nil {
		return false, fmt.Errorf("privileges of %s: %w", table, err)
	}
	return isReadable, nil
}

// selectColumns returns the names of the columns of a table.
func selectColumns(ctx context.Context, idb bun.IDB, t *table) (names []string, err error) {
	rows, err := idb.QueryContext(ctx, "SELECT * FROM ? LIMIT 0", t.SQLName)
	if err != nil {
		return nil, fmt.Errorf("list columns of %s: %w", t.Name, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if names, err = rows.Columns(); err != nil {
		return nil, err
	}
	return names, rows.Err()
}

func selectReferences(ctx context.Context, idb bun.IDB) (references []reference, err error) {
	if err = idb.NewRaw(foreignKeys[db.IsPostgres(idb)]).Scan(ctx, &references); err != nil {
		return nil, fmt.Errorf("list foreign keys: %w", err)
	}
	return references, nil
}

// selectIdentity returns a text that no other database has, whatever way leads to it.
func selectIdentity(ctx context.Context, idb bun.IDB) (identity string, err error) {
	return identity, idb.NewRaw(identities[db.IsPostgres(idb)]).Scan(ctx, &identity)
}

// selectHighest returns the highest number that a table ever gave to a row, or that a row has.
func selectHighest(ctx context.Context, idb bun.IDB, t *table) (highest int64, err error) {
	given, err := db.LastID(ctx, idb, t.Name)
	if err != nil {
		return 0, err
	}
	err = idb.NewSelect().Table(t.Name).ColumnExpr("coalesce(max(?), 0)", t.pk.SQLName).Scan(ctx, &highest)
	return max(highest, given), err
}
