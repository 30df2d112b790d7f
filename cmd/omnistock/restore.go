package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/backup"
)

type restoreFlags struct {
	options                 backup.RestoreOptions
	verify, noInput, asJSON bool
}

func newRestoreCommand(c *commandLine) *cobra.Command {
	var f restoreFlags
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Put an archive of 'omnistock backup' back",
		Long: `Put the rows and the images of an archive back, on the engine that the settings name, whichever it was made on. The
database must be empty, migrated or not; --replace deletes all rows that it holds. The archive is checked from end to
end first. The rows are one transaction, in which counts, sums and checksums are compared with what was backed up: if
anything is wrong, nothing is changed. Stop the server before.

With --verify the archive is restored into a temporary SQLite database, all checks are run on it, and it is thrown away:
the exit code is 0 only if all is right. To try an archive on PostgreSQL, let DATABASE_URL name an empty database.`,
		Example: "  omnistock restore --verify omnistock-20261123T101500Z.tar.zst\n  omnistock restore omnistock-20261123T101500Z.tar.zst",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.verify && f.options.Replace {
				return usageError{errors.New("--verify touches no database: leave --replace away")}
			}
			f.options.Progress = c.progress(cmd)
			archive, err := backup.Open(cmd.Context(), args[0], f.options.Progress)
			if err != nil {
				return notRestored(err)
			}
			if f.verify {
				return c.verifyBackup(cmd, archive, f)
			}
			return c.restore(cmd, archive, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.options.Replace, "replace", false, "delete all rows of the database first; overwrite images that differ")
	flags.BoolVar(&f.verify, "verify", false, "restore into a temporary database, run every check, throw it away")
	flags.BoolVar(&f.noInput, "noinput", false, "do not ask before --replace deletes")
	flags.BoolVar(&f.asJSON, "json", false, "write JSON")
	return cmd
}

// notRestored says of a command that was interrupted what an operator wants to know.
func notRestored(err error) error {
	if errors.Is(err, context.Canceled) {
		return errors.New("cancelled: nothing was restored")
	}
	return err
}

func (c *commandLine) restore(cmd *cobra.Command, archive *backup.Archive, f restoreFlags) error {
	if f.options.Replace && !f.noInput {
		if err := confirmReplace(cmd, c.program.dataPlace(), archive); err != nil {
			return err
		}
	}
	if err := c.program.makeDatabaseFile(); err != nil {
		return err
	}
	restored, err := c.program.backup.Restore(cmd.Context(), archive, f.options)
	if err != nil {
		return notRestored(err)
	}
	if f.asJSON {
		return writeJSON(cmd.OutOrStdout(), describeRestored(archive, restored))
	}
	sayRestored(c.say(cmd), archive, restored, c.program.dataPlace())
	return nil
}

// confirmReplace asks a person before rows are deleted. Where there is nobody to ask, it refuses.
func confirmReplace(cmd *cobra.Command, place string, archive *backup.Archive) error {
	in := cmd.InOrStdin()
	if !isTerminal(in) {
		return errors.New("nobody to ask whether all rows may be deleted: --noinput says that they may")
	}
	fmt.Fprintf(cmd.OutOrStdout(), "This deletes all rows in %s and puts those of %s in their place.\nType 'yes' to go on: ",
		place, archive.Manifest.CreatedAt.Format(time.DateTime+" UTC"))
	if answer, err := readLine(cmd.Context(), in); err != nil || answer != "yes" {
		return errors.New("cancelled: nothing was restored")
	}
	return nil
}

func sayRestored(w io.Writer, archive *backup.Archive, restored *backup.Restored, place string) {
	m := archive.Manifest
	if restored.Same {
		fmt.Fprintf(w, "%s holds exactly the rows of this archive already.\n", place)
	} else {
		fmt.Fprintf(w, "Restored %d rows of %d tables into %s in %s, as they were at %s.\n", countAll(m), len(m.Tables), place,
			restored.Took.Round(time.Millisecond), m.CreatedAt.Format(time.DateTime+" UTC"))
	}
	sayMedia(w, m, restored.Media)
	if len(restored.Newer) > 0 {
		fmt.Fprintf(w, "The rows are of an older schema than the database: what %s did to rows was not done to them.\n",
			strings.Join(restored.Newer, ", "))
	}
	for _, step := range restored.Migrated {
		fmt.Fprintf(w, "Migrated: %s.\n", step)
	}
	if len(m.NotIncluded) > 0 {
		fmt.Fprintf(w, "The database that was backed up had more, which is not in the archive: %s.\n", strings.Join(m.NotIncluded, ", "))
	}
}

func sayMedia(w io.Writer, m *backup.Manifest, media backup.MediaRestored) {
	fmt.Fprintf(w, "Images: %d stored, %d there already, %d overwritten.\n", media.Stored, media.Same, media.Overwritten)
	if media.NoPlace > 0 {
		fmt.Fprintf(w, "%d images of a bucket were left out: the settings name no bucket.\n", media.NoPlace)
	}
	for _, place := range m.Media {
		if !place.Included {
			fmt.Fprintln(w, "The images in the bucket are not in the archive: the bucket has to be the same.")
		}
	}
}

// countAll is the number of rows in the archive.
func countAll(m *backup.Manifest) (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// A describedRestore is what restore did, as programs read it.
type describedRestore struct {
	File      string         `json:"file"`
	CreatedAt time.Time      `json:"created_at"`
	Seconds   float64        `json:"seconds"`
	Rows      int64          `json:"rows"`
	Tables    []backup.Table `json:"tables"`
	Same      bool           `json:"same"`
	Newer     []string       `json:"newer_steps"`
	Migrated  []string       `json:"migrated"`
	Images    map[string]int `json:"images"`
}

func describeRestored(archive *backup.Archive, restored *backup.Restored) describedRestore {
	m := archive.Manifest
	return describedRestore{
		File: archive.Path, CreatedAt: m.CreatedAt, Seconds: restored.Took.Seconds(), Rows: countAll(m), Tables: m.Tables,
		Same: restored.Same, Newer: listed(restored.Newer), Migrated: listed(restored.Migrated),
		Images: map[string]int{
			"stored": restored.Media.Stored, "same": restored.Media.Same, "overwritten": restored.Media.Overwritten,
			"left_out": restored.Media.NoPlace,
		},
	}
}
