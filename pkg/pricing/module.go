package pricing

import (
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "pricing",
		Tags:       []web.Tag{{Name: "prices", Description: "What items are offered and sold for, and where."}},
		Models:     []any{(*Observation)(nil)},
		Commands:   []*cobra.Command{newImportCommand(s)},
		Operations: s.priceOperations(),
	}
}
