package inventory

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

func (s *Service) newBackfillStoresCommand() *cobra.Command {
	dryRun := false
	cmd := &cobra.Command{
		Use: "backfill_collectible_stores", Args: cobra.NoArgs,
		Short:   "Put collectibles that lie in no store of their vendor into its oldest one",
		Example: "  omnistock backfill_collectible_stores --dry-run\n  omnistock backfill_collectible_stores",
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := console.Say(cmd)
			moved, left, err := s.backfillStores(cmd.Context(), dryRun)
			if err != nil {
				return err
			}
			prefix := ""
			if dryRun {
				prefix = "DRY-RUN "
			}
			if left > 0 {
				fmt.Fprintf(out, "%d collectibles skipped because vendor has no store.\n", left)
			}
			_, err = fmt.Fprintf(out, "%sBackfill complete. %d collectibles processed.\n", prefix, moved)
			return err
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done, and do nothing")
	return cmd
}

// backfillStores returns how many collectibles it put into a store, or would have put, and how many it could not
// because their vendor has none.
func (s *Service) backfillStores(ctx context.Context, dryRun bool) (moved, left int, err error) {
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		strays, err := selectStrays(ctx, tx)
		if err != nil {
			return err
		}
		moved, left = 0, 0
		for _, stray := range strays {
			if stray.HomeID == nil {
				left++
				continue
			}
			moved++
			if dryRun {
				continue
			}
			if err := updateStore(ctx, tx, stray.ID, *stray.HomeID); err != nil {
				return err
			}
			after := stray.Item
			after.StoreID = *stray.HomeID
			if err := s.stock.Enter(ctx, tx, stock.Transition{Before: stray.Item, After: after}); err != nil {
				return err
			}
		}
		return nil
	})
	return moved, left, err
}
