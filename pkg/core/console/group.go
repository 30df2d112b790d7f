package console

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// suggestionDistance is how many letters may be wrong in a name that is meant.
const suggestionDistance = 2

// Group makes cmd one that only holds others: alone it shows its help; a name that is none of theirs is an error, which
// suggests those that are like it.
func Group(cmd *cobra.Command, members ...*cobra.Command) *cobra.Command {
	cmd.SuggestionsMinimumDistance = suggestionDistance
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return Unknown(cmd, args[0])
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(members...)
	return cmd
}

// Unknown is the error for a name that is none of a group's, in the words that cobra has for those directly below the
// program's name.
func Unknown(cmd *cobra.Command, name string) error {
	message := fmt.Sprintf("unknown command %q for %q", name, cmd.CommandPath())
	if similar := cmd.SuggestionsFor(name); len(similar) > 0 {
		message += "\n\nDid you mean this?\n\t" + strings.Join(similar, "\n\t")
	}
	return errors.New(message)
}
