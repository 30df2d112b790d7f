package overview

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newSummaryCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "summary", Short: "Compare the sums of the overview with the items, make them anew",
		Example: "  omnistock summary verify\n  omnistock summary rebuild",
	}, s.newVerifyCommand(), s.newRebuildCommand())
}

func (s *Service) newVerifyCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "verify", Short: "Compare the sums of the overview with the items", Args: cobra.NoArgs,
		Long: `Compare the sums from which the overview is made with the items. The database keeps them by itself; they can only be wrong
if somebody went past it, such as by loading tables without their triggers. It looks at one moment and holds nobody up.

Exit code 1 if anything differs.`,
		Example: "  omnistock summary verify\n  omnistock summary verify --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			drift, err := s.Verify(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				if drift == nil {
					drift = []Drift{}
				}
				err = console.WriteJSON(cmd.OutOrStdout(), drift)
			} else {
				err = writeDrift(cmd.OutOrStdout(), drift)
			}
			if err == nil && len(drift) > 0 {
				err = fmt.Errorf("%d sums differ: 'omnistock summary rebuild' mends them", len(drift))
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func writeDrift(w io.Writer, drift []Drift) error {
	if len(drift) == 0 {
		_, err := fmt.Fprintln(w, "The sums are those of the items.")
		return err
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	rows := [][]string{{"VENDOR", "STORE", "CATEGORY", "LEVEL", "ITEMS", "SUMMED", "UNITS", "SUMMED"}}
	for _, d := range drift {
		rows = append(rows, []string{
			number(d.VendorID), number(d.StoreID), d.Category, number(d.Level),
			number(d.Items), number(d.KeptItems), number(d.Units), number(d.KeptUnits),
		})
	}
	return console.WriteTable(w, rows)
}

func (s *Service) newRebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rebuild", Short: "Make the sums of the overview anew", Args: cobra.NoArgs,
		Long:    "Make the sums from which the overview is made anew, from the items. The server may go on serving.",
		Example: "  omnistock summary rebuild",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.Rebuild(cmd.Context()); err != nil {
				return fmt.Errorf("nothing was changed: %w", err)
			}
			_, err := fmt.Fprintln(console.Say(cmd), "The sums are those of the items.")
			return err
		},
	}
}
