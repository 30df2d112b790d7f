package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// newCollectStaticCommand is for deploy scripts, which go on calling it.
func newCollectStaticCommand(c *commandLine) *cobra.Command {
	cmd := &cobra.Command{
		Use: "collectstatic", Short: "Nothing: all static files are in the program", Args: cobra.NoArgs,
		Example: "  omnistock collectstatic --noinput",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.say(cmd), "0 static files copied: they are embedded in the program.")
			return err
		},
	}
	for flag, short := range map[string]string{"clear": "c", "dry-run": "n", "link": "l"} {
		cmd.Flags().BoolP(flag, short, false, "accepted: there is nothing to do")
	}
	acceptNoInput(cmd)
	return cmd
}
