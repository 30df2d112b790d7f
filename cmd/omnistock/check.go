package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

type checkFlags struct {
	options        check.Options
	failLevel      string
	listTags, json bool
}

func newCheckCommand(c *commandLine) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use: "check", Short: "Look for mistakes in settings, database and schema",
		Example: "  omnistock check\n  omnistock check --deploy --fail-level WARNING",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.listTags {
				return c.listTags(cmd, f)
			}
			return c.check(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.options.Tags, "tag", "t", nil, "only checks with this tag (may be given several times)")
	flags.BoolVar(&f.listTags, "list-tags", false, "list the tags")
	flags.BoolVar(&f.options.Deploy, "deploy", false, "also what matters only where others reach the server")
	flags.StringVar(&f.failLevel, "fail-level", "ERROR", "exit with 1 from this level on: CRITICAL, ERROR, WARNING, INFO or DEBUG")
	flags.BoolVar(&f.json, "json", false, "write JSON")
	flags.StringArray("database", nil, "accepted: there is one database, and it is always checked")
	completeFlag(cmd, "fail-level", "CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")
	_ = cmd.RegisterFlagCompletionFunc("tag", func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return check.Tags(c.checks(cmd.Context()), check.Options{Deploy: true}), cobra.ShellCompDirectiveNoFileComp
	}) // the flag is there
	return cmd
}

func (c *commandLine) listTags(cmd *cobra.Command, f checkFlags) error {
	tags := check.Tags(c.checks(cmd.Context()), f.options)
	if f.json {
		return writeJSON(cmd.OutOrStdout(), tags)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), strings.Join(tags, "\n"))
	return err
}

func (c *commandLine) check(cmd *cobra.Command, f checkFlags) error {
	level, err := check.ParseLevel(f.failLevel)
	if err != nil {
		return usageError{err}
	}
	msgs, err := c.runChecks(cmd.Context(), f.options)
	if err != nil {
		return usageError{err}
	}
	switch {
	case f.json:
		err = check.WriteJSON(cmd.OutOrStdout(), msgs)
	case len(msgs) == 0:
		err = check.WriteReport(c.say(cmd), msgs, level)
	default:
		err = check.WriteReport(cmd.OutOrStdout(), msgs, level)
	}
	if err == nil && check.Fails(msgs, level) {
		return errReported
	}
	return err
}

// runChecks runs the chosen checks. Where the settings are wrong it says so and no more: the other checks would look at
// an installation that nobody has.
func (c *commandLine) runChecks(ctx context.Context, o check.Options) ([]check.Message, error) {
	if msgs := c.checkSettings(); len(msgs) > 0 {
		return msgs, nil
	}
	return check.Run(ctx, c.checks(ctx), o)
}
