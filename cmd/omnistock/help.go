package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// newHelpCommand is cobra's, with an error for a command that is not there.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [command]", Short: "Explain a command",
		Example: "  omnistock help migrate\n  omnistock help user list",
		RunE: func(cmd *cobra.Command, names []string) error {
			found, rest, err := cmd.Root().Find(names)
			if err == nil && len(rest) > 0 {
				err = console.Unknown(found, rest[0])
			}
			if err != nil {
				return usageError{trimmed(err)}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, names []string, start string) (found []cobra.Completion, d cobra.ShellCompDirective) {
			group, rest, err := cmd.Root().Find(names)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, member := range group.Commands() {
				if member.IsAvailableCommand() && strings.HasPrefix(member.Name(), start) {
					found = append(found, cobra.CompletionWithDesc(member.Name(), member.Short))
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp
		},
	}
}
