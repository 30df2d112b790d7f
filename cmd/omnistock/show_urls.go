package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// A shownURL is an operation of the API as programs read it.
type shownURL struct {
	Method    string `json:"method"`
	Path      string `json:"path"`
	Operation string `json:"operation"`
	Access    string `json:"access"`
	Module    string `json:"module"`
}

func (u shownURL) cells() []string {
	return []string{u.Method, u.Path, u.Operation, u.Access, u.Module}
}

// urlFormats are the values of --format.
var urlFormats = map[string]func(io.Writer, []shownURL) error{
	"table": writeURLTable, "dense": writeURLLines,
	"json": func(w io.Writer, urls []shownURL) error { return writeJSON(w, urls) },
}

func newShowURLsCommand(c *commandLine) *cobra.Command {
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show_urls", Short: "List what the API answers to", Args: cobra.NoArgs,
		Long: `List the operations of the API: method, path, id in the OpenAPI document, who may call it, and the module it is from.
It needs no database.

Access is open (anybody), public (anybody, but a token that is sent has to be good), login (an active account) or staff.
What an account may see and change is decided beyond that.`,
		Example: "  omnistock show_urls\n  omnistock show_urls --format dense | grep vendors",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				format = "json"
			}
			write := urlFormats[format]
			if write == nil {
				return usageError{fmt.Errorf("no format %q: table, dense or json", format)}
			}
			return write(cmd.OutOrStdout(), c.urls())
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, dense (separated by tabs, without a head) or json")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	completeFlag(cmd, "format", "table", "dense", "json")
	return cmd
}

func (c *commandLine) urls() (urls []shownURL) {
	for _, module := range c.program.app.Modules() {
		for i := range module.Operations {
			op := &module.Operations[i]
			urls = append(urls, shownURL{op.Method, op.Route(), op.ID, op.Access.String(), module.Name})
		}
	}
	return urls
}

func writeURLTable(w io.Writer, urls []shownURL) error {
	rows := [][]string{{"METHOD", "PATH", "OPERATION", "ACCESS", "MODULE"}}
	for _, u := range urls {
		rows = append(rows, u.cells())
	}
	return console.WriteTable(w, rows)
}

func writeURLLines(w io.Writer, urls []shownURL) error {
	for _, u := range urls {
		if _, err := fmt.Fprintln(w, strings.Join(u.cells(), "\t")); err != nil {
			return err
		}
	}
	return nil
}
