package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/fixtures"
)

// newFixtureCommands are those that fill the database, and read it out.
func newFixtureCommands(c *commandLine, s *fixtures.Service) []*cobra.Command {
	return []*cobra.Command{
		newDumpDataCommand(c, s), newLoadDataCommand(c, s), newLoadDemoDataCommand(c, s), newSeedReferenceDataCommand(c),
	}
}

// say is where a command reports what it did.
func (c *commandLine) say(cmd *cobra.Command) io.Writer {
	if c.verbosity == 0 {
		return io.Discard
	}
	return cmd.OutOrStdout()
}

func newLoadDemoDataCommand(c *commandLine, s *fixtures.Service) *cobra.Command {
	var o fixtures.DemoOptions
	var force bool
	cmd := &cobra.Command{
		Use: "load_demo_data", Short: "Make a shop to try things out with", Args: cobra.NoArgs,
		Long: `Make an account for demonstrations, a vendor with three stores, and stock: cards, games, figures, sealed product. The
same seed makes the same shop. Where there is a demonstration already, nothing is changed unless --overwrite is given.

Everybody knows the password of that account: the command refuses on a server for others, which is one with PostgreSQL
and without DEBUG, unless --force is given.`,
		Example: "  omnistock load_demo_data --count 500\n  omnistock load_demo_data --overwrite --seed 7",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Count < 0 {
				return usageError{fmt.Errorf("count is 0 or more, not %d", o.Count)}
			}
			if !force && !c.settings.Embedded() && !c.settings.Debug {
				return errors.New("this would make an account with a known password on a server for others; --force does it")
			}
			shop, err := s.LoadDemo(cmd.Context(), o)
			if err != nil {
				return err
			}
			return sayDemo(c.say(cmd), shop, o)
		},
	}
	cmd.Flags().IntVar(&o.Count, "count", 50, "number of collectibles")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "number from which everything is drawn")
	cmd.Flags().BoolVar(&o.Overwrite, "overwrite", false, "delete the demonstration's stock, and nothing else, first")
	cmd.Flags().BoolVar(&force, "force", false, "do it on any server")
	return cmd
}

func sayDemo(w io.Writer, shop *fixtures.DemoShop, o fixtures.DemoOptions) error {
	if shop.Before > 0 && !o.Overwrite {
		_, err := fmt.Fprintf(w, "Demo data exists: %d collectibles. Nothing was changed; use --overwrite to replace them.\n", shop.Before)
		return err
	}
	if shop.Before > 0 {
		fmt.Fprintf(w, "Deleted %d collectibles of the demonstration.\n", shop.Before)
	}
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "Created %d collectibles:\n", o.Count)
	for _, category := range shop.Categories {
		fmt.Fprintf(table, "%d\t%s\t%d units\tworth %s\t\n", category.Items, category.Name, category.Units, category.Worth)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "Vendor %q with the stores %s.\n", shop.Vendor, strings.Join(shop.Stores, ", "))
	if !shop.NewAccount {
		fmt.Fprintf(w, "The account %s was there: its password is what it was.\n", fixtures.DemoUsername)
		return nil
	}
	fmt.Fprintf(w, "Account %s, password %s. It is for demonstrations: let no stranger reach a server that has it.\n",
		fixtures.DemoUsername, fixtures.DemoPassword)
	return nil
}
