package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"github.com/spf13/cobra"
)

func newDBShellCommand(c *commandLine) *cobra.Command {
	return &cobra.Command{
		Use: "dbshell [-- ARGUMENT...]", Short: "Open the database in its own client: psql or sqlite3",
		Long: `Open the database that is configured in its own client, psql or sqlite3, which has to be installed. What stands behind
-- is for the client. The password goes to psql in its environment, where other users do not see it.`,
		Example: "  omnistock dbshell\n  echo 'SELECT count(*) FROM users_user;' | omnistock dbshell",
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.ArgsLenAtDash() != 0 && len(args) > 0 {
				return usageError{errors.New("arguments for the client stand behind --")}
			}
			client, err := c.databaseClient(cmd.Context(), args)
			if err != nil {
				return err
			}
			return runClient(cmd, client)
		},
	}
}

// databaseClient is the client's command line and environment.
func (c *commandLine) databaseClient(ctx context.Context, args []string) (*exec.Cmd, error) {
	// The client decides itself what Ctrl-C means.
	ctx = context.WithoutCancel(ctx)
	if !c.settings.Embedded() {
		path, err := findClient("psql", "PostgreSQL's client programs")
		if err != nil {
			return nil, err
		}
		client := exec.CommandContext(ctx, path, args...) //nolint:gosec // the operator types them
		client.Env = append(os.Environ(), psqlEnv(c.settings.DatabaseURL.Reveal())...)
		return client, nil
	}
	file := c.program.databaseFile()
	if file == "" || c.program.hasNoFile() {
		return nil, fmt.Errorf("there is no database file yet (%s): 'omnistock migrate' makes it", c.program.dataPlace())
	}
	path, err := findClient("sqlite3", "SQLite's command line")
	if err != nil {
		return nil, err
	}
	if file, err = filepath.Abs(file); err != nil {
		return nil, err
	}
	// As the program does, and unlike the client: references are checked, and locks waited for.
	own := []string{"-cmd", "PRAGMA foreign_keys = ON", "-cmd", ".timeout 5000", file}
	return exec.CommandContext(ctx, path, append(own, args...)...), nil //nolint:gosec // the operator types them
}

func findClient(name, of string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%s is not installed here, or not on the PATH: it is one of %s", name, of)
	}
	return path, nil
}

// runClient gives the client our terminal. Ctrl-C interrupts its query, and must not end us first.
func runClient(cmd *cobra.Command, client *exec.Cmd) error {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	client.Stdin, client.Stdout, client.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
	err := client.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.Exited() {
		return errReported // the client has said what is wrong
	}
	return err
}
