package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func newFlushExpiredCommand(c *commandLine) *cobra.Command {
	dryRun := false
	cmd := &cobra.Command{
		Use: "flushexpiredtokens", Aliases: []string{"clearsessions"}, Args: cobra.NoArgs,
		Short: "Delete tokens, sessions and remembered answers that expired",
		Long: `Delete refresh tokens that expired, with their entries of the blacklist; the answers that are remembered for requests
with an Idempotency-Key; and, where Django has a table for them, its sessions. Nobody is logged out by it. It works in
batches beside a server that runs: call it daily.`,
		Example: "  omnistock flushexpiredtokens --dry-run\n  omnistock flushexpiredtokens",
		RunE: func(cmd *cobra.Command, _ []string) error {
			verb := "Deleted"
			if dryRun {
				verb = "Would delete"
			}
			for _, kind := range c.program.expiring() {
				n, err := kind.deleted(cmd.Context(), dryRun)
				if err != nil {
					return fmt.Errorf("%ss: %w", kind.name, err)
				}
				fmt.Fprintf(c.say(cmd), "%s %s.\n", verb, count(int(n), "expired "+kind.name))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be deleted, and delete nothing")
	return cmd
}

// An expiring kind of rows is of no use from a moment on.
type expiring struct {
	name    string
	deleted func(ctx context.Context, onlyLook bool) (int64, error)
}

func (p *program) expiring() []expiring {
	return []expiring{
		{"refresh token", p.Users.DeleteExpiredTokens},
		{"remembered answer", p.Keys.DeleteExpired},
		{"session", p.Users.DeleteExpiredSessions},
	}
}
