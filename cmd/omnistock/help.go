package main

import "github.com/spf13/cobra"

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
