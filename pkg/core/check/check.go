package check

import (
	"context"
	"slices"
	"time"
)

// A Check looks at one thing.
type Check struct {
	ID     string   // such as database.E001; the id of its messages that have none, and of its own failure
	Tags   []string // by which an operator chooses checks
	Deploy bool     // it only makes sense for an installation that others reach

	// Run returns what is wrong, or nothing. It should end when ctx does.
	Run func(ctx context.Context) []Message
}

// A Message is one thing that is wrong.
type Message struct {
	Level  Level  `json:"level"`
	ID     string `json:"id"`
	Text   string `json:"text"`
	Hint   string `json:"hint,omitempty"`   // what to do about it
	Object string `json:"object,omitempty"` // what it is wrong with
}

// Options choose checks.
type Options struct {
	Tags    []string      // only checks with one of these tags; none means all checks
	Deploy  bool          // also the checks that are for deployments
	Timeout time.Duration // for each check; 10 seconds if it is 0
}

// wants reports whether the options choose the check.
func (o Options) wants(c Check) bool {
	if c.Deploy && !o.Deploy {
		return false
	}
	tagged := func(tag string) bool { return slices.Contains(c.Tags, tag) }
	return len(o.Tags) == 0 || slices.ContainsFunc(o.Tags, tagged)
}

// Tags returns the tags of the checks that the options choose, each once, in alphabetical order.
func Tags(checks []Check, opts Options) []string {
	var tags []string
	for _, c := range checks {
		if opts.wants(c) {
			tags = append(tags, c.Tags...)
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// Fails reports whether a message is at the level or above it.
func Fails(msgs []Message, level Level) bool {
	return slices.ContainsFunc(msgs, func(m Message) bool { return m.Level >= level })
}
