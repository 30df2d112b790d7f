package adoption

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// What Django does to its tables: each paragraph is a step, whose first line says what it does. The steps insert a row
// into each table, as Django's models do, then change and delete the rows in the order in which Django collects what goes
// along. New rows are known by the number that their table's sequence gave last.
var (
	//go:embed rollback/insert.sql
	insertSteps string
	//go:embed rollback/session.sql
	sessionSteps string
	//go:embed rollback/change.sql
	changeSteps string
)

// A Rollback tells whether Django could go on with a database.
type Rollback struct {
	Ready    bool     `json:"ready"` // no finding is an error
	Role     string   `json:"role"`  // as which all of it was tried: Django's own, preferably
	Heads    Heads    `json:"heads"`
	Passed   []string `json:"passed"`
	Findings Findings `json:"findings"`
}

// A step is something that Django does, in SQL.
type step struct{ name, sql string }

func parseSteps(text string) (steps []step) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		name, sql, _ := strings.Cut(paragraph, "\n")
		steps = append(steps, step{strings.TrimPrefix(name, "-- "), sql})
	}
	return steps
}

func (r *Rollback) pass(format string, args ...any) {
	r.Passed = append(r.Passed, fmt.Sprintf(format, args...))
}

// WriteText writes the answer for people.
func (r *Rollback) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Django's history is at %s. As the role %s:\n", r.Heads, r.Role)
	for _, name := range r.Passed {
		fmt.Fprintf(&b, "  %s... OK\n", name)
	}
	writeFindings(&b, "Errors: Django could not go on", r.Findings.At(Error))
	writeFindings(&b, "Warnings", r.Findings.At(Warning))
	if r.Ready {
		b.WriteString("\nDjango can go on with this database. All of it was rolled back; the ids of each table have a gap of one.\n")
	} else {
		b.WriteString("\nDjango cannot go on with this database as it is. All of it was rolled back.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
