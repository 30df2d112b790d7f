package main

import (
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// completeFlag makes a shell offer the values of a flag.
func completeFlag(cmd *cobra.Command, flag string, values ...cobra.Completion) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
}

// addCompletion adds cobra's own command, with an error for a shell that it does not know.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Write a script that makes a shell complete commands, flags and their values"
		cmd.Long = cmd.Short + ". It works without a network and without a database."
		cmd.Example = "  source <(omnistock completion bash)\n  omnistock completion zsh > ~/.zfunc/_omnistock"
		for _, shell := range cmd.Commands() {
			shell.Example = "  omnistock completion " + shell.Name()
		}
		console.Group(cmd)
	}
}
