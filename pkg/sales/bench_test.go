package sales_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/sales"
)

// BenchmarkSell has 8 tills sell baskets of five lines out of 1000 items: sales a second, the 99th percentile of what one
// takes, and the time of processors that this process needs for it, which on SQLite is all there is.
func BenchmarkSell(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			s := newSystem(b, dbtest.Open(b, dbtest.NewURL(b, engine)))
			items := s.fill(b, 1000)
			before := processorTime(b)
			start := time.Now()
			took := s.sellFast(b, items)
			elapsed := time.Since(start)
			slices.Sort(took)
			b.ReportMetric(float64(len(took))/elapsed.Seconds(), "sales/s")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(len(took)), "cpu-µs/sale")
			s.mustVerify(b)
		})
	}
}

// fill puts a million units of so many items into the store, and has the engine count them, as PostgreSQL does by itself
// within a minute.
func (s *system) fill(b *testing.B, n int) (ids []int64) {
	b.Helper()
	for i := range n {
		ids = append(ids, s.add(b, fmt.Sprint("BENCH-", i), 1_000_000, "9.99"))
	}
	if _, err := s.App.DB.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	return ids
}

// sellFast makes b.N sales with 8 goroutines, and returns how long each took.
func (s *system) sellFast(b *testing.B, items []int64) (took []time.Duration) {
	b.Helper()
	const goroutines, lines = 8, 5
	took = make([]time.Duration, b.N)
	b.ResetTimer()
	var wait sync.WaitGroup
	for g := range goroutines {
		wait.Go(func() {
			for n := g; n < b.N; n += goroutines {
				key := fmt.Sprint("bench-", b.N, "-", n)
				r := sales.Request{StoreID: s.Store, ClientKey: &key, Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 100_00}}}
				for range lines {
					r.Lines = append(r.Lines, sales.LineRequest{ItemID: items[rand.IntN(len(items))], Units: 1})
				}
				start := time.Now()
				if _, _, err := s.Sales.Sell(s.Ctx, r); err != nil {
					b.Error(err)
				}
				took[n] = time.Since(start)
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	return took
}

// processorTime is how long processors worked for this process.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
