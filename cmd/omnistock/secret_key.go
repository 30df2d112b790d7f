package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func newSecretKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "generate_secret_key", Short: "Print a new secret key for DJANGO_SECRET_KEY", Args: cobra.NoArgs,
		Example: "  export DJANGO_SECRET_KEY=\"$(omnistock generate_secret_key)\"",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), config.NewSecret().Reveal())
			return err
		},
	}
}
