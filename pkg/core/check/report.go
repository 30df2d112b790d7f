package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteReport writes the messages for people, in the layout of Django's check command. Where a message is at the fail
// level or above it, the report starts with "SystemCheckError".
func WriteReport(w io.Writer, msgs []Message, fail Level) error {
	var b strings.Builder
	if Fails(msgs, fail) {
		b.WriteString("SystemCheckError: ")
	}
	if len(msgs) > 0 {
		b.WriteString("System check identified some issues:\n")
	}
	for _, group := range levels {
		writeGroup(&b, group.heading, withLevel(msgs, group.level))
	}
	if len(msgs) > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "System check identified %s (0 silenced).\n", count(len(msgs)))
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteJSON writes the messages for programs: {"issues": [{"level", "id", "text", "hint", "object"}]}, worst first.
func WriteJSON(w io.Writer, msgs []Message) error {
	issues := slices.Clone(msgs)
	slices.SortStableFunc(issues, func(a, b Message) int { return cmp.Compare(b.Level, a.Level) })
	if issues == nil {
		issues = []Message{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string][]Message{"issues": issues})
}

func writeGroup(b *strings.Builder, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	fmt.Fprintf(b, "\n%s:\n%s\n", heading, strings.Join(lines, "\n"))
}

// withLevel returns the messages of the level, formatted.
func withLevel(msgs []Message, level Level) []string {
	var lines []string
	for _, m := range msgs {
		if m.Level == level {
			lines = append(lines, m.String())
		}
	}
	return lines
}

// String returns the message as a report shows it.
func (m Message) String() string {
	line := fmt.Sprintf("%s: (%s) %s", cmp.Or(m.Object, "?"), m.ID, m.Text)
	if m.Hint != "" {
		line += "\n\tHINT: " + m.Hint
	}
	return line
}

func count(n int) string {
	switch n {
	case 0:
		return "no issues"
	case 1:
		return "1 issue"
	}
	return fmt.Sprintf("%d issues", n)
}
