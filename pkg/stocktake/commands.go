package stocktake

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newStocktakeCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "stocktake", Short: "List the stocktakes of a vendor, show the differences of one",
		Example: "  omnistock stocktake list --vendor ann-cards\n  omnistock stocktake show 12 --vendor ann-cards",
	}, s.newListCommand(), s.newShowCommand())
}

func (s *Service) newListCommand() *cobra.Command {
	var vendor string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the stocktakes of a vendor", Args: cobra.NoArgs,
		Long:    "List the stocktakes of a vendor, the newest first. Times are in UTC.",
		Example: "  omnistock stocktake list --vendor ann-cards\n  omnistock stocktake list --vendor 7 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			id, err := s.findVendor(cmd.Context(), vendor)
			if err != nil {
				return err
			}
			write := writeStocktakes
			if asJSON {
				write = writeStocktakesJSON
			}
			return write(cmd.OutOrStdout(), s.eachStocktake(cmd.Context(), id))
		},
	}
	addFlags(cmd, &vendor, &asJSON)
	return cmd
}

func (s *Service) newShowCommand() *cobra.Command {
	var vendor string
	var asJSON, all bool
	cmd := &cobra.Command{
		Use: "show ID", Short: "Show the differences of a stocktake", Args: cobra.ExactArgs(1),
		Long: `Show what was expected and what was counted of the collectibles of a stocktake that differ. Of one that is open, it is
what posting it now would enter into the ledger.`,
		Example: "  omnistock stocktake show 12 --vendor ann-cards\n  omnistock stocktake show 12 --vendor ann-cards --all --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := s.find(cmd.Context(), vendor, args[0])
			if err != nil {
				return err
			}
			write := writeDifferences
			if asJSON {
				write = writeDifferencesJSON
			}
			return write(cmd.OutOrStdout(), s.eachDifference(cmd.Context(), t, all))
		},
	}
	addFlags(cmd, &vendor, &asJSON)
	cmd.Flags().BoolVar(&all, "all", false, "also collectibles whose count agrees")
	return cmd
}

func addFlags(cmd *cobra.Command, vendor *string, asJSON *bool) {
	cmd.Flags().StringVar(vendor, "vendor", "", "slug or id of the vendor")
	cmd.Flags().BoolVar(asJSON, "json", false, "write JSON")
	_ = cmd.MarkFlagRequired("vendor") // fails for an unknown flag only
}

func (s *Service) findVendor(ctx context.Context, vendor string) (int64, error) {
	id, err := s.vendors.FindID(ctx, vendor)
	if core.KindOf(err) == core.NotFound {
		return 0, fmt.Errorf("there is no vendor of the slug or id %q", vendor)
	}
	return id, err
}

func (s *Service) find(ctx context.Context, vendor, id string) (*Stocktake, error) {
	vendorID, err := s.findVendor(ctx, vendor)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, console.Usage(fmt.Errorf("%q is no id of a stocktake", id))
	}
	t, err := selectStocktake(ctx, s.db, vendorID, n)
	if core.KindOf(err) == core.NotFound {
		return nil, fmt.Errorf("the vendor has no stocktake %d", n)
	}
	return t, err
}

// pageLength is how much a command reads at once.
const pageLength = 1000

// An each calls a function with one thing after the other, until it fails.
type each[T any] func(func(T) error) error

func (s *Service) eachStocktake(ctx context.Context, vendorID int64) each[*Stocktake] {
	return pages(func(last *Stocktake) ([]*Stocktake, error) {
		before := int64(0)
		if last != nil {
			before = last.ID
		}
		return selectStocktakes(ctx, s.db, vendorID, Filter{}, before, pageLength)
	})
}

func (s *Service) eachDifference(ctx context.Context, t *Stocktake, all bool) each[*Difference] {
	return pages(func(last *Difference) ([]*Difference, error) {
		after := int64(0)
		if last != nil {
			after = last.ItemID
		}
		return selectDifferences(ctx, s.db, t, all, after, pageLength)
	})
}

// pages goes through a list page by page; next gets the last one of the page before.
func pages[T any](next func(last *T) ([]*T, error)) each[*T] {
	return func(fn func(*T) error) error {
		for last := (*T)(nil); ; {
			page, err := next(last)
			if err != nil {
				return err
			}
			for _, one := range page {
				if err := fn(one); err != nil {
					return err
				}
			}
			if len(page) < pageLength {
				return nil
			}
			last = page[len(page)-1]
		}
	}
}

func writeStocktakes(w io.Writer, all each[*Stocktake]) error {
	rows := [][]string{{"ID", "OPENED", "STORE", "STATE", "CATEGORY", "CLOSED", "NOTE"}}
	err := all(func(t *Stocktake) error {
		category, closed := "-", "-"
		if t.Category != nil {
			category = *t.Category
		}
		if t.ClosedAt != nil {
			closed = t.ClosedAt.UTC().Format("2006-01-02 15:04")
		}
		rows = append(rows, []string{
			strconv.FormatInt(t.ID, 10), t.CreatedAt.UTC().Format("2006-01-02 15:04"), strconv.FormatInt(t.StoreID, 10), string(t.State),
			category, closed, t.Note,
		})
		return nil
	})
	if err != nil {
		return err
	}
	return console.WriteTable(w, rows)
}

func writeStocktakesJSON(w io.Writer, all each[*Stocktake]) error {
	list := console.NewJSONList(w)
	if err := all(func(t *Stocktake) error { return list.Add(newStocktakeResponse(t)) }); err != nil {
		return err
	}
	return list.End()
}

func writeDifferences(w io.Writer, all each[*Difference]) error {
	rows := [][]string{{"ITEM", "SKU", "EXPECTED", "COUNTED", "DIFFERENCE", "VALUE", "NAME"}}
	err := all(func(d *Difference) error {
		value := "-"
		if v := d.value(); v != nil {
			value = v.String()
		}
		rows = append(rows, []string{
			strconv.FormatInt(d.ItemID, 10), d.SKU, strconv.FormatInt(d.Expects, 10), strconv.Itoa(int(d.Counted)),
			fmt.Sprintf("%+d", d.units()), value, d.Name,
		})
		return nil
	})
	if err != nil {
		return err
	}
	return console.WriteTable(w, rows)
}

func writeDifferencesJSON(w io.Writer, all each[*Difference]) error {
	list := console.NewJSONList(w)
	if err := all(func(d *Difference) error { return list.Add(newDifferenceResponse(d)) }); err != nil {
		return err
	}
	return list.End()
}
