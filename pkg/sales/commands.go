package sales

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newSalesCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "sales", Short: "List what was sold, and what it earned", Example: "  omnistock sales list --vendor ann-cards --since 2026-11-01",
	}, s.newListCommand(), s.newMarginCommand())
}

func (s *Service) newReceiptCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "receipt", Short: "Prove that receipts add up", Example: "  omnistock receipt verify",
	}, s.newVerifyCommand())
}

func (s *Service) newListCommand() *cobra.Command {
	var sel selection
	asJSON := false
	cmd := &cobra.Command{
		Use: "list", Short: "List sales, returns and voids of a vendor", Args: cobra.NoArgs,
		Long: `List the sales, returns and voids of a vendor, the newest first, without their lines. Times are in UTC. Amounts of returns
and voids are below 0.`,
		Example: "  omnistock sales list --vendor ann-cards --store 3\n  omnistock sales list --vendor 1 --since 2026-11-01 --until 2026-12-01 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			vendorID, f, err := s.find(cmd, sel)
			if err != nil {
				return err
			}
			if asJSON {
				list := console.NewJSONList(cmd.OutOrStdout())
				err = s.each(cmd.Context(), vendorID, f, func(sa *Sale) error { return list.Add(newSaleHeadResponse(sa)) })
				if err == nil {
					err = list.End()
				}
				return err
			}
			return s.writeTable(cmd.Context(), cmd.OutOrStdout(), vendorID, f)
		},
	}
	sel.addFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// A selection says by flags which documents a command is about.
type selection struct {
	vendor, since, until string
	store                int64
}

func (sel *selection) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&sel.vendor, "vendor", "", "the vendor of this slug or id (required)")
	cmd.Flags().Int64Var(&sel.store, "store", 0, "only those of the store of this id")
	cmd.Flags().StringVar(&sel.since, "since", "", "only those at this moment or later: 2026-11-01 or 2026-11-01T09:00:00Z")
	cmd.Flags().StringVar(&sel.until, "until", "", "only those before this moment")
}

// find returns the vendor and the filter that the flags of a command say.
func (s *Service) find(cmd *cobra.Command, sel selection) (vendorID int64, f Filter, err error) {
	if f.Since, err = parseMoment("since", sel.since); err == nil {
		f.Until, err = parseMoment("until", sel.until)
	}
	if err == nil && sel.vendor == "" {
		err = errors.New("--vendor is missing")
	}
	if err != nil {
		return 0, f, console.Usage(err)
	}
	if cmd.Flags().Changed("store") {
		f.StoreID = &sel.store
	}
	vendorID, err = s.findVendor(cmd.Context(), sel.vendor)
	return vendorID, f, err
}

// parseMoment reads a day, which begins at midnight in UTC, or a moment; nil for "".
func parseMoment(flag, text string) (*time.Time, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // any
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339Nano} {
		if t, err := time.Parse(layout, text); err == nil {
			t = t.UTC()
			return &t, nil
		}
	}
	return nil, fmt.Errorf("--%s: %q is neither a day such as 2026-11-01 nor a moment such as 2026-11-01T09:00:00Z", flag, text)
}

// findVendor returns the id of a vendor by its slug or id.
func (s *Service) findVendor(ctx context.Context, vendor string) (int64, error) {
	id, err := s.vendors.FindID(ctx, vendor)
	if core.KindOf(err) == core.NotFound {
		return 0, fmt.Errorf("there is no vendor of the slug or id %q", vendor)
	}
	return id, err
}

// eachPage is how many sales each reads at once.
const eachPage = 500

// each calls fn with a vendor's sales, the newest first.
func (s *Service) each(ctx context.Context, vendorID int64, f Filter, fn func(*Sale) error) error {
	for cursor, more := "", true; more; more = cursor != "" {
		list, next, err := s.page(ctx, vendorID, f, cursor, eachPage)
		if err != nil {
			return err
		}
		for _, sa := range list {
			if err := fn(sa); err != nil {
				return err
			}
		}
		cursor = next
	}
	return nil
}

func (s *Service) writeTable(ctx context.Context, w io.Writer, vendorID int64, f Filter) error {
	rows := [][]string{{"ID", "TIME", "STORE", "RECEIPT", "KIND", "CURRENCY", "TOTAL", "DISCOUNT", "TAX", "USER", "NOTE"}}
	err := s.each(ctx, vendorID, f, func(sa *Sale) error {
		user := "-"
		if sa.UserID != nil {
			user = strconv.FormatInt(*sa.UserID, 10)
		}
		rows = append(rows, []string{
			strconv.FormatInt(sa.ID, 10), sa.CreatedAt.UTC().Format(time.DateTime), strconv.FormatInt(sa.StoreID, 10),
			strconv.FormatInt(sa.ReceiptNumber, 10), string(sa.Kind), sa.Currency, sa.Total.String(), sa.Discount.String(), sa.Tax.String(), user, sa.Note,
		})
		return nil
	})
	if err != nil {
		return err
	}
	return console.WriteTable(w, rows)
}

func (s *Service) newVerifyCommand() *cobra.Command {
	var vendor string
	asJSON := false
	cmd := &cobra.Command{
		Use: "verify", Short: "Prove that receipts add up", Args: cobra.NoArgs,
		Long: `Prove of all receipts that the numbers of each store have no gap, that sums are those of lines and tenders, that each line
has its movement of stock (but for what came back of a deleted listing) and names no more pieces than units, and that no
more came back than was sold. It looks at one moment, and holds nobody up.

Exit code 1 if anything does not add up.`,
		Example: "  omnistock receipt verify\n  omnistock receipt verify --vendor ann-cards --json",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			vendorID := int64(0)
			if vendor != "" {
				if vendorID, err = s.findVendor(cmd.Context(), vendor); err != nil {
					return err
				}
			}
			flaws, receipts, err := s.Verify(cmd.Context(), vendorID)
			if err != nil {
				return err
			}
			if err := writeFlaws(cmd.OutOrStdout(), flaws, receipts, asJSON); err != nil {
				return err
			}
			if len(flaws) > 0 {
				return fmt.Errorf("receipts do not add up: %d flaws", len(flaws))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&vendor, "vendor", "", "only the vendor of this slug or id")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func writeFlaws(w io.Writer, flaws []Flaw, receipts int64, asJSON bool) error {
	if asJSON {
		return console.WriteJSON(w, append([]Flaw{}, flaws...))
	}
	for _, f := range flaws {
		place := fmt.Sprintf("store %d", f.StoreID)
		if f.Receipt != 0 {
			place += fmt.Sprintf(", receipt %d", f.Receipt)
		}
		if _, err := fmt.Fprintf(w, "%s: %s\n", place, f.What); err != nil {
			return err
		}
	}
	if len(flaws) > 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d receipts: all add up.\n", receipts)
	return err
}
