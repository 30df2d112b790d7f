package main

import (
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func newSeedReferenceDataCommand(c *commandLine) *cobra.Command {
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use: "seed_reference_data", Short: "Load the reference data that comes with the program", Args: cobra.NoArgs,
		Long: `Load eras, sets, sealed products, accessories, graders, and the axes of variants with their values, for everybody. Rows are
known by their slugs: those that are missing are made, those that differ from the program's are set right, all others are
left alone, and so is what vendors added. Deploy scripts may call it each time.`,
		Example: "  omnistock seed_reference_data\n  omnistock seed_reference_data --dry-run",
		RunE: func(cmd *cobra.Command, _ []string) error {
			tables, err := fixtures.Reference()
			if err != nil {
				return err
			}
			counts, err := c.program.Catalog.Load(cmd.Context(), tables, dryRun)
			if err != nil {
				return err
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), counts)
			}
			return catalog.WriteCounts(c.say(cmd), counts, dryRun)
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the counts as JSON")
	return cmd
}
