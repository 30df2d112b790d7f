package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
)

// baseline is where the repository keeps the document that clients were built against.
const baseline = "docs/openapi.json"

type openAPIFlags struct {
	file, format                  string
	check, diff, update, breaking bool
}

func newOpenAPICommand(c *commandLine) *cobra.Command {
	var f openAPIFlags
	cmd := &cobra.Command{
		Use: "openapi [baseline]", Aliases: []string{"spectacular"}, Short: "Write the OpenAPI document, or compare it",
		Long: `Write the OpenAPI document of the API. With --check, compare it with a baseline (` + baseline + ` if none is
named), list each difference, say whether it breaks clients, and exit with 1 if there is any; --diff only lists.`,
		Example: "  omnistock openapi --file openapi.yaml\n  omnistock openapi --check\n  omnistock openapi --update",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(args); err != nil {
				return usageError{err}
			}
			path := baseline
			if len(args) > 0 {
				path = args[0]
			}
			switch {
			case f.check:
				return c.checkOpenAPI(cmd, path, f.breaking)
			case f.diff:
				if err := c.checkOpenAPI(cmd, path, false); !errors.Is(err, errReported) {
					return err
				}
				return nil
			case f.update:
				return c.writeOpenAPI(cmd, path, "json")
			}
			return c.writeOpenAPI(cmd, f.file, f.chooseFormat(cmd.CalledAs()))
		},
	}
	f.define(cmd)
	return cmd
}

func (f *openAPIFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.file, "file", "", "write to this file instead of the standard output")
	flags.StringVar(&f.format, "format", "", "json or yaml, also openapi-json or openapi (default that of the file's name, else json)")
	flags.BoolVar(&f.check, "check", false, "compare with a baseline; exit with 1 where they differ")
	flags.BoolVar(&f.diff, "diff", false, "compare with a baseline; exit with 0 also where they differ")
	flags.BoolVar(&f.breaking, "breaking", false, "with --check: exit with 1 only where clients break")
	flags.BoolVar(&f.update, "update", false, "make the document the new baseline")
	completeFlag(cmd, "format", "json", "yaml", "openapi-json", "openapi")
	for _, name := range []string{"validate", "fail-on-warn", "color"} {
		flags.Bool(name, false, "accepted: the document is always valid, or the command fails")
	}
}

func (f *openAPIFlags) validate(args []string) error {
	switch {
	case f.check && f.update, f.check && f.diff, f.diff && f.update:
		return errors.New("either --check, --diff or --update")
	case (f.check || f.diff || f.update) && f.file+f.format != "":
		return errors.New("--file and --format are for writing the document, without --check, --diff and --update")
	case len(args) > 0 && !f.check && !f.diff && !f.update:
		return errors.New("a baseline goes with --check, --diff or --update")
	case f.breaking && !f.check:
		return errors.New("--breaking goes with --check")
	}
	return nil
}

// chooseFormat is the format asked for, or else the one that the file's name says, or else what the command of that
// name has always written: drf-spectacular's is YAML.
func (f *openAPIFlags) chooseFormat(calledAs string) string {
	switch extension := filepath.Ext(f.file); {
	case f.format != "":
		return f.format
	case extension == ".json":
		return "json"
	case extension == ".yaml", extension == ".yml", calledAs == "spectacular":
		return "yaml"
	}
	return "json"
}

// writeOpenAPI writes to the file, or, where that is empty, to the standard output.
func (c *commandLine) writeOpenAPI(cmd *cobra.Command, file, format string) error {
	text, err := renderDocument(c.program.app, format)
	if err != nil {
		return err
	}
	if file == "" {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	return writeFile(file, text)
}

// renderDocument gives the document with its keys in order, so that equal documents are equal texts.
func renderDocument(a *app.App, format string) ([]byte, error) {
	doc, err := a.Document()
	if err != nil {
		return nil, err
	}
	switch format {
	case "json", "openapi-json":
	case "yaml", "openapi":
		return app.DocumentYAML(doc)
	default:
		return nil, usageError{fmt.Errorf("no format %q: json or yaml", format)}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, text, "", "  "); err != nil {
		return nil, err
	}
	return append(pretty.Bytes(), '\n'), nil
}
