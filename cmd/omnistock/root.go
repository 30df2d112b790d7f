package main

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"
)

// The exit codes. The help of every command lists them.
const (
	exitGood  = 0
	exitError = 1
	exitUsage = 2
)

const about = `omnistock keeps the stock of card shops, game stores and pawn shops: one program that serves the
API, keeps the data, and is its own tool. Without any setting it keeps the data in a file on this
machine; the README lists the settings, all of which come from the environment or a .env file.`

// run runs the command that args name and returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, in io.Reader, out, errOut io.Writer) int {
	c, err := newCommandLine(getenv, out, errOut)
	if err != nil {
		return complain(errOut, err, "omnistock")
	}
	root := newRootCommand(c)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !c.running {
		err = usageError{trimmed(err)}
	}
	return complain(errOut, errors.Join(err, c.program.close()), cmd.CommandPath())
}

func newRootCommand(c *commandLine) *cobra.Command {
	root := &cobra.Command{
		Use: "omnistock", Short: "Keep the stock of several shops", Long: about, Version: version,
		SilenceErrors: true, SilenceUsage: true,
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetUsageTemplate(root.UsageTemplate() + "\nExit codes: 0 good, 1 error, 2 wrong usage.\n")
	root.SetHelpCommand(newHelpCommand())
	root.PersistentFlags().IntVarP(&c.verbosity, "verbosity", "v", 1, "how much to say: 0 only what is wrong, 1 normal, 2 more, 3 all")
	root.PersistentFlags().BoolVar(&c.noColor, "no-color", c.noColor, "write no colors")
	root.AddCommand(newVersionCommand(), newOpenAPICommand(c), newCheckCommand(c), newSecretKeyCommand(), newCollectStaticCommand(c))
	for _, cmd := range []*cobra.Command{
		newServeCommand(c), newMigrateCommand(c), newShowMigrationsCommand(c), newHealthCheckCommand(c),
	} {
		root.AddCommand(c.needsSettings(cmd))
	}
	for _, cmd := range slices.Concat(c.program.app.Commands(), newFixtureCommands(c, c.program.fixtures)) {
		root.AddCommand(c.needsDatabase(cmd))
	}
	c.noteStart(root)
	return root
}
