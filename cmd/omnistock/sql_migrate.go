package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
)

func newSQLMigrateCommand(c *commandLine) *cobra.Command {
	return &cobra.Command{
		Use: "sqlmigrate [app] STEP", Short: "Write the SQL of a step of the schema", Args: cobra.RangeArgs(1, 2),
		Long: `Write what a step of the schema sends to the database that is configured, PostgreSQL or SQLite, with the transaction
around it. The step may be given by its number alone, or by its words. No database is needed.`,
		Example:           "  omnistock sqlmigrate 20261122000001\n  omnistock sqlmigrate omnistock 20261122000002_search",
		ValidArgsFunction: completeStep,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := args[len(args)-1]
			if err := checkApp(args[:len(args)-1]); err != nil {
				return err
			}
			text, _, err := migrations.SQL(name, !c.settings.DatabaseURL.IsSQLite())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "BEGIN;\n%s\nCOMMIT;\n", strings.TrimSpace(text))
			return err
		},
	}
}

func completeStep(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	names := migrations.Names()
	switch {
	case len(args) == 0:
		names = append([]string{migrations.App}, names...)
	case len(args) > 1 || args[0] != migrations.App:
		names = nil
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
