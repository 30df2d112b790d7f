package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func newVersionCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "version", Short: "Tell the version", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !asJSON {
				cmd.Println(version)
				return nil
			}
			facts := map[string]string{"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH}
			if info, ok := debug.ReadBuildInfo(); ok {
				facts["module"] = info.Main.Path
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(facts)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// newHelpCommand is cobra's, with an error for a command that is not there.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [command]", Short: "Explain a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, _, err := cmd.Root().Find(args)
			if err != nil {
				return usageError{trimmed(err)}
			}
			return found.Help()
		},
	}
}

func newSecretKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "generate_secret_key", Short: "Print a new secret key for DJANGO_SECRET_KEY", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), config.NewSecret().Reveal())
			return err
		},
	}
}

func newCollectStaticCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "collectstatic", Short: "Nothing: all static files are in the program", Args: cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			cmd.Println("0 static files copied: they are embedded in the program.")
		},
	}
	acceptNoInput(cmd)
	return cmd
}
