package overview

import (
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "overview",
		Tags:       []web.Tag{{Name: "inventory", Description: "What the stock of the vendor you work for is worth."}},
		Diagnoses:  s.diagnoses(),
		Commands:   []*cobra.Command{s.newSummaryCommand()},
		Operations: s.overviewOperations(),
	}
}
