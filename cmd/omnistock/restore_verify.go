package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/config"
)

// verifyBackup restores the archive, which was checked, into a temporary installation, and runs the checks on that.
func (c *commandLine) verifyBackup(cmd *cobra.Command, archive *backup.Archive, f restoreFlags) error {
	start := time.Now()
	msgs, err := c.tryBackup(cmd.Context(), archive, f.options)
	if errors.Is(err, context.Canceled) {
		return errors.New("cancelled: the archive was not verified")
	}
	if err != nil {
		return fmt.Errorf("the archive cannot be restored: %w", err)
	}
	good := !check.Fails(msgs, check.Error)
	if f.asJSON {
		err = writeJSON(cmd.OutOrStdout(), describeVerified(archive, msgs, good, time.Since(start)))
	} else {
		err = c.sayVerified(cmd, archive, msgs, time.Since(start))
	}
	if err == nil && !good {
		return errReported
	}
	return err
}

// tryBackup returns what the checks find in a database restored from the archive. Everything is in a folder of its own,
// which is gone afterwards.
func (c *commandLine) tryBackup(ctx context.Context, archive *backup.Archive, o backup.RestoreOptions) (msgs []check.Message, err error) {
	folder, err := os.MkdirTemp("", "omnistock-verify-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	settings := *c.settings
	settings.DataDir = folder
	settings.DatabaseURL = config.SQLiteURL(filepath.Join(folder, "verify.db"))
	settings.UseSupabaseStorage = false
	p, err := newProgram(&settings, c.getenv, c.program.log, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	if err := p.makeDatabaseFile(); err != nil {
		return nil, err
	}
	if _, err := p.backup.Restore(ctx, archive, o); err != nil {
		return nil, err
	}
	return check.Run(ctx, p.databaseChecks(ctx), check.Options{Timeout: time.Hour})
}

func (c *commandLine) sayVerified(cmd *cobra.Command, archive *backup.Archive, msgs []check.Message, took time.Duration) error {
	if len(msgs) > 0 {
		if err := check.WriteReport(cmd.OutOrStdout(), msgs, check.Error); err != nil {
			return err
		}
	}
	if check.Fails(msgs, check.Error) {
		return nil
	}
	m := archive.Manifest
	out := c.say(cmd)
	fmt.Fprintf(out, "%s is good: made by omnistock %s on %s at %s.\n", archive.Path, m.Version, m.Engine, m.CreatedAt.Format(time.DateTime+" UTC"))
	fmt.Fprintf(out, "All %d files have their checksums. %d rows of %d tables were restored into a temporary SQLite database;\n"+
		"counts, sums and checksums of all tables agree, and the checks found nothing (%s).\n",
		len(m.Files), countAll(m), len(m.Tables), took.Round(time.Millisecond))
	return nil
}

// A describedVerification is what restore --verify found, as programs read it.
type describedVerification struct {
	File      string          `json:"file"`
	Good      bool            `json:"good"`
	Version   string          `json:"version"`
	Engine    string          `json:"engine"`
	CreatedAt time.Time       `json:"created_at"`
	Seconds   float64         `json:"seconds"`
	Rows      int64           `json:"rows"`
	Tables    []backup.Table  `json:"tables"`
	Media     []backup.Media  `json:"media"`
	Messages  []check.Message `json:"messages"`
}

func describeVerified(archive *backup.Archive, msgs []check.Message, good bool, took time.Duration) describedVerification {
	m := archive.Manifest
	return describedVerification{
		File: archive.Path, Good: good, Version: m.Version, Engine: m.Engine, CreatedAt: m.CreatedAt, Seconds: took.Seconds(),
		Rows: countAll(m), Tables: m.Tables, Media: m.Media, Messages: listed(msgs),
	}
}
