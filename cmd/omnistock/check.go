package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
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
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.check(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.options.Tags, "tag", "t", nil, "only checks with this tag (may be given several times)")
	flags.BoolVar(&f.listTags, "list-tags", false, "list the tags")
	flags.BoolVar(&f.options.Deploy, "deploy", false, "also what matters only where others reach the server")
	flags.StringVar(&f.failLevel, "fail-level", "ERROR", "exit with 1 from this level on: CRITICAL, ERROR, WARNING, INFO or DEBUG")
	flags.BoolVar(&f.json, "json", false, "write JSON")
	flags.StringArray("database", nil, "accepted: there is one database, and it is always checked")
	return cmd
}

func (c *commandLine) check(cmd *cobra.Command, f checkFlags) error {
	level, err := check.ParseLevel(f.failLevel)
	if err != nil {
		return usageError{err}
	}
	checks := c.checks()
	if f.listTags {
		cmd.Println(strings.Join(check.Tags(checks, f.options), "\n"))
		return nil
	}
	msgs, err := check.Run(cmd.Context(), checks, f.options)
	if err != nil {
		return usageError{err}
	}
	write := func() error { return check.WriteReport(cmd.OutOrStdout(), msgs, level) }
	if f.json {
		write = func() error { return check.WriteJSON(cmd.OutOrStdout(), msgs) }
	}
	if err := write(); err != nil {
		return err
	}
	if check.Fails(msgs, level) {
		return errReported
	}
	return nil
}

// checks lists those of the settings, of the program as a whole and of the domains.
func (c *commandLine) checks() []check.Check {
	p := c.program
	checks := []check.Check{
		{ID: "settings.E001", Tags: []string{"settings"}, Run: c.checkSettings},
		{ID: "database.E001", Tags: []string{"database"}, Run: p.checkDatabase},
		{ID: "migrations.E001", Tags: []string{"database", "migrations"}, Run: p.checkMigrations},
		{ID: "models.E001", Tags: []string{"database", "models"}, Run: p.checkModels},
		{ID: "openapi.W001", Tags: []string{"openapi"}, Run: p.checkBaseline},
	}
	if c.settingsErr == nil {
		checks = append(checks, c.settings.Checks()...)
	}
	return append(checks, p.app.Checks()...)
}

func (c *commandLine) checkSettings(context.Context) []check.Message {
	if c.settingsErr == nil {
		return nil
	}
	return []check.Message{{Level: check.Error, Text: c.settingsErr.Error(), Hint: "the README lists the settings"}}
}

func (p *program) checkDatabase(ctx context.Context) []check.Message {
	if p.hasNoFile() {
		return nil
	}
	if err := p.db.PingContext(ctx); err != nil {
		return []check.Message{{Level: check.Error, Text: fmt.Sprintf("%s does not answer: %v", p.settings.DatabaseURL, err)}}
	}
	return nil
}

// hasNoFile reports whether the embedded database has yet to be made. A check must not make it.
func (p *program) hasNoFile() bool {
	if !p.settings.Embedded() {
		return false
	}
	_, err := os.Stat(p.settings.DatabaseURL.SQLitePath())
	return errors.Is(err, os.ErrNotExist)
}

func (p *program) checkMigrations(ctx context.Context) (msgs []check.Message) {
	const hint = "omnistock migrate"
	if p.hasNoFile() {
		return []check.Message{{Level: check.Info, ID: "migrations.I001", Text: "the database is yet to be made", Hint: hint}}
	}
	steps, err := migrations.Status(ctx, p.db)
	if err != nil {
		return []check.Message{{Level: check.Error, Text: err.Error()}}
	}
	for _, step := range steps {
		switch {
		case step.Unknown:
			msgs = append(msgs, check.Message{Level: check.Error, Object: step.Name, Text: "applied by a newer version"})
		case !step.Applied:
			msgs = append(msgs, check.Message{Level: check.Error, Object: step.Name, Text: "not applied", Hint: hint})
		}
	}
	return msgs
}

// checkModels compares the tables that the program reads and writes with those that are there.
func (p *program) checkModels(ctx context.Context) (msgs []check.Message) {
	if p.hasNoFile() {
		return nil
	}
	drift, err := db.Drift(ctx, p.db, p.app.Models())
	if err != nil {
		return []check.Message{{Level: check.Error, Text: err.Error()}}
	}
	for _, text := range drift {
		msgs = append(msgs, check.Message{Level: check.Error, Text: text, Hint: "omnistock migrate"})
	}
	return msgs
}

// checkBaseline holds the API against the baseline, where there is one: in the repository.
func (p *program) checkBaseline(context.Context) (msgs []check.Message) {
	if _, err := os.Stat(baseline); err != nil {
		return nil
	}
	differences, err := compareWithBaseline(p.app, baseline)
	if err != nil {
		return []check.Message{{Level: check.Error, Text: err.Error()}}
	}
	for _, d := range differences {
		msgs = append(msgs, check.Message{Level: check.Warning, Text: d.text, Hint: "omnistock openapi --check"})
	}
	return msgs
}
