package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// version is the program's own: make build sets it.
var version = "development"

func newVersionCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "version", Short: "Tell the version", Args: cobra.NoArgs,
		Example: "  omnistock version\n  omnistock version --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), describeBuild())
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), version)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON, with what the program was built from and by")
	return cmd
}

// describeBuild says what is known of the build: the commit and its time only where it was made in a repository.
func describeBuild() map[string]string {
	facts := map[string]string{
		"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return facts
	}
	names := map[string]string{"vcs.revision": "commit", "vcs.time": "commit_time", "vcs.modified": "modified"}
	for _, setting := range info.Settings {
		if name := names[setting.Key]; name != "" {
			facts[name] = setting.Value
		}
	}
	return facts
}

// writeJSON writes a value for programs to read.
func writeJSON(w io.Writer, value any) error {
	return console.WriteJSON(w, value)
}
