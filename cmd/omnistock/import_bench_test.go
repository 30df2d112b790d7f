package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// mostMemory is what an import may take, whatever the length of the table.
const mostMemory = 150 // MB

// BenchmarkImport_command imports a table of a million cards by the program itself, and reports its peak memory.
func BenchmarkImport_command(b *testing.B) {
	const rows = 1_000_000
	table := filepath.Join(b.TempDir(), "stock.csv")
	if err := writeCards(table, rows); err != nil {
		b.Fatal(err)
	}
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				cmd, out := newShopProgram(b, engine).command(b, "import", "collectibles", table)
				start := time.Now()
				if err := cmd.Run(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
				b.ReportMetric(rows/time.Since(start).Seconds(), "rows/s")
				state := cmd.ProcessState
				b.ReportMetric(float64((state.UserTime()+state.SystemTime()).Microseconds())/rows, "cpu-µs/row")
				usage, _ := state.SysUsage().(*syscall.Rusage)
				peak := float64(usage.Maxrss) / 1000 // Linux counts in KiB
				if b.ReportMetric(peak, "peak-MB"); peak > mostMemory {
					b.Errorf("the import took %.0f MB, want %d at most", peak, mostMemory)
				}
			}
		})
	}
}

// writeCards writes a table of cards, as a shop has them.
func writeCards(path string, rows int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "sku,name,quantity,price,intake_price,category,condition,description,image_url,psa_grade,card_condition,language,release_date,external_ids,last_estimated_at")
	for i := range rows {
		fmt.Fprintf(w, "SKU-%06d,Dragon of the %d. Summit,%d,%d.50,4.00,TCG,Near Mint,\"First owner, from a smoke-free home.\","+
			"https://images.example/%d.jpg,9.5,Mint,English,1999-01-09,\"{\"\"tcg\"\": %d}\",2025-11-30T12:00:00.5Z\n", i, i, i%9+1, i%100, i, i)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}
