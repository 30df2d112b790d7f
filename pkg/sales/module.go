package sales

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "sales",
		Tags:       []web.Tag{{Name: "sales", Description: "What was sold, what came back, and the receipts."}},
		Models:     []any{(*Sale)(nil), (*Line)(nil), (*LineSerial)(nil), (*Tender)(nil), (*ReceiptCounter)(nil)},
		Checks:     []check.Check{s.counterCheck()},
		Commands:   []*cobra.Command{s.newSalesCommand(), s.newReceiptCommand()},
		Operations: slices.Concat(s.operations(), s.marginOperations()),
	}
}
