package backup_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

const (
	benchItems    = 100_000
	maxBackupRSS  = 150 << 20
	createCommand = "create" // what the test binary does to the path, instead of restoring it
)

// BenchmarkBackup backs a shop of 100,000 collectibles up and restores it on the same engine, each in a process of its
// own, which tells how much memory it takes.
func BenchmarkBackup(b *testing.B) {
	for _, engine := range engines {
		b.Run(engine, func(b *testing.B) {
			url := dbtest.NewURL(b, engine)
			addDemo(b, newSystem(b, dbtest.Open(b, url)), benchItems)
			for b.Loop() {
				path := b.TempDir() + "/shop.tar.zst"
				took, memory := runProcess(b, path, url, createCommand)
				archive := mustOpen(b, path)
				rows := 0.0
				for _, table := range archive.Manifest.Tables {
					rows += float64(table.Rows)
				}
				b.ReportMetric(rows, "rows")
				b.ReportMetric(float64(archive.Bytes)/1e6, "archive-MB")
				b.ReportMetric(rows/took.Seconds(), "backup-rows/s")
				b.ReportMetric(float64(memory)/1e6, "backup-MB")
				if memory > maxBackupRSS {
					b.Errorf("backup took %d bytes of memory, want at most %d", memory, maxBackupRSS)
				}
				took, memory = runProcess(b, path, dbtest.EmptyURL(b, engine), "")
				b.ReportMetric(rows/took.Seconds(), "restore-rows/s")
				b.ReportMetric(float64(memory)/1e6, "restore-MB")
				if memory > maxBackupRSS {
					b.Errorf("restore took %d bytes of memory, want at most %d", memory, maxBackupRSS)
				}
			}
		})
	}
}

// runProcess runs the test binary as restoreMain and returns how long it took, and the most memory that it took.
func runProcess(b *testing.B, path, database, command string) (took time.Duration, memory int64) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), restoreVariable+"="+path, restoreDatabase+"="+database, restoreMedia+"="+b.TempDir(), restoreCommand+"="+command)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	took = time.Since(start)
	peak := regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(out)
	if err != nil || peak == nil {
		b.Fatalf("%v: %s", err, out)
	}
	kilobytes, err := strconv.ParseInt(string(peak[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return took, kilobytes << 10
}
