package domainstest

import (
	"testing"

	"github.com/omni-stock/omnistock/pkg/stock"
)

// Number is what a query returns.
func (s *Shop) Number(t testing.TB, query string, args ...any) (n int64) {
	t.Helper()
	s.Scan(t, &n, query, args...)
	return n
}

// Scan puts what a query returns where dest points to.
func (s *Shop) Scan(t testing.TB, dest any, query string, args ...any) {
	t.Helper()
	if err := s.App.DB.NewRaw(query, args...).Scan(t.Context(), dest); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// MustExec carries a statement out.
func (s *Shop) MustExec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.App.DB.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// Quantity is that of an item in its own store.
func (s *Shop) Quantity(t testing.TB, item int64) int64 {
	t.Helper()
	return s.Number(t, "SELECT quantity FROM collectibles_collectible WHERE id = ?", item)
}

// SetPermissions writes what everybody with access to a store may do there beside their role.
func (s *Shop) SetPermissions(t testing.TB, document string) {
	t.Helper()
	s.MustExec(t, "UPDATE collectibles_storeaccess SET permissions = ?", document)
}

// MustVerify fails the test unless the ledger adds up.
func (s *Shop) MustVerify(t testing.TB) {
	t.Helper()
	_, err := s.Stock.Verify(t.Context(), nil, func(f stock.Flaw) error {
		t.Errorf("the ledger does not add up: %+v", f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
