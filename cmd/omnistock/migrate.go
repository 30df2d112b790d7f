package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/conversion"
)

// migrateFlags are those of the command.
type migrateFlags struct {
	adoption.Options
	plan, check, asJSON, noInput, rehearse, backup bool
}

func newMigrateCommand(c *commandLine) *cobra.Command {
	var f migrateFlags
	cmd := &cobra.Command{
		Use: "migrate [app] [name]", Short: "Bring the database up to date",
		Long: `Bring the schema of the database up to date, or as far as the step that is named. Each step is a transaction
of its own; of several that run at once, one does the work. There are no steps back: restore a backup instead.

A database of PostgreSQL that Omni-Stock's Django backend made is taken over in place, in one transaction: see
docs/switching-from-django.md. Whatever fails leaves it as it was.`,
		Example: "  omnistock migrate\n  omnistock migrate --check\n  omnistock migrate --plan\n  omnistock migrate --rehearse && omnistock migrate --backup",
		Args:    cobra.MaximumNArgs(2), ValidArgs: []string{migrations.App},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkApp(args); err != nil {
				return err
			}
			if len(args) > 1 {
				f.To = args[1]
			}
			return c.runMigrate(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.plan, "plan", false, "show what would be done, with its SQL")
	flags.BoolVar(&f.check, "check", false, "show what would be done, and exit with 1 if anything is")
	flags.BoolVar(&f.asJSON, "json", false, "with --plan or --check: write JSON")
	flags.BoolVar(&f.rehearse, "rehearse", false, "do it all on a copy of the database, check that, and drop it")
	flags.BoolVar(&f.backup, "backup", false, "write a copy of the database into the data folder before anything changes")
	flags.BoolVar(&f.Fake, "fake", false, "record the steps as applied without doing them")
	flags.BoolVar(&f.FakeInitial, "fake-initial", false, "record the first step as applied where all its tables are there")
	flags.BoolVar(&f.DropOld, "drop-old", false, "drop the tables that Django left behind: auth_user, its groups and permissions")
	flags.DurationVar(&f.Wait, "wait", time.Minute, "how long to wait for another program that migrates")
	flags.DurationVar(&f.LockTimeout, "lock-timeout", 10*time.Second, "how long to wait for a table that somebody works with")
	flags.BoolVar(&f.noInput, "noinput", false, "do not ask before Django's database is taken over")
	cmd.MarkFlagsMutuallyExclusive("plan", "check", "rehearse", "backup")
	cmd.MarkFlagsMutuallyExclusive("fake", "fake-initial", "rehearse")
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

func (c *commandLine) runMigrate(cmd *cobra.Command, f migrateFlags) error {
	if err := c.program.checkForward(cmd.Context(), f.To); err != nil {
		return err
	}
	if err := conversion.CheckFinished(cmd.Context(), c.program.db); err != nil {
		return err
	}
	plan, err := adoption.NewPlan(cmd.Context(), c.program.db, f.Options)
	switch {
	case err != nil:
		return err
	case f.plan || f.check:
		return c.showPlan(cmd, plan, f)
	case f.rehearse:
		return c.rehearse(cmd, f.Options)
	}
	if len(plan) > 0 {
		if err := c.beforeMigrate(cmd, f); err != nil {
			return err
		}
	}
	return c.migrate(cmd, f.Options)
}

// beforeAll is Django's name for the state in front of the first step.
const beforeAll = "zero"

// checkForward refuses a step behind which others are applied: there is no way back to it.
func (p *program) checkForward(ctx context.Context, name string) error {
	steps, err := p.status(ctx)
	if err != nil || name == "" {
		return err
	}
	step := name
	if name != beforeAll {
		if step, err = migrations.Find(name); err != nil {
			return usageError{err}
		}
	}
	isLater := func(s migrations.Step) bool { return s.Applied && s.Name > step }
	if name == beforeAll || slices.ContainsFunc(steps, isLater) {
		return usageError{fmt.Errorf("migrating goes in one direction, and there is no way back to %s: restore a backup", step)}
	}
	return nil
}

// beforeMigrate does what has to be done before anything changes: it asks, and writes a copy.
func (c *commandLine) beforeMigrate(cmd *cobra.Command, f migrateFlags) error {
	database, err := adoption.Recognise(cmd.Context(), c.program.db)
	if err != nil {
		return err
	}
	django := database.State == adoption.Current || database.State == adoption.Older
	if in := cmd.InOrStdin(); django && !f.noInput && isTerminal(in) {
		fmt.Fprintf(cmd.OutOrStdout(), "This takes over Django's database at %s, %s.\nType 'yes' to continue: ", database.Heads, c.program.dataPlace())
		answer, err := readLine(cmd.Context(), in)
		if err != nil || answer != "yes" {
			return errors.Join(errors.New("migrate cancelled: nothing was changed"), err)
		}
	}
	if !f.backup {
		return nil
	}
	path, err := c.program.dump(cmd.Context())
	if err != nil {
		return fmt.Errorf("the backup failed, and nothing was changed: %w", err)
	}
	fmt.Fprintf(c.say(cmd), "Wrote the database to %s\n", path)
	return nil
}

func (c *commandLine) migrate(cmd *cobra.Command, o adoption.Options) error {
	out := c.say(cmd)
	fmt.Fprintf(out, "Operations to perform:\n  Apply all migrations: %s\nRunning migrations:\n", migrations.App)
	applied, err := c.program.migrate(cmd.Context(), reportTo(out, o))
	if err == nil && len(applied) == 0 {
		fmt.Fprintln(out, "  No migrations to apply.")
	}
	return err
}

// reportTo makes the options report to out.
func reportTo(out io.Writer, o adoption.Options) adoption.Options {
	done := "Applying"
	if o.Fake {
		done = "Recording"
	}
	o.Report = func(step string) { fmt.Fprintf(out, "  %s %s... OK\n", done, step) }
	o.Tell = func(line string) { fmt.Fprintf(out, "  %s\n", line) }
	return o
}

// showPlan lists what would be done. As a check it fails if that is anything.
func (c *commandLine) showPlan(cmd *cobra.Command, plan []adoption.Stage, f migrateFlags) error {
	if f.asJSON {
		if err := writeJSON(cmd.OutOrStdout(), append([]adoption.Stage{}, plan...)); err != nil {
			return err
		}
	} else {
		writePlan(c.say(cmd), plan, f.plan)
	}
	if f.check && len(plan) > 0 {
		return errReported
	}
	return nil
}

func writePlan(out io.Writer, plan []adoption.Stage, withSQL bool) {
	fmt.Fprintln(out, "Planned operations:")
	for _, stage := range plan {
		fmt.Fprintf(out, "  %s\n", stage.Name)
		if withSQL && stage.SQL != "" {
			indented := strings.ReplaceAll(strings.TrimSpace(stage.SQL), "\n", "\n      ")
			fmt.Fprintf(out, "      %s\n\n", strings.ReplaceAll(indented, "      \n", "\n"))
		}
	}
	if len(plan) == 0 {
		fmt.Fprintln(out, "  No planned migration operations.")
	}
}
