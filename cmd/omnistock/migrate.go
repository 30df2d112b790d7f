package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
)

func newMigrateCommand(c *commandLine) *cobra.Command {
	var plan, check bool
	cmd := &cobra.Command{
		Use: "migrate [app]", Short: "Bring the database up to date",
		Long: `Bring the schema of the database up to date. Each step is a transaction of its own; of several that
run at once, one does the work. There are no steps back: restore a backup instead.`,
		Example: "  omnistock migrate\n  omnistock migrate --check",
		Args:    cobra.MaximumNArgs(1), ValidArgs: []string{migrations.App},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] != migrations.App {
				return usageError{fmt.Errorf("there is one app, %s: no app %q", migrations.App, args[0])}
			}
			if plan || check {
				return c.showPending(cmd, check)
			}
			return c.migrate(cmd)
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "show what would be done")
	cmd.Flags().BoolVar(&check, "check", false, "show what would be done, and exit with 1 if anything is")
	acceptNoInput(cmd)
	return cmd
}

// acceptNoInput takes Django's flag for commands that ask nothing anyway.
func acceptNoInput(cmd *cobra.Command) {
	cmd.Flags().Bool("noinput", false, "ask nothing (this command never does)")
}

func (c *commandLine) migrate(cmd *cobra.Command) error {
	say := cmd.OutOrStdout()
	if c.verbosity == 0 {
		say = io.Discard
	}
	_, _ = fmt.Fprintf(say, "Operations to perform:\n  Apply all migrations: %s\nRunning migrations:\n", migrations.App)
	applied, err := c.program.migrate(cmd.Context(), func(step string) { _, _ = fmt.Fprintf(say, "  Applying %s... OK\n", step) })
	if err == nil && len(applied) == 0 {
		_, _ = fmt.Fprintln(say, "  No migrations to apply.")
	}
	return err
}

// showPending lists the steps to apply. As a check it fails if there are any.
func (c *commandLine) showPending(cmd *cobra.Command, check bool) error {
	if err := c.program.makeDataDir(); err != nil {
		return err
	}
	pending, err := migrations.Pending(cmd.Context(), c.program.db)
	if err != nil {
		return err
	}
	cmd.Println("Planned operations:")
	for _, step := range pending {
		cmd.Printf("  %s\n", step.Name)
	}
	if len(pending) == 0 {
		cmd.Println("  No planned migration operations.")
	} else if check {
		return errReported
	}
	return nil
}

func newShowMigrationsCommand(c *commandLine) *cobra.Command {
	var plan, asJSON bool
	cmd := &cobra.Command{
		Use: "showmigrations", Short: "List the steps of the schema, applied ones marked [X]", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.program.makeDataDir(); err != nil {
				return err
			}
			steps, err := migrations.Status(cmd.Context(), c.program.db)
			if err != nil {
				return err
			}
			return writeSteps(cmd.OutOrStdout(), steps, plan, asJSON)
		},
	}
	cmd.Flags().BoolP("list", "l", true, "list the steps")
	cmd.Flags().BoolVarP(&plan, "plan", "p", false, "list the steps in the order in which they apply, with their app")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func writeSteps(w io.Writer, steps []migrations.Step, plan, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(map[string]any{"app": migrations.App, "steps": steps})
	}
	prefix := " "
	if plan {
		prefix = ""
	} else {
		_, _ = fmt.Fprintln(w, migrations.App)
	}
	for _, step := range steps {
		name, mark := step.Name, " "
		if plan {
			name = migrations.App + "." + name
		}
		if step.Applied {
			mark = "X"
		}
		if step.Unknown {
			name += " (of a newer version)"
		}
		if _, err := fmt.Fprintf(w, "%s[%s] %s\n", prefix, mark, name); err != nil {
			return err
		}
	}
	return nil
}
