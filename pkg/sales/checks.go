package sales

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// counterCheck compares the counter of each store with its last receipt. A database that does not answer, or lacks the
// table, is what other checks tell of.
func (s *Service) counterCheck() check.Check {
	return check.Check{ID: "sales.E001", Tags: []string{"database", "sales"}, Run: func(ctx context.Context) []check.Message {
		n, err := countDrift(ctx, s.db)
		if err != nil || n == 0 {
			return nil
		}
		return []check.Message{{
			Level: check.Error, Hint: "omnistock receipt verify shows all",
			Text: fmt.Sprintf("the last receipt of %d stores has another number than their counter", n),
		}}
	}}
}
