package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// targetVariable is the environment variable that names the target of a conversion.
const targetVariable = "OMNISTOCK_TARGET_URL"

func newConvertDBCommand(c *commandLine) *cobra.Command {
	var from string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "convert-db [TARGET-URL]", Short: "Copy the database into another one: SQLite to PostgreSQL, and back", Args: cobra.MaximumNArgs(1),
		Long: `Copy the whole database, that of the settings, into another one: SQLite to PostgreSQL, PostgreSQL to SQLite, or to the
same engine. At the end both are read once more, and the checksum of each row compared. The source is not changed.

The target has to be empty; it is migrated first. A conversion that was interrupted (Ctrl-C finishes the rows under way)
or that failed goes on when the same command is run again. What is written to the source after the beginning is not
copied: stop the server first.

A URL with a password is best kept off the command line, where others can see it: the target's may stand in the variable
` + targetVariable + `, the source's in DATABASE_URL.`,
		Example: "  omnistock convert-db sqlite:///var/lib/omnistock/copy.db\n  " + targetVariable + "=postgres://shop@db.example/shop omnistock convert-db",
		RunE: func(cmd *cobra.Command, args []string) error {
			source, target, err := c.conversionURLs(from, args)
			if err != nil {
				return err
			}
			report, err := c.convert(cmd, source, target)
			switch {
			case err != nil:
				return err
			case asJSON:
				return writeJSON(cmd.OutOrStdout(), report)
			}
			return sayConverted(c.say(cmd), report)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "URL of the source, instead of DATABASE_URL")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the report as JSON")
	return cmd
}

// conversionURLs returns the URLs of both databases.
func (c *commandLine) conversionURLs(from string, args []string) (source, target config.DatabaseURL, err error) {
	source = c.settings.DatabaseURL
	if from != "" {
		if err := source.UnmarshalText([]byte(from)); err != nil {
			return "", "", usageError{fmt.Errorf("the source %w", err)}
		}
	}
	to := append(args, c.getenv(targetVariable))[0]
	if to == "" {
		return "", "", usageError{errors.New("no target: name its URL, or set " + targetVariable)}
	}
	if err := target.UnmarshalText([]byte(to)); err != nil {
		return "", "", usageError{fmt.Errorf("the target %w", err)}
	}
	if target.SQLitePath() == ":memory:" {
		return "", "", usageError{errors.New("the target is in memory: it would be gone at once")}
	}
	return source, target, nil
}

// convert opens both databases and copies one into the other.
func (c *commandLine) convert(cmd *cobra.Command, from, to config.DatabaseURL) (report *conversion.Report, err error) {
	if err := checkFile(from); err != nil {
		return nil, err
	}
	source, err := openDatabase(from)
	if err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	defer func() { err = errors.Join(err, source.DB.Close()) }()
	target, err := openDatabase(to)
	if err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	defer func() { err = errors.Join(err, target.DB.Close()) }()
	service := conversion.NewService(c.program.app.Models())
	if err := service.CheckSource(cmd.Context(), source); err != nil {
		return nil, err
	}
	if path := to.SQLitePath(); path != "" {
		if err := makeDatabaseFile(path); err != nil {
			return nil, fmt.Errorf("target: %w", err)
		}
	}
	return service.Convert(cmd.Context(), source, target, c.progress(cmd))
}

func openDatabase(url config.DatabaseURL) (conversion.Database, error) {
	bunDB, err := db.Open(url.Reveal())
	return conversion.Database{DB: bunDB, Name: url.String()}, err
}

// checkFile keeps a source that is not there from being made.
func checkFile(url config.DatabaseURL) error {
	if path := url.SQLitePath(); path != "" && path != ":memory:" {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("source: %w", err)
		}
	}
	return nil
}

// progress shows how far a command is, beside its output.
func (c *commandLine) progress(cmd *cobra.Command) *progress.Reporter {
	if c.verbosity == 0 {
		return nil
	}
	return progress.New(cmd.ErrOrStderr())
}

// sayConverted lists the tables.
func sayConverted(w io.Writer, r *conversion.Report) error {
	what := "Copied"
	if r.Continued {
		what = "Continued the copy of"
	}
	fmt.Fprintf(w, "%s %s to %s. Both hold the same:\n", what, r.Source, r.Target)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, t := range r.Tables {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", t.Name, count(int(t.Rows), "row"), t.Checksum[:16])
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, t := range r.NotCopied {
		rows := "not readable"
		if t.Rows != nil {
			rows = count(int(*t.Rows), "row")
		}
		fmt.Fprintf(w, "Not copied, since omnistock does not know it: %s (%s)\n", t.Name, rows)
	}
	return nil
}
