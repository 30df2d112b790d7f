package adoption

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// shownCases is how many cases of a finding a person reads.
const shownCases = 10

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.headline())
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	r.writeServer(table)
	r.writeRows(table)
	r.writeTotals(table)
	r.writePasswords(table)
	r.writeSessions(table)
	_ = table.Flush() // a builder takes everything
	for _, group := range []struct {
		level   Level
		heading string
	}{{Error, "Errors: 'omnistock migrate' would fail"}, {Warning, "Warnings: mend these before or after"}, {Note, "Notes"}} {
		writeFindings(&b, group.heading, r.Findings.At(group.level))
	}
	fmt.Fprintf(&b, "\n%s\n", r.verdict())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) headline() string {
	switch r.State {
	case Empty:
		return "An empty database: there is nothing to take over."
	case Own:
		return "A database of omnistock's own, taken over or made by it: there is nothing to take over."
	case Current:
		return fmt.Sprintf("A database of Django's, at its last heads: %s.", r.Heads)
	case Older:
		return fmt.Sprintf("A database of Django's, of an older release: %s. Migrating moves it to users 0004, collectibles 0017.", r.Heads)
	}
	return "A database that cannot be taken over as it is."
}

// verdict is the last line.
func (r *Report) verdict() string {
	errors, warnings := len(r.Findings.At(Error)), len(r.Findings.At(Warning))
	switch {
	case errors > 0:
		return fmt.Sprintf("'omnistock migrate' would fail. Errors: %d, warnings: %d. Nothing was changed.", errors, warnings)
	case r.Seconds == 0:
		return fmt.Sprintf("'omnistock migrate' would succeed. Warnings: %d. Nothing was changed.", warnings)
	}
	return fmt.Sprintf("'omnistock migrate' would succeed, in about %s by the number of items, on two cores that do nothing else; --rehearse measures it.\n"+
		"Warnings: %d. Nothing was changed.", duration(r.Seconds), warnings)
}

func duration(seconds int64) string {
	const minute = 60
	if seconds < 2*minute {
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d minutes", (seconds+minute-1)/minute)
}

func (r *Report) writeServer(w io.Writer) {
	s := r.Server
	fmt.Fprintf(w, "\nServer\n  database\t%s, schema %s, %s\n  server\tPostgreSQL %s, %s\n  role\t%s\n",
		s.Database, s.Schema, megabytes(s.Bytes), s.Version, s.Encoding, s.Role)
}

func megabytes(n int64) string {
	const mb = 1 << 20
	return fmt.Sprintf("%d MB", (n+mb-1)/mb)
}

func (r *Report) writeRows(w io.Writer) {
	if len(r.Tables) == 0 {
		return
	}
	fmt.Fprint(w, "\nRows\n")
	for _, t := range r.Tables {
		fmt.Fprintf(w, "  %s\t%d\n", t.Name, t.Rows)
	}
}

func (r *Report) writeTotals(w io.Writer) {
	if t := r.Totals; t != nil {
		fmt.Fprintf(w, "\nTotals\n  units\t%s\n  prices\t%s\n  intake prices\t%s\n  projected prices\t%s\n", t.Units, t.Price, t.Intake, t.Projected)
	}
}

func (r *Report) writePasswords(w io.Writer) {
	if len(r.Passwords) == 0 {
		return
	}
	fmt.Fprint(w, "\nPasswords\n")
	for _, p := range r.Passwords {
		name, suffix := p.Algorithm, ""
		if p.Cost > 0 {
			name += fmt.Sprintf(", cost %d", p.Cost)
		}
		if p.TooCostly {
			suffix = ", too costly"
		}
		fmt.Fprintf(w, "  %s\t%d%s\n", name, p.Accounts, suffix)
	}
}

func (r *Report) writeSessions(w io.Writer) {
	if len(r.Sessions) == 0 {
		return
	}
	fmt.Fprint(w, "\nOther programs at the database now\n")
	for _, s := range r.Sessions {
		fmt.Fprintf(w, "  %s\n", console.Printable(s.String()))
	}
}

func writeFindings(w io.Writer, heading string, findings []Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", heading)
	for _, f := range findings {
		count := ""
		if f.Count > 0 {
			count = fmt.Sprintf(": %d", f.Count)
		}
		fmt.Fprintf(w, "- %s%s (%s)\n  %s\n", f.Text, count, f.ID, f.Hint)
		for _, line := range f.Cases[:min(len(f.Cases), shownCases)] {
			fmt.Fprintf(w, "    %s\n", console.Printable(line))
		}
		if more := f.Count - shownCases; more > 0 {
			fmt.Fprintf(w, "    and %d more (--json lists up to %d)\n", more, maxCases)
		}
	}
}
