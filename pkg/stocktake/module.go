package stocktake

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "stocktake",
		Tags:       []web.Tag{{Name: "stocktakes", Description: "Counts of what lies in a store, while it goes on selling."}},
		Models:     []any{(*Stocktake)(nil), (*Line)(nil), (*Scan)(nil)},
		Commands:   []*cobra.Command{s.newStocktakeCommand()},
		Operations: slices.Concat(s.stocktakeOperations(), s.countOperations()),
	}
}
