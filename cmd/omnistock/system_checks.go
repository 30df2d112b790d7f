package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// settingsCheck is the id of the check that comes before all others.
const settingsCheck = "settings.E001"

// checks lists those of the settings, of the program as a whole and of the domains.
func (c *commandLine) checks(ctx context.Context) []check.Check {
	p := c.program
	return slices.Concat([]check.Check{
		{ID: settingsCheck, Tags: []string{"settings"}, Run: func(context.Context) []check.Message { return c.checkSettings() }},
	}, p.databaseChecks(ctx), []check.Check{
		{ID: "openapi.W001", Tags: []string{"openapi"}, Run: func(context.Context) []check.Message { return p.checkBaseline() }},
	}, c.settings.Checks())
}

// databaseChecks lists those of the database, and of what the domains keep there.
func (p *program) databaseChecks(ctx context.Context) []check.Check {
	// Once for all: who waits for a database that is down does not want to wait three times.
	pinged := sync.OnceValue(func() error { return ping(ctx, p.db) })
	return slices.Concat([]check.Check{
		{ID: "database.E001", Tags: []string{"database"}, Run: func(context.Context) []check.Message {
			return p.checkDatabase(pinged)
		}},
		{ID: "migrations.E001", Tags: []string{"database", "migrations"}, Run: func(ctx context.Context) []check.Message {
			return p.checkMigrations(ctx, pinged)
		}},
		{ID: "models.E001", Tags: []string{"database", "models"}, Run: func(ctx context.Context) []check.Message {
			return p.checkModels(ctx, pinged)
		}},
	}, p.domainChecks(pinged))
}

// domainChecks are those of the domains, which say nothing of a database that is not there: others do.
func (p *program) domainChecks(pinged func() error) []check.Check {
	checks := p.app.Checks()
	for i, c := range checks {
		if slices.Contains(c.Tags, "database") {
			checks[i].Run = func(ctx context.Context) []check.Message {
				if p.hasNoFile() || pinged() != nil {
					return nil
				}
				return c.Run(ctx)
			}
		}
	}
	return checks
}

func (c *commandLine) checkSettings() []check.Message {
	if c.settingsErr == nil {
		return nil
	}
	return []check.Message{{
		Level: check.Error, ID: settingsCheck, Text: c.settingsErr.Error(), Hint: "the README lists the settings",
	}}
}

// hasNoFile reports whether the embedded database has yet to be made. A check must not make it.
func (p *program) hasNoFile() bool {
	file := p.databaseFile()
	if file == "" {
		return false
	}
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

func (p *program) checkDatabase(pinged func() error) []check.Message {
	if p.hasNoFile() || pinged() == nil {
		return nil
	}
	return []check.Message{{
		Level: check.Error, Text: fmt.Sprintf("%s does not answer: %v", p.dataPlace(), pinged()),
		Hint: "start it, or set DATABASE_URL to where it is",
	}}
}

func (p *program) checkMigrations(ctx context.Context, pinged func() error) (msgs []check.Message) {
	if p.hasNoFile() {
		return []check.Message{{
			Level: check.Info, ID: "migrations.I001", Text: "the database is yet to be made",
			Hint: "omnistock serve makes it, and so does omnistock migrate",
		}}
	}
	if pinged() != nil {
		return nil // checkDatabase tells
	}
	steps, err := migrations.Status(ctx, p.db)
	if err != nil {
		return []check.Message{{Level: check.Error, ID: "migrations.E003", Text: err.Error()}}
	}
	pending, unknown := sortOut(steps)
	for _, step := range pending {
		msgs = append(msgs, check.Message{Level: check.Error, Object: step, Text: "not applied", Hint: "omnistock migrate"})
	}
	for _, step := range unknown {
		msgs = append(msgs, check.Message{
			Level: check.Error, ID: "migrations.E002", Object: step, Text: "applied by a newer version of omnistock",
			Hint: "run that version",
		})
	}
	return msgs
}

// checkModels compares the tables that the program reads and writes with those that are there.
func (p *program) checkModels(ctx context.Context, pinged func() error) (msgs []check.Message) {
	if p.hasNoFile() || pinged() != nil {
		return nil
	}
	pending, err := migrations.Pending(ctx, p.db)
	if err != nil || len(pending) > 0 {
		return nil // checkMigrations tells, and what the steps would mend is not worth a line for each table
	}
	drift, err := db.Drift(ctx, p.db, p.app.Models())
	if err != nil {
		return []check.Message{{Level: check.Error, Text: err.Error()}}
	}
	for _, text := range drift {
		msgs = append(msgs, check.Message{
			Level: check.Error, Text: text, Hint: "someone changed the schema by hand: restore it, or the backup",
		})
	}
	return msgs
}

// checkBaseline holds the API against the baseline, where there is one: in the repository.
func (p *program) checkBaseline() (msgs []check.Message) {
	if _, err := os.Stat(baseline); err != nil {
		return nil
	}
	differences, err := compareWithBaseline(p.app, baseline)
	if err != nil {
		return []check.Message{{Level: check.Error, Text: err.Error()}}
	}
	for _, d := range differences {
		msgs = append(msgs, check.Message{Level: check.Warning, Object: baseline, Text: d.text, Hint: "omnistock openapi --check"})
	}
	return msgs
}
