package costing

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name: "costing",
		Tags: []web.Tag{{Name: "costing", Description: "What stock cost, and what it is worth by that."}},
		Models: []any{
			(*Lot)(nil), (*Cost)(nil), (*costed)(nil), (*progress)(nil), (*Day)(nil), (*Acquisition)(nil), (*AcquisitionLine)(nil),
			(*Repack)(nil), (*RepackLine)(nil),
		},
		Commands:   []*cobra.Command{s.newValuationCommand()},
		Operations: slices.Concat(s.valuationOperations(), s.acquisitionOperations(), s.repackOperations()),
	}
}
