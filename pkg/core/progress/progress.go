package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Unknown is the total of a task whose end nobody knows before it is reached.
const Unknown = -1

// A Reporter shows tasks, one after the other. A nil Reporter shows nothing.
type Reporter struct {
	w    io.Writer
	bars bool
}

// New returns a reporter that shows bars if w is a terminal, and lines otherwise.
func New(w io.Writer) *Reporter {
	if file, ok := w.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return Bars(w)
	}
	return Lines(w)
}

// Bars returns a reporter that shows a bar while a task runs, and its line when it ended.
func Bars(w io.Writer) *Reporter { return &Reporter{w: w, bars: true} }

// Lines returns a reporter that shows the line of each task that ended.
func Lines(w io.Writer) *Reporter { return &Reporter{w: w} }

// A Task is what is under way. One goroutine at a time may use it.
type Task struct {
	reporter *Reporter
	name     string
	unit     string
	total    int64
	count    int64
	bar      *progressbar.ProgressBar // nil where there is none to show
}

// Start begins a task of so many units, such as "rows" or "bytes"; the total may be Unknown.
func (r *Reporter) Start(name, unit string, total int64) *Task {
	t := &Task{reporter: r, name: name, unit: unit, total: total}
	if r != nil && r.bars && total != 0 {
		t.bar = newBar(r.w, name, unit, total)
	}
	return t
}

func newBar(w io.Writer, name, unit string, total int64) *progressbar.ProgressBar {
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(name), progressbar.OptionSetWidth(20),
		progressbar.OptionShowBytes(unit == "bytes"), progressbar.OptionShowCount(), progressbar.OptionShowTotalBytes(total > 0), progressbar.OptionShowIts(),
		progressbar.OptionSetItsString(unit), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(total > 0), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
	)
	bar.StartWithoutRender() // else the time before the first Add does not count, and its rate is absurd
	return bar
}

// Add counts n units more.
func (t *Task) Add(n int64) {
	t.count += n
	if t.bar != nil {
		_ = t.bar.Add64(n) // more than the total is an error for the bar, and no reason to stop
	}
}

// Done ends the task, whether all of it was done or not, and leaves its line. It is for a defer.
func (t *Task) Done() {
	if t.bar != nil {
		_ = t.bar.Clear()
	}
	if t.reporter == nil {
		return
	}
	of := ""
	if t.count < t.total {
		of = fmt.Sprintf(" of %d", t.total)
	}
	fmt.Fprintf(t.reporter.w, "%s  %d%s %s\n", t.name, t.count, of, t.unit)
}
