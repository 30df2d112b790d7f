package vendors

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

func (s *Service) newCreateDefaultStoresCommand() *cobra.Command {
	dryRun := false
	cmd := &cobra.Command{
		Use: "create_default_stores", Short: "Make a default store for each vendor that has no store", Args: cobra.NoArgs,
		Long:    `Make a default store for each vendor that has no store. It may be run again: there is nothing to do then.`,
		Example: "  omnistock create_default_stores --dry-run\n  omnistock create_default_stores",
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := console.Say(cmd)
			made, err := s.createDefaultStores(cmd.Context(), dryRun)
			if err != nil {
				return err
			}
			for _, v := range made {
				line := "Created default store for %s\n"
				if dryRun {
					line = "[DRY-RUN] Would create default store for %s\n"
				}
				fmt.Fprintf(out, line, v.Name)
			}
			suffix := ""
			if dryRun {
				suffix = " (dry-run)"
			}
			_, err = fmt.Fprintf(out, "Default store creation complete%s. %d stores.\n", suffix, len(made))
			return err
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be made, and make nothing")
	return cmd
}

// createDefaultStores returns the vendors that had no store, and makes one for each unless it only looks.
func (s *Service) createDefaultStores(ctx context.Context, dryRun bool) (vendors []*Vendor, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if vendors, err = selectVendorsWithoutStore(ctx, tx); err != nil || dryRun {
			return err
		}
		for _, v := range vendors {
			if err := insertDefaultStore(ctx, tx, newDefaultStore(v.ID, s.now())); err != nil {
				return err
			}
		}
		return nil
	})
	return vendors, err
}
