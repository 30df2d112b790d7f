package main

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	c, err := newCommandLine(args, getenv, out, errOut)
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
	c.defineFlags(root.PersistentFlags())
	completeFlag(root, "verbosity", "0", "1", "2", "3")
	root.AddCommand(
		newVersionCommand(), newOpenAPICommand(c), newCheckCommand(c), newSecretKeyCommand(), newDoctorCommand(c), newCollectStaticCommand(c),
		newShowURLsCommand(c), newConfigCommand(c), newConfigShowCommand(c, "diffsettings", "omnistock diffsettings"),
		newAdoptCommand(c),
	)
	for _, cmd := range []*cobra.Command{
		newServeCommand(c), newMigrateCommand(c), newShowMigrationsCommand(c), newHealthCheckCommand(c),
		newSQLMigrateCommand(c), newSendTestEmailCommand(c), newDBShellCommand(c), newConvertDBCommand(c),
		newBackupCommand(c), newRestoreCommand(c),
	} {
		root.AddCommand(c.needsSettings(cmd))
	}
	root.AddCommand(newMediaCommand(c))
	own := []*cobra.Command{
		newFlushCommand(c), newFlushExpiredCommand(c), newSQLSequenceResetCommand(c), newAnonymizeCommand(c),
	}
	for _, cmd := range slices.Concat(c.program.app.Commands(), newFixtureCommands(c, c.program.fixtures), own) {
		addCommand(root, c.needsDatabase(cmd))
	}
	if group, _, err := root.Find([]string{"import"}); err == nil {
		group.AddCommand(c.needsDatabase(c.program.Catalog.NewImportCommand()))
	}
	root.InitDefaultHelpCmd()
	addCompletion(root)
	c.noteStart(root)
	root.SetGlobalNormalizationFunc(oneSpelling)
	return root
}

// oneSpelling takes Django's other spelling of a flag for the one that the help shows.
func oneSpelling(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "no-input" {
		name = "noinput"
	}
	return pflag.NormalizedName(name)
}

// addCommand adds a command or, where there is a group of its name, which another domain began, its members to that.
func addCommand(root, cmd *cobra.Command) {
	for _, group := range root.Commands() {
		if group.Name() == cmd.Name() {
			group.AddCommand(cmd.Commands()...)
			return
		}
	}
	root.AddCommand(cmd)
}
