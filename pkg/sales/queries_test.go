package sales_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// TestSell_asManyStatementsForManyLines: what a sale costs must not grow by statements for each line.
func TestSell_asManyStatementsForManyLines(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		lines := make([]string, 50)
		for i := range lines {
			s.add(t, fmt.Sprint("Q-", i), 9, "1.00")
			lines[i] = fmt.Sprintf(`{"sku": "Q-%d", "units": 1}`, i)
		}
		statements := func(n int) int {
			t.Helper()
			count := dbtest.Count(t, s.App.DB)
			s.sell(t, strings.Join(lines[:n], ", "), mustPay).Want(t, http.StatusCreated, "")
			return count()
		}
		few, many := statements(2), statements(50)
		if few != many || few > 16 {
			t.Errorf("%d statements for 2 lines, %d for 50", few, many)
		}
	})
}
