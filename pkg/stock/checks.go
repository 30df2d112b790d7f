package stock

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// ledgerCheck looks at a sample of the items, so that it is fast however many there are. A database that does not answer,
// or lacks the table, is what other checks tell of.
func (s *Service) ledgerCheck() check.Check {
	return check.Check{ID: "stock.E001", Tags: []string{"database", "stock"}, Run: func(ctx context.Context) []check.Message {
		n, err := countRecentDrift(ctx, s.db)
		if err != nil || n == 0 {
			return nil
		}
		return []check.Message{{
			Level: check.Error, Hint: "omnistock ledger verify --explain shows all, omnistock ledger balance mends",
			Text: fmt.Sprintf("the ledger does not add up to the quantity of %d of the items that moved last", n),
		}}
	}}
}
