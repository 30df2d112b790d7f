package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/fixtures"
)

func newDumpDataCommand(c *commandLine, s *fixtures.Service) *cobra.Command {
	var format, output string
	var o fixtures.DumpOptions
	cmd := &cobra.Command{
		Use: "dumpdata [app[.Model]...]", Short: "Write what the database holds, as fixtures",
		Long: `Write rows in the JSON form of Django's dumpdata, which loaddata reads here and there: all of Django's models that are
here, or those that are named. Each comes after those that it refers to, and all are as they were at one moment.

Django makes its content types and permissions itself: for a database of Django's, leave them out and use natural
keys, as in the example. The program's own tables (omnistock), which Django does not know, are written where they are
named. What is written holds password hashes and tokens: the file is closed to others.`,
		Example: `  omnistock dumpdata -o shop.json.gz
  omnistock dumpdata --natural-foreign --natural-primary -e contenttypes -e auth.permission -o for-django.json
  omnistock dumpdata collectibles.collectible --pks 4,7 --indent 2`,
		RunE: func(cmd *cobra.Command, names []string) (err error) {
			if o.Format, err = fixtures.ParseFormat(format); err != nil {
				return usageError{err}
			}
			if named, ok := fixtures.FormatOf(output); ok && !cmd.Flags().Changed("format") {
				o.Format = named
			}
			if o.Indent < 0 {
				return usageError{fmt.Errorf("indent is 0 or more, not %d", o.Indent)}
			}
			o.Labels = names
			if output == "" {
				_, err := dumpTo(cmd, s, cmd.OutOrStdout(), o)
				return err
			}
			dumped, err := dumpToFile(cmd, s, output, o)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.say(cmd), "Dumped %s of %s to %s\n", count(dumped.Objects, "object"), count(dumped.Models, "model"), output)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&format, "format", string(fixtures.JSON), "json, or jsonl: one object a line; by default what the name of the file says")
	completeFlag(cmd, "format", "json", "jsonl")
	flags.IntVar(&o.Indent, "indent", 0, "spaces by which to indent; 0 writes an object in one line")
	flags.StringArrayVarP(&o.Exclude, "exclude", "e", nil, "app or app.Model to leave out; may be repeated")
	flags.BoolVar(&o.NaturalForeign, "natural-foreign", false, "refer to accounts, groups, permissions and content types by natural key")
	flags.BoolVar(&o.NaturalPrimary, "natural-primary", false, "leave out the pks of those")
	flags.Int64SliceVar(&o.PKs, "pks", nil, "pks of the one model that is named, with commas between them")
	flags.Lookup("pks").DefValue = "" // the help would show []
	flags.StringVarP(&output, "output", "o", "", "file to write, compressed if its name ends in .gz")
	flags.BoolP("all", "a", false, "Django's flag for rows that its managers hide; here nothing is hidden")
	return cmd
}

func dumpTo(cmd *cobra.Command, s *fixtures.Service, w io.Writer, o fixtures.DumpOptions) (fixtures.Dumped, error) {
	buffered := bufio.NewWriter(w)
	dumped, err := s.Dump(cmd.Context(), buffered, o)
	return dumped, errors.Join(err, buffered.Flush())
}

// unwritten are compressions that Django knows.
var unwritten = []string{".bz2", ".xz", ".lzma"}

// dumpToFile lets nobody see a file that is half written.
func dumpToFile(cmd *cobra.Command, s *fixtures.Service, path string, o fixtures.DumpOptions) (dumped fixtures.Dumped, err error) {
	if suffix := filepath.Ext(path); slices.Contains(unwritten, suffix) {
		return dumped, usageError{fmt.Errorf("%s is not written here: .gz is", suffix)}
	}
	err = replaceFile(path, 0o600, func(w io.Writer) (err error) {
		if !strings.HasSuffix(path, ".gz") {
			dumped, err = dumpTo(cmd, s, w, o)
			return err
		}
		packed := gzip.NewWriter(w)
		dumped, err = dumpTo(cmd, s, packed, o)
		return errors.Join(err, packed.Close())
	})
	return dumped, err
}
