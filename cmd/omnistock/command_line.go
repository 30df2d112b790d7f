package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

// A commandLine is what the commands of one run share.
type commandLine struct {
	getenv      func(string) string
	settings    *config.Settings // the defaults where they are wrong
	found       *config.Settings // the same, as far as they can be read; nil where not at all
	settingsErr error            // why they cannot be read: all mistakes at once
	program     *program
	verbosity   int
	noColor     bool
	running     bool // the command line itself was understood
}

// newCommandLine reads the settings and puts the program together. Commands that need no settings run with wrong ones.
// args are looked at for what the log has to know: they are read, and refused, later.
func newCommandLine(args []string, getenv func(string) string, out, errOut io.Writer) (*commandLine, error) {
	c := &commandLine{getenv: getenv, verbosity: 1, noColor: getenv("NO_COLOR") != ""}
	early := pflag.NewFlagSet("", pflag.ContinueOnError)
	early.ParseErrorsAllowlist.UnknownFlags = true
	early.Usage = func() {}
	c.defineFlags(early)
	_ = early.Parse(args)
	c.found, c.settingsErr = config.Load(getenv)
	c.settings = c.found
	if c.settingsErr != nil {
		var err error
		if c.settings, err = config.Load(withoutSettings); err != nil {
			return nil, err
		}
	}
	var err error
	c.program, err = newProgram(c.settings, getenv, c.newLog(errOut), out)
	return c, err
}

// withoutSettings is an environment in which nothing is set, a .env file neither.
func withoutSettings(name string) string {
	return map[string]string{"OMNISTOCK_ENV_FILE": os.DevNull}[name]
}

// defineFlags are the flags of every command.
func (c *commandLine) defineFlags(flags *pflag.FlagSet) {
	flags.IntVarP(&c.verbosity, "verbosity", "v", 1, "how much to say: 0 only what is wrong, 1 normal, 2 more, 3 all")
	flags.BoolVar(&c.noColor, "no-color", c.noColor, "write no colors")
}

// needsSettings makes a command and its members fail, before they begin, where the settings are wrong.
func (c *commandLine) needsSettings(cmd *cobra.Command) *cobra.Command {
	return before(cmd, func(*cobra.Command, []string) error { return c.settingsErr })
}

// needsDatabase is needsSettings for commands that also need a schema that is up to date, and the data folder.
func (c *commandLine) needsDatabase(cmd *cobra.Command) *cobra.Command {
	return before(cmd, func(cmd *cobra.Command, _ []string) error {
		if c.settingsErr != nil {
			return c.settingsErr
		}
		return c.program.requireMigrated(cmd.Context())
	})
}

// before runs prepare before the command or, in a group, before each member.
func before(cmd *cobra.Command, prepare func(*cobra.Command, []string) error) *cobra.Command {
	if !cmd.HasSubCommands() {
		cmd.PreRunE = prepare
	}
	for _, member := range cmd.Commands() {
		before(member, prepare)
	}
	return cmd
}

// noteStart notes for each command when its arguments were understood: an error after that is not one of usage.
func (c *commandLine) noteStart(root *cobra.Command) {
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if c.verbosity < 0 || c.verbosity > 3 {
			return fmt.Errorf("verbosity is 0, 1, 2 or 3, not %d", c.verbosity)
		}
		// cobra looks at these only after this, when a database is open.
		if err := errors.Join(cmd.ValidateRequiredFlags(), cmd.ValidateFlagGroups()); err != nil {
			return err
		}
		c.running = true
		return nil
	}
}

// usageError is a command line that was not understood.
type usageError struct{ error }

// errReported ends a command with an exit code of 1 when it has said itself what is wrong.
var errReported = console.ErrReported

// complain writes what went wrong with the command, if anything, and returns the exit code.
func complain(w io.Writer, err error, command string) int {
	if err == nil {
		return exitGood
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintf(w, "omnistock: %v\n", err)
	}
	if usage := (usageError{}); errors.As(err, &usage) || console.IsUsage(err) {
		fmt.Fprintf(w, "Run '%s --help' for usage.\n", command)
		return exitUsage
	}
	return exitError
}

// trimmed drops the tail of cobra's message on an unknown command, which has an empty line too many.
func trimmed(err error) error { return errors.New(strings.TrimSpace(err.Error())) }
