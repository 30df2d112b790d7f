package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func newSQLSequenceResetCommand(c *commandLine) *cobra.Command {
	return &cobra.Command{
		Use: "sqlsequencereset [app...]", Short: "Write SQL that makes new rows count on from those that are there",
		Long: `Write the SQL that makes PostgreSQL give new rows numbers above all that are there, for tables that something else has
filled: of all apps, or of those named by Django's labels (` + strings.Join(appLabels(), ", ") + `). SQLite does so by itself.`,
		Example:   "  omnistock sqlsequencereset | omnistock dbshell\n  omnistock sqlsequencereset users collectibles",
		ValidArgs: appLabels(),
		RunE: func(cmd *cobra.Command, labels []string) error {
			for _, label := range labels {
				if apps[label] == "" {
					return usageError{fmt.Errorf("no app %q: %s", label, strings.Join(appLabels(), ", "))}
				}
			}
			if len(labels) == 0 {
				labels = appLabels()
			}
			return c.writeSequenceResets(cmd, labels)
		},
	}
}

// appLabels are the names in apps, in alphabetical order.
func appLabels() []string { return slices.Sorted(maps.Keys(apps)) }

func (c *commandLine) writeSequenceResets(cmd *cobra.Command, labels []string) error {
	out := cmd.OutOrStdout()
	if c.settings.Embedded() {
		_, err := fmt.Fprintln(out, "-- Nothing to do: SQLite counts on from the highest number by itself.")
		return err
	}
	tables, err := selectAppTables(cmd.Context(), c.program.db, labels)
	if err != nil {
		return err
	}
	sequences, err := selectSequences(cmd.Context(), c.program.db, tables)
	if err != nil || len(sequences) == 0 {
		return err
	}
	lines := []string{"BEGIN;"}
	for _, s := range sequences {
		lines = append(lines, s.resetSQL())
	}
	_, err = fmt.Fprintln(out, strings.Join(append(lines, "COMMIT;"), "\n"))
	return err
}
