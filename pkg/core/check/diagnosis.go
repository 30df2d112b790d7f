package check

import (
	"cmp"
	"context"
	"errors"
	"time"
)

// DiagnosisFailed is the id of the message that says that a diagnosis could not be made.
const DiagnosisFailed = "doctor.W001"

const (
	diagnosisTime = 30 * time.Second // that a diagnosis may take unless Options say otherwise
	endingTime    = 2 * time.Second  // that it has to end then
)

// A Diagnosis is a check that looks at the state of a running installation, such as its rows and its disk, rather than at
// how it is set up. It may take its time, and it may fail: for want of a permission, or of a view of the database.
type Diagnosis struct {
	ID    string // as in Check
	Topic string // such as "data": the section of a report in which it stands

	// Run returns what is wrong, or why it can't tell.
	Run func(ctx context.Context) ([]Message, error)
}

// Diagnose makes the diagnoses, one after another, and returns their messages in that order. The timeout of the options is
// that of each, 30 seconds if it is 0; tags and deployment do not matter. One that fails or needs more time is a
// warning with the id DiagnosisFailed and what it does not tell as its object. One that panics, or hangs, is an error as
// in Run.
func Diagnose(ctx context.Context, diagnoses []Diagnosis, opts Options) (msgs []Message) {
	timeout := cmp.Or(opts.Timeout, diagnosisTime)
	for _, d := range diagnoses {
		msgs = append(msgs, runOne(ctx, d.check(timeout), timeout+endingTime)...)
	}
	return msgs
}

// check is the diagnosis as a check. Its limit of time comes before that of the check, which is an error.
func (d Diagnosis) check(timeout time.Duration) Check {
	return Check{ID: d.ID, Run: func(ctx context.Context) []Message {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		msgs, err := d.Run(ctx)
		if err == nil {
			return msgs
		}
		return append(msgs, d.failed(ctx, err, timeout))
	}}
}

func (d Diagnosis) failed(ctx context.Context, err error, timeout time.Duration) Message {
	m := Message{Level: Warning, ID: DiagnosisFailed, Object: d.ID, Text: "not diagnosed: " + err.Error()}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		m.Text, m.Hint = "not diagnosed: it takes more than "+timeout.String(), "give it more time: --timeout"
	}
	return m
}
