package progress_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// work counts four rows of a table in two steps.
func work(r *progress.Reporter, total int64) {
	task := r.Start("shelf", "rows", total)
	defer task.Done()
	task.Add(3)
	task.Add(1)
}

func TestLines_aTaskEndsWithALine(t *testing.T) {
	for total, want := range map[int64]string{
		4: "shelf  4 rows\n", 9: "shelf  4 of 9 rows\n", 2: "shelf  4 rows\n", progress.Unknown: "shelf  4 rows\n", 0: "shelf  4 rows\n",
	} {
		var out bytes.Buffer
		work(progress.New(&out), total)
		if out.String() != want {
			t.Errorf("of %d: %q, want %q", total, out.String(), want)
		}
	}
}

func TestBars_aTaskEndsWithALine(t *testing.T) {
	for _, total := range []int64{4, 9, progress.Unknown, 0} {
		var out bytes.Buffer
		work(progress.Bars(&out), total)
		bar, line, _ := strings.Cut(out.String(), "shelf  4")
		if total != 0 && !strings.Contains(bar, "shelf") {
			t.Errorf("of %d: no bar in %q", total, out.String())
		}
		if bar != "" && !strings.HasSuffix(bar, " \r") {
			t.Errorf("of %d: the bar is not cleared before the line: %q", total, out.String())
		}
		if !strings.HasSuffix(line, " rows\n") {
			t.Errorf("of %d: it ends with %q", total, line)
		}
	}
}

func TestBars_noneForWhatIsDoneAtOnce(t *testing.T) {
	var out bytes.Buffer
	task := progress.Bars(&out).Start("shelf", "rows", 4)
	task.Add(4)
	task.Done()
	if out.String() != "shelf  4 rows\n" {
		t.Errorf("out = %q", out.String())
	}
}

func TestBars_rateCountsFromTheStart(t *testing.T) {
	for _, total := range []int64{1e6, progress.Unknown} {
		var out bytes.Buffer
		task := progress.Bars(&out).Start("shelf", "rows", total)
		time.Sleep(300 * time.Millisecond)
		task.Add(3000)
		_, after, _ := strings.Cut(out.String(), "3000")
		of, after, _ := strings.Cut(after, ", ")
		rate := 0
		if _, err := fmt.Sscanf(after, "%d rows/s", &rate); err != nil || rate < 10 || rate > 10000 {
			t.Errorf("of %d: the rate in %q is %d: %v", total, out.String(), rate, err)
		}
		if want := map[int64]string{1e6: "/1000000"}[total]; of != want {
			t.Errorf("of %d: %q stands behind the count, want %q", total, of, want)
		}
	}
}

func TestReporter_nilShowsNothing(*testing.T) { work(nil, 4) }
