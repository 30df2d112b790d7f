package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// A doctorReport is what doctor found, as programs read it.
type doctorReport struct {
	Sections  []doctorSection `json:"sections"`
	Diagnoses int             `json:"diagnoses"` // that were made, beside the checks
	Skipped   string          `json:"skipped,omitempty"`
	Seconds   float64         `json:"seconds"`
}

type doctorSection struct {
	Title    string          `json:"title"`
	Skipped  string          `json:"skipped,omitempty"` // why nobody looked
	Messages []check.Message `json:"issues"`
}

func (r *doctorReport) messages() (all []check.Message) {
	for _, s := range r.Sections {
		all = append(all, s.Messages...)
	}
	return all
}

// drop leaves out what is below the level.
func (r *doctorReport) drop(below check.Level) {
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Messages = slices.DeleteFunc(s.Messages, func(m check.Message) bool { return m.Level < below })
	}
}

// write writes the report for people: what is wrong, worst first within each section, to out, and what is good to said.
func (r *doctorReport) write(out, said io.Writer) error {
	var b strings.Builder
	for _, s := range r.Sections {
		switch {
		case len(s.Messages) > 0:
			b.WriteString(s.Title + "\n")
			s.writeMessages(&b)
		case s.Skipped == "":
			fmt.Fprintf(said, "%s: good\n", s.Title)
		}
		if s.Skipped != "" {
			fmt.Fprintf(&b, "%s: not diagnosed, %s\n", s.Title, s.Skipped)
		}
		if _, err := io.WriteString(out, b.String()); err != nil {
			return err
		}
		b.Reset()
	}
	if r.Skipped != "" {
		fmt.Fprintf(out, "Not diagnosed: %s\n", r.Skipped)
	}
	_, err := fmt.Fprintf(said, "\n%s. %d diagnoses and the checks took %.1f s.\n", r.summary(), r.Diagnoses, r.Seconds)
	return err
}

func (s doctorSection) writeMessages(b *strings.Builder) {
	msgs := slices.Clone(s.Messages)
	slices.SortStableFunc(msgs, func(a, b check.Message) int { return cmp.Compare(b.Level, a.Level) })
	for _, m := range msgs {
		text := m.Text
		if m.Object != "" {
			text = m.Object + ": " + text
		}
		fmt.Fprintf(b, "  %-8s  %s (%s)\n", strings.ToUpper(m.Level.String()), strings.ReplaceAll(text, "\n", "\n            "), m.ID)
		if m.Hint != "" {
			fmt.Fprintf(b, "            HINT: %s\n", m.Hint)
		}
	}
}

// summary counts the messages by their levels, worst first.
func (r *doctorReport) summary() string {
	var parts []string
	for _, level := range []check.Level{check.Critical, check.Error, check.Warning, check.Info, check.Debug} {
		n := 0
		for _, m := range r.messages() {
			if m.Level == level {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, count(n, strings.ReplaceAll(level.String(), "info", "note")))
		}
	}
	if len(parts) == 0 {
		return "Nothing is wrong"
	}
	return "Found " + strings.Join(parts, ", ")
}
