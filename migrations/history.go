package migrations

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// HistoryTable holds a row for each step applied, in the columns that bun/migrate reads.
const HistoryTable = "omnistock_migrations"

// IsBookkeeping reports whether migrating, ours or Django's, fills the table by itself. Rows in it do not mean that somebody
// uses the database.
func IsBookkeeping(table string) bool {
	switch table {
	case HistoryTable, "django_migrations", "django_content_type", "auth_permission":
		return true
	}
	return false
}

// prepare sets a transaction of PostgreSQL's up for a migration: no statement waits long for a table that another
// connection holds, since what waits for a table makes others wait behind it; but each may take the time that it takes,
// whatever bounds the role has.
func prepare(ctx context.Context, tx bun.Tx, o Options) error {
	if !db.IsPostgres(tx) {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL lock_timeout = ?; SET LOCAL statement_timeout = 0", cmp.Or(o.LockTimeout, lockTimeout).Milliseconds())
	return err
}

// ActAsOwner makes a transaction of PostgreSQL's work as the role that owns the tables, if there are any: what a superuser
// makes would be closed to that role, as which the server connects.
func ActAsOwner(ctx context.Context, tx bun.Tx) error {
	if !db.IsPostgres(tx) {
		return nil
	}
	var owner string
	err := tx.NewRaw(`SELECT coalesce(max(pg_get_userbyid(relowner)), '') FROM pg_class
		WHERE oid = coalesce(to_regclass('django_migrations'), to_regclass('`+HistoryTable+`')) AND relowner <> current_user::regrole`).Scan(ctx, &owner)
	if err != nil || owner == "" {
		return err
	}
	_, err = tx.ExecContext(ctx, "SET LOCAL ROLE ?", bun.Ident(owner))
	return err
}

// createHistory makes the table where there is none.
func createHistory(ctx context.Context, tx bun.Tx) error {
	w := words{Postgres: db.IsPostgres(tx)}
	columns := []string{
		w.ID(), w.Varchar("name", 255) + " NOT NULL", "group_id bigint NOT NULL", w.Time("migrated_at") + " NOT NULL",
		"CONSTRAINT omnistock_migrations_name_key UNIQUE (name)",
	}
	_, err := tx.ExecContext(ctx,
		"CREATE TABLE IF NOT EXISTS "+HistoryTable+" (\n    "+strings.Join(columns, ",\n    ")+"\n)")
	if err != nil {
		return fmt.Errorf("create %s: %w", HistoryTable, err)
	}
	return nil
}

// readHistory returns the steps applied, in the order of their names: none where the table is missing.
func readHistory(ctx context.Context, idb bun.IDB) (migrate.MigrationSlice, error) {
	exists, err := existing(ctx, idb, HistoryTable)
	if err != nil || len(exists) == 0 {
		return nil, err
	}
	var rows migrate.MigrationSlice
	err = idb.NewSelect().Model(&rows).ModelTableExpr(HistoryTable).ColumnExpr("*").OrderExpr("name").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", HistoryTable, err)
	}
	return rows, nil
}

// checkOwn returns a core.Conflict if the database is not one that Up may work on: it holds tables of Django but no
// history of ours, or its history knows more than we do.
func checkOwn(ctx context.Context, bunDB *bun.DB, fsys fs.FS) error {
	// The tables first: a step of another program that ends between the two questions is then in the history.
	foreign, err := existing(ctx, bunDB, "auth_user", "django_content_type", "django_migrations", "users_user")
	if err != nil {
		return err
	}
	history, err := readHistory(ctx, bunDB)
	if err != nil {
		return err
	}
	if len(history) == 0 && len(foreign) > 0 {
		return core.Errorf(core.Conflict, "the database was made by Django: it holds %s, but no history of omnistock; "+
			"nothing was changed", strings.Join(foreign, ", "))
	}
	all, err := steps(fsys)
	if err != nil {
		return err
	}
	if newer := unapplied(history, all); len(newer) > 0 {
		return core.Errorf(core.Conflict, "the database was migrated by a newer version of omnistock, which knows %s; "+
			"nothing was changed", strings.Join(names(newer), ", "))
	}
	return nil
}

// existing returns those of the tables that the database holds, in alphabetical order.
func existing(ctx context.Context, idb bun.IDB, tables ...string) ([]string, error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (?) ORDER BY name"
	if db.IsPostgres(idb) {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename IN (?) ORDER BY 1"
	}
	var found []string
	if err := idb.NewRaw(query, bun.List(tables)).Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("look for tables: %w", err)
	}
	return found, nil
}

var createTable = regexp.MustCompile(`CREATE TABLE (\w+)`)

// hasTables reports whether all tables that the step makes are there.
func hasTables(ctx context.Context, idb bun.IDB, fsys fs.FS, step string) (bool, error) {
	text, err := render(fsys, step, db.IsPostgres(idb))
	if err != nil {
		return false, err
	}
	var tables []string
	for _, match := range createTable.FindAllStringSubmatch(text, -1) {
		tables = append(tables, match[1])
	}
	found, err := existing(ctx, idb, tables...)
	return len(found) == len(tables), err
}

// unapplied returns those of the steps that are not in the history.
func unapplied(all, history migrate.MigrationSlice) migrate.MigrationSlice {
	return slices.DeleteFunc(slices.Clone(all), func(step migrate.Migration) bool {
		return slices.ContainsFunc(history, func(row migrate.Migration) bool { return row.Name == step.Name })
	})
}

func names(steps migrate.MigrationSlice) (all []string) {
	for _, step := range steps {
		all = append(all, step.Name)
	}
	return all
}
