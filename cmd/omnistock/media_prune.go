package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// defaultPruneAge is longer than any request takes.
const defaultPruneAge = 24 * time.Hour

func newMediaCommand(c *commandLine) *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "media", Short: "Look after the images", Example: "  omnistock media prune --dry-run",
	}, c.needsDatabase(newMediaPruneCommand(c)))
}

func newMediaPruneCommand(c *commandLine) *cobra.Command {
	var o storage.PruneOptions
	asJSON := false
	cmd := &cobra.Command{
		Use: "prune", Short: "Delete images that no record names",
		Long: `Delete stored images, with their thumbnails, that no record names: of uploads that failed, and what a crash left. Records
whose image is gone are listed. Only files with names that this program gives are touched, in the data folder and in the
bucket, if one is set up.

A bucket that another installation uses, too, looks to this one full of images that no record names: do not prune it.`,
		Example: "  omnistock media prune --dry-run\n  omnistock media prune --older-than 168h",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.OlderThan < time.Minute {
				return usageError{fmt.Errorf("older-than is a minute or more, not %s: an upload may be under way", o.OlderThan)}
			}
			o.Columns = c.program.app.Images()
			pruned, err := c.program.Images.Prune(cmd.Context(), c.program.db, o)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), describePruned(pruned, o.DryRun))
			}
			sayPruned(cmd.OutOrStdout(), c.say(cmd), pruned, o)
			return nil
		},
	}
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "delete nothing, only tell")
	cmd.Flags().DurationVar(&o.OlderThan, "older-than", defaultPruneAge, "leave younger files alone")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func sayPruned(out, said io.Writer, pruned *storage.Pruned, o storage.PruneOptions) {
	verb := "Deleted"
	if o.DryRun {
		verb = "Would delete"
	}
	size := int64(0)
	for _, object := range pruned.Orphans {
		size += object.Size
		fmt.Fprintf(said, "%s %s (%d bytes, %s)\n", verb, object.Key, object.Size, object.Modified.UTC().Format(time.DateOnly))
	}
	for _, missing := range pruned.Missing {
		fmt.Fprintf(out, "Missing: %s, named by %s %d (%s)\n", missing.Address, missing.Table, missing.ID, missing.Column)
	}
	fmt.Fprintf(said, "%s %d of %d files (%d bytes). Records name %d images, of which %d are missing.\n",
		verb, len(pruned.Orphans), pruned.Objects, size, pruned.Images, len(pruned.Missing))
	if pruned.Young > 0 {
		fmt.Fprintf(said, "%d files that no record names are younger than %s and stay.\n", pruned.Young, o.OlderThan)
	}
}

// A describedPruning is what media prune did, as programs read it.
type describedPruning struct {
	DryRun  bool              `json:"dry_run"`
	Objects int               `json:"objects"`
	Images  int               `json:"images"`
	Young   int               `json:"young"`
	Deleted []describedObject `json:"deleted"` // to be deleted, of a dry run
	Missing []describedRecord `json:"missing"`
}

type describedObject struct {
	Key      string    `json:"key"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
}

type describedRecord struct {
	Table   string `json:"table"`
	ID      int64  `json:"id"`
	Column  string `json:"column"`
	Address string `json:"address"`
}

func describePruned(pruned *storage.Pruned, dryRun bool) describedPruning {
	d := describedPruning{
		DryRun: dryRun, Objects: pruned.Objects, Images: pruned.Images, Young: pruned.Young,
		Deleted: []describedObject{}, Missing: []describedRecord{},
	}
	for _, object := range pruned.Orphans {
		d.Deleted = append(d.Deleted, describedObject{Key: object.Key, Bytes: object.Size, Modified: object.Modified.UTC()})
	}
	for _, missing := range pruned.Missing {
		d.Missing = append(d.Missing, describedRecord(missing))
	}
	return d
}
