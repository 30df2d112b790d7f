package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/doctor"
)

type doctorFlags struct {
	options   check.Options
	failLevel string
	json      bool
}

func newDoctorCommand(c *commandLine) *cobra.Command {
	var f doctorFlags
	cmd := &cobra.Command{
		Use: "doctor", Short: "Find out what is wrong with an installation, and what to do about it", Args: cobra.NoArgs,
		Long: `Find out what is wrong with an installation, and what to do about it: all that check looks at, and beyond that the disk,
the clock, the database server or file, the schema, the rows, the accounts, the images and the backups. It changes
nothing, and may run beside a server. On a large database it takes a while: it reads whole tables.

What cannot be diagnosed, for want of time or of a permission, is reported, and so is what has to be left out because the
database does not answer. With -v 0 only what is at the fail level or above it is written: for cron, which mails what is.`,
		Example: "  omnistock doctor\n  omnistock doctor --deploy -v 0 --fail-level WARNING\n  omnistock doctor --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			level, err := check.ParseLevel(f.failLevel)
			if err != nil {
				return usageError{err}
			}
			if f.options.Timeout <= 0 {
				return usageError{fmt.Errorf("timeout is a time such as 30s, not %s", f.options.Timeout)}
			}
			return c.doctor(cmd, f, level)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.options.Deploy, "deploy", false, "also what matters only where others reach the server")
	flags.StringVar(&f.failLevel, "fail-level", "ERROR", "exit with 1 from this level on: CRITICAL, ERROR, WARNING, INFO or DEBUG")
	flags.BoolVar(&f.json, "json", false, "write JSON")
	flags.DurationVar(&f.options.Timeout, "timeout", 30*time.Second, "time that each diagnosis may take")
	completeFlag(cmd, "fail-level", "CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")
	return cmd
}

func (c *commandLine) doctor(cmd *cobra.Command, f doctorFlags, level check.Level) error {
	report, err := c.examine(cmd.Context(), f.options)
	if err != nil {
		return err
	}
	if c.verbosity == 0 && !f.json {
		report.drop(level)
	}
	if f.json {
		err = writeJSON(cmd.OutOrStdout(), report)
	} else {
		err = report.write(cmd.OutOrStdout(), c.say(cmd))
	}
	if err == nil && check.Fails(report.messages(), level) {
		return errReported
	}
	return err
}

// topics are the sections of a report behind that of the checks, in order, and what must be there for each.
var topics = []struct {
	topic, title string
	needs        need
}{
	{doctor.Machine, "Machine", nothing},
	{doctor.Server, "Database", answer},
	{doctor.Schema, "Schema", tables},
	{doctor.Data, "Data", tables},
	{doctor.Accounts, "Accounts", tables},
	{doctor.Images, "Images", tables},
	{doctor.Backups, "Backups", nothing},
}

// A need is what a diagnosis of the database cannot do without.
type need int

const (
	nothing need = iota
	answer       // from the database
	tables       // as this version wants them
)

// examine makes the checks and all diagnoses that can be made.
func (c *commandLine) examine(ctx context.Context, o check.Options) (*doctorReport, error) {
	start := time.Now()
	msgs, err := c.runChecks(ctx, o)
	if err != nil {
		return nil, err
	}
	report := &doctorReport{Sections: []doctorSection{{Title: "Checks", Messages: listed(msgs)}}}
	if c.settingsErr != nil {
		report.Skipped = "what else there is to find: the settings are wrong, and say where it is"
		return report, ctx.Err()
	}
	missing := sync.OnceValues(func() (need, string) { return c.program.missing(ctx) })
	diagnoses := c.program.diagnoses()
	for _, t := range topics {
		of := slices.DeleteFunc(slices.Clone(diagnoses), func(d check.Diagnosis) bool { return d.Topic != t.topic })
		section := doctorSection{Title: t.title, Messages: []check.Message{}}
		if t.needs != nothing {
			if first, reason := missing(); first != nothing && first <= t.needs {
				section.Skipped, of = reason, nil
			}
		}
		section.Messages = append(section.Messages, check.Diagnose(ctx, of, o)...)
		report.Sections = append(report.Sections, section)
		report.Diagnoses += len(of)
	}
	report.Seconds = time.Since(start).Seconds()
	return report, ctx.Err()
}

// missing returns the first thing that diagnoses of the database lack, and why. There is a message on it among the checks.
func (p *program) missing(ctx context.Context) (need, string) {
	if p.hasNoFile() {
		return answer, "the database is yet to be made"
	}
	if ping(ctx, p.db) != nil {
		return answer, "the database does not answer"
	}
	steps, err := migrations.Status(ctx, p.db)
	if err != nil {
		return tables, "the state of the schema is not known"
	}
	if pending, _ := sortOut(steps); len(pending) > 0 {
		return tables, "the schema is not up to date"
	}
	return nothing, ""
}

// diagnoses lists those of the installation and of the domains.
func (p *program) diagnoses() []check.Diagnosis {
	folders := []string{p.settings.DataDir}
	if file := p.databaseFile(); file != "" {
		folders = append(folders, filepath.Dir(file))
	}
	folders = append(folders, p.settings.BackupDir)
	host, conns := db.PostgresTarget(p.settings.DatabaseURL.Reveal())
	return slices.Concat(
		doctor.Diagnoses(doctor.Options{
			DB: p.db, File: p.databaseFile(), Host: host, Pool: conns, Folders: folders, Now: time.Now,
		}),
		p.app.Diagnoses(),
		[]check.Diagnosis{
			{ID: "tokens.I001", Topic: doctor.Accounts, Run: p.diagnoseExpired},
			{ID: "images.W001", Topic: doctor.Images, Run: p.diagnoseImages},
			{ID: "backups.E001", Topic: doctor.Backups, Run: p.diagnoseBackups},
		},
	)
}
