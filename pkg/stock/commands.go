package stock

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

func (s *Service) newLedgerCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "ledger", Short: "Prove that the stock is what its ledger says, show an item's movements, mend",
		Example: "  omnistock ledger verify --explain\n  omnistock ledger show BLK-1",
	}, s.newVerifyCommand(), s.newShowCommand(), s.newBalanceCommand())
}

func (s *Service) newVerifyCommand() *cobra.Command {
	var vendor string
	var explain, asJSON bool
	cmd := &cobra.Command{
		Use: "verify", Short: "Compare each quantity with the sum of its movements", Args: cobra.NoArgs,
		Long: `Compare the quantity of each item, and where it is, with the sum of its movements, and each movement with the one before
it. An item that is gone has to end with none. It looks at one moment, holds nobody up, and needs little memory.

Exit code 1 if anything does not add up.`,
		Example: "  omnistock ledger verify\n  omnistock ledger verify --vendor ann-cards --explain",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			vendorID, err := s.findVendor(ctx, vendor)
			if err != nil {
				return err
			}
			report, end := flawPrinter(cmd.OutOrStdout(), explain)
			if asJSON {
				list := console.NewJSONList(cmd.OutOrStdout())
				report, end = func(f Flaw) error { return list.Add(f) }, func(Verified) error { return list.End() }
			}
			done, err := s.Verify(ctx, vendorID, report)
			if err == nil {
				err = end(done)
			}
			if err == nil && done.Flaws > 0 {
				err = fmt.Errorf("the ledger does not add up for %d of %d items", done.Flaws, done.Items)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&vendor, "vendor", "", "only the vendor of this slug or id")
	cmd.Flags().BoolVar(&explain, "explain", false, "show the first movement of each item that does not go on from the one before")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// findVendor returns the id of a vendor by its slug or id, nil for "".
func (s *Service) findVendor(ctx context.Context, vendor string) (*int64, error) {
	if vendor == "" {
		return nil, nil //nolint:nilnil // all of them
	}
	id, err := s.vendors.FindID(ctx, vendor)
	if core.KindOf(err) == core.NotFound {
		return nil, fmt.Errorf("there is no vendor of the slug or id %q", vendor)
	}
	return &id, err
}

func flawPrinter(w io.Writer, explain bool) (report func(Flaw) error, end func(Verified) error) {
	report = func(f Flaw) error {
		line := fmt.Sprintf("item %d (%s): quantity %d, movements %d", f.ItemID, console.Printable(f.SKU), f.Quantity, f.Sum)
		if f.Quantity == f.Sum && f.Place != "" {
			line += ", but in " + f.Place
		}
		if b := f.Break; explain && b != nil {
			line += fmt.Sprintf("\n  movement %d: %d %+d is %d, not %d", b.MovementID, b.Before, b.Delta, b.Before+b.Delta, b.After)
		} else if explain {
			line += "\n  its movements go on from each other: the item was changed without one"
		}
		_, err := fmt.Fprintln(w, line)
		return err
	}
	return report, func(done Verified) error {
		if done.Flaws > 0 {
			return nil
		}
		_, err := fmt.Fprintf(w, "%d items, %d movements: all add up.\n", done.Items, done.Movements)
		return err
	}
}

func (s *Service) newBalanceCommand() *cobra.Command {
	return &cobra.Command{
		Use: "balance", Short: "Enter what was changed without a movement", Args: cobra.NoArgs,
		Long: `Enter what was changed without a movement, such as by hand on SQLite, as external movements, so that the ledger adds up
to what there is. Look at 'omnistock ledger verify' first: what is entered stays.`,
		Example: "  omnistock ledger verify --explain\n  omnistock ledger balance",
		RunE: func(cmd *cobra.Command, _ []string) error {
			n := 0
			err := db.InRecordedTx(cmd.Context(), s.db, func(ctx context.Context, tx bun.Tx) (err error) {
				n, err = s.BalanceAll(ctx, tx)
				return err
			})
			if err != nil {
				return fmt.Errorf("nothing was entered: %w", err)
			}
			_, err = fmt.Fprintf(console.Say(cmd), "Movements entered: %d\n", n)
			return err
		},
	}
}

func (s *Service) newShowCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "show SKU", Short: "Show the movements of an item", Args: cobra.ExactArgs(1),
		Long: `Show the movements of the item that has the SKU, or had it once, the oldest first. Times are in UTC. Items that are gone
are found, too.`,
		Example: "  omnistock ledger show BLK-1\n  omnistock ledger show BLK-1 --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			ms, err := s.movementsOf(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), newMovementList(ms))
			}
			return writeMovements(cmd.OutOrStdout(), ms)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func (s *Service) movementsOf(ctx context.Context, sku string) ([]*Movement, error) {
	ms, err := selectBySKU(ctx, s.db, sku)
	if err != nil || len(ms) > 0 {
		return ms, err
	}
	there, err := hasSKU(ctx, s.db, sku)
	if err == nil && !there {
		err = fmt.Errorf("no item has or had the SKU %q", sku)
	}
	return nil, err
}

func writeMovements(w io.Writer, ms []*Movement) error {
	rows := [][]string{{"ID", "TIME", "ITEM", "STORE", "KIND", "DELTA", "AFTER", "USER", "REASON", "REFERENCE"}}
	for _, m := range ms {
		user := "-"
		if m.UserID != nil {
			user = strconv.FormatInt(*m.UserID, 10)
		}
		reason := m.Reason
		if m.UndoesID != nil {
			reason += fmt.Sprintf(" (undoes %d)", *m.UndoesID)
		}
		rows = append(rows, []string{
			strconv.FormatInt(m.ID, 10), m.CreatedAt.UTC().Format("2006-01-02 15:04:05"), strconv.FormatInt(m.ItemID, 10),
			strconv.FormatInt(m.StoreID, 10), string(m.Kind), fmt.Sprintf("%+d", m.Delta), strconv.FormatInt(m.QuantityAfter, 10),
			user, reason, m.Reference,
		})
	}
	return console.WriteTable(w, rows)
}
