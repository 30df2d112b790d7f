package migrations

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// historyTable holds a row for each step applied, in the columns that bun/migrate reads.
const historyTable = "omnistock_migrations"

func createHistory(ctx context.Context, bunDB *bun.DB) error {
	w := words{Postgres: db.IsPostgres(bunDB)}
	columns := []string{
		w.ID(), w.Varchar("name", 255) + " NOT NULL", "group_id bigint NOT NULL", w.Time("migrated_at") + " NOT NULL",
		"CONSTRAINT omnistock_migrations_name_key UNIQUE (name)",
	}
	_, err := bunDB.ExecContext(ctx,
		"CREATE TABLE IF NOT EXISTS "+historyTable+" (\n    "+strings.Join(columns, ",\n    ")+"\n)")
	if err != nil {
		return fmt.Errorf("create %s: %w", historyTable, err)
	}
	return nil
}

// readHistory returns the steps applied, in the order of their names: none where the table is missing.
func readHistory(ctx context.Context, bunDB *bun.DB) (migrate.MigrationSlice, error) {
	exists, err := existing(ctx, bunDB, historyTable)
	if err != nil || len(exists) == 0 {
		return nil, err
	}
	var rows migrate.MigrationSlice
	err = bunDB.NewSelect().Model(&rows).ModelTableExpr(historyTable).ColumnExpr("*").OrderExpr("name").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", historyTable, err)
	}
	return rows, nil
}

// checkOwn returns a core.Conflict if the database is not one that Up may work on: it holds tables of Django but no
// history of ours, or its history knows more than we do.
func checkOwn(ctx context.Context, bunDB *bun.DB, all migrate.MigrationSlice) error {
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
	if unknown := missing(history, all); len(unknown) > 0 {
		return core.Errorf(core.Conflict, "the database was migrated by a newer version of omnistock, which knows %s; "+
			"nothing was changed", strings.Join(unknown, ", "))
	}
	return nil
}

// existing returns those of the tables that the database holds, in alphabetical order.
func existing(ctx context.Context, bunDB *bun.DB, tables ...string) ([]string, error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (?) ORDER BY name"
	if db.IsPostgres(bunDB) {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename IN (?) ORDER BY 1"
	}
	var found []string
	if err := bunDB.NewRaw(query, bun.List(tables)).Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("look for tables: %w", err)
	}
	return found, nil
}

// missing returns the names in history that are not among the known steps.
func missing(history, known migrate.MigrationSlice) (names []string) {
	for _, row := range history {
		if !slices.ContainsFunc(known, func(step migrate.Migration) bool { return step.Name == row.Name }) {
			names = append(names, row.Name)
		}
	}
	return names
}
