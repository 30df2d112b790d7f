package stock

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
		Name:       "stock",
		Tags:       []web.Tag{{Name: "stock", Description: "How many units lie where, and how they got there."}},
		Models:     []any{(*LedgerEntry)(nil), (*Movement)(nil), (*Level)(nil), (*TransferOrder)(nil), (*TransferLine)(nil), (*Reservation)(nil)},
		Checks:     []check.Check{s.ledgerCheck()},
		Commands:   []*cobra.Command{s.newLedgerCommand()},
		Operations: slices.Concat(s.placeOperations(), s.movementOperations(), s.transferOperations(), s.reservationOperations()),
	}
}
