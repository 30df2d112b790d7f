package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

type adoptFlags struct {
	dryRun, rollbackCheck, linkProfiles, json bool
}

func newAdoptCommand(c *commandLine) *cobra.Command {
	var f adoptFlags
	cmd := &cobra.Command{
		Use: "adopt [URL]", Short: "Look at a Django database before it is taken over, or before it is given back",
		Long: `Look at a PostgreSQL database that the Django backend made. Taking it over is done by 'omnistock migrate'.

--dry-run reports what is in the database, and all that stands in the way. It changes nothing, and reads one moment of the
database in a read-only transaction, also of a replica. The exit code is 0 only if 'omnistock migrate' would succeed.

--rollback-check tells whether Django could go on with the database: its tables, keys and history are there, and what it
would insert, change and delete goes through, in a transaction that is rolled back. Numbers that it took for that are not
given again: the ids of each table have a gap of one.

--link-profiles makes members of the accounts whose profile names a vendor and that have no membership there; with
--dry-run it only lists them.

The database is that of the settings unless a URL is given. A password in a URL can be read by every user of this machine:
it stands better in DATABASE_URL, in PGPASSWORD or in ~/.pgpass. It is never printed.`,
		Example: "  omnistock adopt --dry-run\n  omnistock adopt --dry-run postgres://shop@replica.example/shop --json\n" +
			"  omnistock adopt --rollback-check\n  omnistock adopt --link-profiles --dry-run",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(); err != nil {
				return usageError{err}
			}
			bunDB, done, err := c.adoptedDatabase(args)
			if err != nil {
				return err
			}
			return errors.Join(c.adopt(cmd, bunDB, f), done())
		},
	}
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "report, and change nothing")
	cmd.Flags().BoolVar(&f.rollbackCheck, "rollback-check", false, "tell whether Django could go on with the database")
	cmd.Flags().BoolVar(&f.linkProfiles, "link-profiles", false, "make members of those whose profile names a vendor")
	cmd.Flags().BoolVar(&f.json, "json", false, "write JSON")
	acceptNoInput(cmd)
	return cmd
}

func (f adoptFlags) validate() error {
	switch {
	case f.rollbackCheck && (f.dryRun || f.linkProfiles):
		return errors.New("--rollback-check goes alone")
	case !f.rollbackCheck && !f.dryRun && !f.linkProfiles:
		return errors.New("say what to do: --dry-run, --rollback-check or --link-profiles ('omnistock migrate' takes a database over)")
	}
	return nil
}

// adoptedDatabase opens the database that the arguments name, or takes that of the settings. done closes what it opened.
func (c *commandLine) adoptedDatabase(args []string) (bunDB *bun.DB, done func() error, err error) {
	if len(args) == 0 {
		return c.program.db, func() error { return nil }, c.settingsErr
	}
	var url config.DatabaseURL
	if err := url.UnmarshalText([]byte(args[0])); err != nil {
		return nil, nil, usageError{fmt.Errorf("the argument %w", err)}
	}
	bunDB, err = db.Open(url.Reveal())
	if err != nil {
		return nil, nil, err
	}
	return bunDB, bunDB.Close, nil
}

func (c *commandLine) adopt(cmd *cobra.Command, bunDB *bun.DB, f adoptFlags) error {
	switch {
	case f.linkProfiles:
		return c.linkProfiles(cmd, bunDB, f)
	case f.rollbackCheck:
		return c.checkRollback(cmd, bunDB, f)
	}
	report, err := adoption.Inspect(cmd.Context(), bunDB, c.program.mediaURL())
	if err != nil {
		return err
	}
	if f.json {
		err = writeJSON(cmd.OutOrStdout(), report)
	} else {
		err = report.WriteText(cmd.OutOrStdout())
	}
	if err == nil && !report.Ready {
		return errReported
	}
	return err
}

func (c *commandLine) linkProfiles(cmd *cobra.Command, bunDB *bun.DB, f adoptFlags) error {
	lines, err := adoption.LinkProfiles(cmd.Context(), bunDB, f.dryRun)
	if err != nil {
		return err
	}
	if f.json {
		return writeJSON(cmd.OutOrStdout(), map[string][]string{"members": lines})
	}
	for _, line := range lines {
		fmt.Fprintln(cmd.OutOrStdout(), console.Printable(line))
	}
	if f.dryRun {
		fmt.Fprintf(c.say(cmd), "New members: %d, if it were done. Nothing was changed.\n", len(lines))
		return nil
	}
	fmt.Fprintf(c.say(cmd), "New members: %d.\n", len(lines))
	return nil
}

func (c *commandLine) checkRollback(cmd *cobra.Command, bunDB *bun.DB, f adoptFlags) error {
	check, err := adoption.CheckRollback(cmd.Context(), bunDB)
	if err != nil {
		return err
	}
	if f.json {
		err = writeJSON(cmd.OutOrStdout(), check)
	} else {
		err = check.WriteText(cmd.OutOrStdout())
	}
	if err == nil && !check.Ready {
		return errReported
	}
	return err
}
