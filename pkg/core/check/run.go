package check

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// Run runs the checks that the options choose, one after another, and returns their messages in that order. A check
// that panics, or does not end in time, is an error message of its own; one that ignores its context may go on in the
// background. Run fails only if a tag of the options is one that no check has.
func Run(ctx context.Context, checks []Check, opts Options) ([]Message, error) {
	known := Tags(checks, Options{Deploy: true})
	for _, tag := range opts.Tags {
		if !slices.Contains(known, tag) {
			return nil, fmt.Errorf("there is no system check with the %q tag", tag)
		}
	}
	var msgs []Message
	for _, c := range checks {
		if opts.wants(c) {
			msgs = append(msgs, runOne(ctx, c, cmp.Or(opts.Timeout, 10*time.Second))...)
		}
	}
	return msgs, nil
}

// runOne returns the messages of the check, or the one that says that it did not end in time.
func runOne(ctx context.Context, c Check, timeout time.Duration) []Message {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	done := make(chan []Message, 1)
	go func() { done <- runSafely(ctx, c) }()
	select {
	case msgs := <-done:
		return msgs
	case <-ctx.Done():
		return []Message{failure(c, "the check did not end: %v", context.Cause(ctx))}
	}
}

// runSafely returns the messages of the check with ids, or the one that says that it panicked.
func runSafely(ctx context.Context, c Check) (msgs []Message) {
	defer func() {
		if p := recover(); p != nil {
			msgs = []Message{failure(c, "the check panicked: %v", p)}
		}
	}()
	msgs = c.Run(ctx)
	for i := range msgs {
		msgs[i].ID = cmp.Or(msgs[i].ID, c.ID)
	}
	return msgs
}

func failure(c Check, format string, args ...any) Message {
	return Message{Level: Error, ID: c.ID, Text: fmt.Sprintf(format, args...)}
}
