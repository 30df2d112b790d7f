package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
)

// baseline is where the repository keeps the document that clients were built against.
const baseline = "docs/openapi.json"

type openAPIFlags struct {
	file, format            string
	check, update, breaking bool
}

func newOpenAPICommand(c *commandLine) *cobra.Command {
	var f openAPIFlags
	cmd := &cobra.Command{
		Use: "openapi [baseline]", Aliases: []string{"spectacular"}, Short: "Write the OpenAPI document, or compare it",
		Long: `Write the OpenAPI document of the API. With --check, compare it with a baseline (` + baseline + ` if none is
named), list each difference, say whether it breaks clients, and exit with 1 if there is any.`,
		Example: "  omnistock openapi --file openapi.yaml --format yaml\n  omnistock openapi --check\n  omnistock openapi --update",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := baseline
			if len(args) > 0 {
				path = args[0]
			}
			switch {
			case f.check && f.update:
				return usageError{errors.New("either --check or --update")}
			case len(args) > 0 && !f.check && !f.update:
				return usageError{errors.New("a baseline goes with --check or --update")}
			case f.check:
				return checkOpenAPI(cmd, c.program.app, path, f.breaking)
			case f.update:
				f.file, f.format = path, "json"
			}
			return writeOpenAPI(cmd, c.program.app, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "file", "", "write to this file instead of the standard output")
	flags.StringVar(&f.format, "format", "json", "json or yaml (also openapi-json, openapi)")
	flags.BoolVar(&f.check, "check", false, "compare with a baseline; exit with 1 where they differ")
	flags.BoolVar(&f.breaking, "breaking", false, "with --check: exit with 1 only where clients break")
	flags.BoolVar(&f.update, "update", false, "make the document the new baseline")
	for _, name := range []string{"validate", "fail-on-warn", "color"} {
		flags.Bool(name, false, "accepted: the document is always valid, or the command fails")
	}
	return cmd
}

func writeOpenAPI(cmd *cobra.Command, a *app.App, f openAPIFlags) error {
	text, err := renderDocument(a, f.format)
	if err != nil {
		return err
	}
	if f.file == "" {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	return writeFile(f.file, text)
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

// writeFile replaces a file in one step: who reads it sees the old text or the new one.
func writeFile(path string, text []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = temporary.Write(text)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(temporary.Name()))
	}
	return nil
}

// readBaseline returns a baseline's text.
func readBaseline(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no baseline %s: 'omnistock openapi --update %[1]s' makes it", path)
	}
	return text, err
}
