package main

import (
	"errors"
	"fmt"

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
		Args:    cobra.MaximumNArgs(2), ValidArgs: []string{migrations.App},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkApp(args); err != nil {
				return err
			}
			if len(args) > 1 {
				return usageError{errors.New("migrating goes to the last step, in one direction: leave the name away")}
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

// checkApp refuses an app that is not ours. Django has many, and its scripts may name one.
func checkApp(args []string) error {
	if len(args) > 0 && args[0] != migrations.App {
		return usageError{fmt.Errorf("there is one app, %s: no app %q", migrations.App, args[0])}
	}
	return nil
}

// acceptNoInput takes Django's flag for commands that ask nothing anyway.
func acceptNoInput(cmd *cobra.Command) {
	cmd.Flags().Bool("noinput", false, "ask nothing (this command never does)")
}

func (c *commandLine) migrate(cmd *cobra.Command) error {
	out := c.say(cmd)
	fmt.Fprintf(out, "Operations to perform:\n  Apply all migrations: %s\nRunning migrations:\n", migrations.App)
	applied, err := c.program.migrate(cmd.Context(), func(step string) { fmt.Fprintf(out, "  Applying %s... OK\n", step) })
	if err == nil && len(applied) == 0 {
		fmt.Fprintln(out, "  No migrations to apply.")
	}
	return err
}

// showPending lists the steps to apply. As a check it fails if there are any.
func (c *commandLine) showPending(cmd *cobra.Command, check bool) error {
	steps, err := c.program.status(cmd.Context())
	if err != nil {
		return err
	}
	pending, _ := sortOut(steps)
	out := c.say(cmd)
	fmt.Fprintln(out, "Planned operations:")
	for _, step := range pending {
		fmt.Fprintf(out, "  %s.%s\n", migrations.App, step)
	}
	if len(pending) == 0 {
		fmt.Fprintln(out, "  No planned migration operations.")
	} else if check {
		return errReported
	}
	return nil
}
