package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/anonymization"
	"github.com/omni-stock/omnistock/pkg/users"
)

// commonPassword is where the one password of all accounts may stand.
const commonPassword = "OMNISTOCK_ANONYMIZED_PASSWORD"

func newAnonymizeCommand(c *commandLine) *cobra.Command {
	var o anonymization.Options
	var yes, force, setPassword bool
	cmd := &cobra.Command{
		Use: "anonymize", Short: "Make a copy of the database fit for staging: nobody can be recognized", Args: cobra.NoArgs,
		Long: `Replace, in the database of the settings and for good, what tells who somebody is: names, e-mail addresses, telephone
numbers, birthdates, companies, addresses, notes, and what people wrote into documents. Passwords become unusable, or
one for all with --set-password; tokens and sessions are deleted. Ids, stock and prices stay, and so do user names
without --usernames. What is replaced depends on ids alone: each copy has the same people.

It shows what it would do, and does it with --yes, in one transaction. It refuses where DEBUG is off, which may be
production, without --force. Uploaded files are not touched: give the copy a storage of its own. On PostgreSQL the
server's files hold old values until it reuses their space: hand out a dump, not the files.`,
		Example: `  DEBUG=1 omnistock anonymize
  DEBUG=1 OMNISTOCK_ANONYMIZED_PASSWORD=try-it-out omnistock anonymize --set-password --yes`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !c.settings.Debug && !force {
				return fmt.Errorf("DEBUG is off: %s may be production, and nothing was changed; --force does it anywhere", c.program.dataPlace())
			}
			plan, err := c.program.staging.Plan(cmd.Context(), o)
			if err != nil {
				return fmt.Errorf("nothing was changed: %w", err)
			}
			out := c.say(cmd)
			sayAnonymization(out, c.program.dataPlace(), plan)
			if !yes {
				return errors.New("nothing was changed: --yes does it")
			}
			if setPassword {
				if o.Password, err = c.askCommonPassword(cmd); err != nil {
					return fmt.Errorf("nothing was changed: %w", err)
				}
			}
			return c.anonymize(cmd, out, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.Usernames, "usernames", false, "replace user names, too")
	flags.BoolVar(&o.Prices, "prices", false, "replace prices, too")
	flags.BoolVar(&setPassword, "set-password", false,
		"one password for all accounts, from "+commonPassword+", the terminal or standard input")
	flags.StringArrayVar(&o.Leave, "leave", nil, "table that is not the program's to leave as it is; may be repeated")
	flags.BoolVarP(&yes, "yes", "y", false, "do it")
	flags.BoolVar(&yes, "noinput", false, "do it")
	flags.BoolVar(&force, "force", false, "do it where DEBUG is off")
	return cmd
}

func (c *commandLine) askCommonPassword(cmd *cobra.Command) (string, error) {
	if password := c.getenv(commonPassword); password != "" {
		return password, nil
	}
	return users.AskPassword(cmd)
}

func (c *commandLine) anonymize(cmd *cobra.Command, out io.Writer, o anonymization.Options) error {
	steps, err := c.program.staging.Run(cmd.Context(), o)
	if err != nil && steps == nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	for _, step := range steps {
		verb := "replaced in"
		if step.Columns == nil {
			verb = "deleted from"
		}
		fmt.Fprintf(out, "%s %s %s\n", count(int(step.Rows), "row"), verb, step.Table)
	}
	return err
}

func sayAnonymization(w io.Writer, place string, plan []anonymization.Step) {
	fmt.Fprintf(w, "Database: %s\n", place)
	for _, step := range plan {
		if step.Columns == nil {
			fmt.Fprintf(w, "  delete all rows of %s\n", step.Table)
			continue
		}
		fmt.Fprintf(w, "  replace in %s: %s\n", step.Table, strings.Join(step.Columns, ", "))
	}
}
