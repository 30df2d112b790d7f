package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/fixtures"
)

func newLoadDataCommand(c *commandLine, s *fixtures.Service) *cobra.Command {
	var format string
	var o fixtures.LoadOptions
	cmd := &cobra.Command{
		Use: "loaddata FILE...", Short: "Load fixtures into the database", Args: cobra.MinimumNArgs(1),
		Long: `Load fixtures in the JSON form of Django's dumpdata: a list of objects with model, pk and fields, or one object a line
(.jsonl). A pk that is there is updated, in all its fields; another one is inserted. An object without a pk is the row
with its natural key, if that is there. Objects refer to others by pk or by natural key. A name may lack its .json,
.jsonl or .gz; - is standard input.

All files are one transaction: if anything is wrong with one object, nothing is loaded. Tables that are only Django's,
such as its sessions, are not here: leave them out with --exclude sessions.`,
		Example: `  omnistock loaddata shop.json stock.json.gz
  ssh old-server ./manage.py dumpdata -e sessions | omnistock loaddata --format json -`,
		RunE: func(cmd *cobra.Command, names []string) error {
			stdin, err := fixtures.ParseFormat(format)
			if err != nil {
				return usageError{err}
			}
			sources, err := fixtureSources(names, cmd.InOrStdin(), stdin)
			if err != nil {
				return err
			}
			loaded, err := s.Load(cmd.Context(), sources, o)
			if err != nil {
				return fmt.Errorf("nothing was loaded: %w", err)
			}
			sayLoaded(c.say(cmd), loaded)
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", string(fixtures.JSON), "form of what standard input brings: json or jsonl")
	completeFlag(cmd, "format", "json", "jsonl")
	cmd.Flags().StringArrayVarP(&o.Exclude, "exclude", "e", nil, "app or app.Model to leave out; may be repeated")
	cmd.Flags().BoolVarP(&o.IgnoreUnknown, "ignorenonexistent", "i", false, "leave out models and fields that are not here")
	return cmd
}

func fixtureSources(names []string, in io.Reader, format fixtures.Format) ([]fixtures.Source, error) {
	sources := make([]fixtures.Source, len(names))
	var errs []error
	for i, name := range names {
		if name == "-" {
			sources[i] = fixtures.Stdin(in, format)
			continue
		}
		var err error
		sources[i], err = fixtures.File(name)
		errs = append(errs, err)
	}
	return sources, errors.Join(errs...)
}

// sayLoaded uses Django's words.
func sayLoaded(w io.Writer, loaded fixtures.Loaded) {
	of := ""
	if loaded.Ignored > 0 {
		of = fmt.Sprintf(" (of %d)", loaded.Objects+loaded.Ignored)
	}
	fmt.Fprintf(w, "Installed %d object(s)%s from %d fixture(s)\n", loaded.Objects, of, loaded.Fixtures)
}
