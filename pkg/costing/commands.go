package costing

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newValuationCommand() *cobra.Command {
	var vendor, at string
	asJSON, rebuild := false, false
	cmd := &cobra.Command{
		Use: "valuation", Short: "Tell what a vendor's stock cost, now or at a moment", Args: cobra.NoArgs,
		Long: `Tell what lay in the stores of a vendor, and what it had cost: by the ledger, what came less what left, the oldest first
(FIFO). A day is looked at as it ended, in UTC.`,
		Example: "  omnistock valuation --vendor ann-cards\n  omnistock valuation --vendor ann-cards --at 2025-12-31 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			moment, ok := parseMoment(at, s.now())
			if !ok {
				return fmt.Errorf("--at: %q is neither a day, such as 2025-12-31, nor a moment, such as 2025-12-31T18:00:00Z", at)
			}
			id, err := s.vendors.FindID(cmd.Context(), vendor)
			if core.KindOf(err) == core.NotFound {
				return fmt.Errorf("there is no vendor of the slug or id %q", vendor)
			}
			if err != nil {
				return err
			}
			v, err := s.show(cmd.Context(), id, moment, rebuild)
			if err != nil {
				return err
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), newValuationResponse(v))
			}
			return console.WriteTable(cmd.OutOrStdout(), v.rows())
		},
	}
	cmd.Flags().StringVar(&vendor, "vendor", "", "the vendor's slug or id")
	cmd.Flags().StringVar(&at, "at", "", "a day, or a moment such as 2025-12-31T18:00:00Z (default now)")
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "forget what is worked out, and work it out anew, such as after old movements were loaded")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	if err := cmd.MarkFlagRequired("vendor"); err != nil {
		panic(err) // there is such a flag
	}
	return cmd
}

func (s *Service) show(ctx context.Context, vendorID int64, at time.Time, rebuild bool) (Valuation, error) {
	if rebuild {
		if err := s.Rebuild(ctx, vendorID); err != nil {
			return Valuation{}, err
		}
	}
	return s.valuate(ctx, vendorID, at)
}

func (v Valuation) rows() [][]string {
	row := func(name string, t Total) []string {
		return []string{name, strconv.FormatInt(t.Units, 10), t.Cost.String()}
	}
	rows := [][]string{{"STORE", "UNITS", "COST"}}
	for _, t := range v.Stores {
		rows = append(rows, row(strconv.FormatInt(t.StoreID, 10), t.Total))
	}
	if v.InTransit != (Total{}) {
		rows = append(rows, row("in transit", v.InTransit))
	}
	return append(rows, row("all", Total{v.Units + v.InTransit.Units, v.Cost + v.InTransit.Cost}))
}
