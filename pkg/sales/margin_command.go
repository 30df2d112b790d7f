package sales

import (
	"strconv"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newMarginCommand() *cobra.Command {
	var sel selection
	asJSON := false
	cmd := &cobra.Command{
		Use: "margin", Short: "Tell what a vendor's sales earned, by store", Args: cobra.NoArgs,
		Long: `Tell what the sales of a vendor earned, less returns and voids, by store and currency: what was to be paid without tax, and
what the units cost.`,
		Example: "  omnistock sales margin --vendor ann-cards --since 2026-11-01\n  omnistock sales margin --vendor 1 --store 3 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			vendorID, f, err := s.find(cmd, sel)
			if err != nil {
				return err
			}
			list, err := s.margins(cmd.Context(), vendorID, f)
			if err != nil {
				return err
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), newStoreMarginResponses(list))
			}
			return console.WriteTable(cmd.OutOrStdout(), marginRows(list))
		},
	}
	sel.addFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

type storeMarginResponse struct {
	Store    int64  `json:"store"`
	Currency string `json:"currency"`
	marginResponse
}

func newStoreMarginResponses(list []StoreMargin) []storeMarginResponse {
	stores := make([]storeMarginResponse, len(list))
	for i, m := range list {
		stores[i] = storeMarginResponse{m.StoreID, m.Currency, newMarginResponse(m.Margin)}
	}
	return stores
}

func marginRows(list []StoreMargin) [][]string {
	rows := [][]string{{"STORE", "CURRENCY", "NET", "COST", "MARGIN"}}
	for _, m := range list {
		rows = append(rows, []string{
			strconv.FormatInt(m.StoreID, 10), m.Currency, m.Net.String(), m.Cost.String(), m.earned().String(),
		})
	}
	return rows
}
