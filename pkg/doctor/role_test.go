package doctor_test

import (
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/doctor"
)

// TestDiagnoses_withoutPermission makes them as a user who may read no table: what the catalog tells is told.
func TestDiagnoses_withoutPermission(t *testing.T) {
	url := dbtest.NewURL(t, dbtest.Postgres)
	bunDB := dbtest.Open(t, url)
	mustExec(t, bunDB, "DROP ROLE IF EXISTS doctor_test_nobody", "CREATE ROLE doctor_test_nobody", "DROP INDEX omnistock_collectible_sku")
	defer mustExec(t, bunDB, "DROP ROLE doctor_test_nobody")
	separator := "?"
	if strings.Contains(url, "?") {
		separator = "&"
	}
	msgs := diagnose(t, doctor.Options{DB: dbtest.Open(t, url+separator+"role=doctor_test_nobody")})
	denied, missing := 0, 0
	for _, m := range msgs {
		switch {
		case m.ID == check.DiagnosisFailed && strings.Contains(m.Text, "permission denied"):
			denied++
		case m.ID == "schema.W001":
			missing++
		}
	}
	if denied < 3 || missing != 1 || denied+missing != len(msgs) {
		t.Errorf("messages = %v", msgs)
	}
}
