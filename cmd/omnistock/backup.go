package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/backup"
)

func newBackupCommand(c *commandLine) *cobra.Command {
	var o backup.CreateOptions
	asJSON := false
	cmd := &cobra.Command{
		Use: "backup [FILE|DIR]", Short: "Write database and images into one archive",
		Long: `Write all rows of the database and the images of the data folder into one archive, which only its owner may read:
it holds password hashes. Others may go on writing meanwhile: the archive shows one moment. In a folder it gets a name
with the time; without a name it goes to OMNISTOCK_BACKUP_DIR. Nothing is overwritten.

The archive fits both engines: see 'omnistock restore'. Images in a bucket stay there unless --media is given. The secret
key is in no archive: keep it elsewhere, or everybody has to log in again after a restore.`,
		Example: "  omnistock backup\n  omnistock backup /mnt/backups --keep 14\n  omnistock backup before-upgrade.tar.zst",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Keep < 0 {
				return usageError{fmt.Errorf("keep is 0 or more, not %d", o.Keep)}
			}
			o.Path = strings.Join(args, "")
			o.Progress = c.progress(cmd)
			created, err := c.program.makeBackup(cmd.Context(), o)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), describeCreated(created))
			}
			sayCreated(c.say(cmd), created)
			return nil
		},
	}
	cmd.Flags().IntVar(&o.Keep, "keep", 0, "delete all but so many archives of the folder, once the new one is whole; 0 keeps all")
	cmd.Flags().BoolVar(&o.Bucket, "media", false, "also the images of the bucket")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// makeBackup makes an archive. It never makes a database.
func (p *program) makeBackup(ctx context.Context, o backup.CreateOptions) (*backup.Created, error) {
	if p.hasNoFile() {
		return nil, fmt.Errorf("there is nothing to back up: %s is not there", p.databaseFile())
	}
	if o.Path == "" {
		o.Path = p.settings.BackupDir
		if err := os.MkdirAll(o.Path, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of backups: %w", err)
		}
	}
	created, err := p.backup.Create(ctx, o)
	if errors.Is(err, context.Canceled) {
		return nil, errors.New("cancelled: no backup was made")
	}
	return created, err
}

func sayCreated(w io.Writer, created *backup.Created) {
	rows := int64(0)
	for _, t := range created.Manifest.Tables {
		rows += t.Rows
	}
	fmt.Fprintf(w, "Backed up %d rows of %d tables", rows, len(created.Manifest.Tables))
	for _, media := range created.Manifest.Media {
		if media.Included {
			fmt.Fprintf(w, ", %s (%s)", count(int(media.Objects), "image"), media.Place)
		}
	}
	fmt.Fprintf(w, " in %s:\n  %s (%d bytes)\n", created.Took.Round(time.Millisecond), created.Path, created.Bytes)
	for _, media := range created.Manifest.Media {
		if !media.Included {
			fmt.Fprintf(w, "The images in the bucket are not in it; --media takes them along.\n")
		}
	}
	if len(created.Manifest.NotIncluded) > 0 {
		fmt.Fprintf(w, "Not in it, because this program does not know them: %s.\n", strings.Join(created.Manifest.NotIncluded, ", "))
	}
	for _, path := range created.Deleted {
		fmt.Fprintf(w, "Deleted %s.\n", path)
	}
}

// A describedBackup is an archive as programs read it.
type describedBackup struct {
	File        string         `json:"file"`
	Bytes       int64          `json:"bytes"`
	Seconds     float64        `json:"seconds"`
	CreatedAt   time.Time      `json:"created_at"`
	Version     string         `json:"version"`
	Engine      string         `json:"engine"`
	Steps       []string       `json:"steps"`
	Tables      []backup.Table `json:"tables"`
	Media       []backup.Media `json:"media"`
	NotIncluded []string       `json:"not_included"`
	Deleted     []string       `json:"deleted"`
}

func describeCreated(created *backup.Created) describedBackup {
	m := created.Manifest
	return describedBackup{
		File: created.Path, Bytes: created.Bytes, Seconds: created.Took.Seconds(), CreatedAt: m.CreatedAt, Version: m.Version,
		Engine: m.Engine, Steps: m.Steps, Tables: m.Tables, Media: m.Media, NotIncluded: listed(m.NotIncluded),
		Deleted: listed(created.Deleted),
	}
}

// listed is the list, never null in JSON.
func listed[T any](list []T) []T { return append([]T{}, list...) }
