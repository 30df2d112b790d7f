package adoption

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// A Difference is something in which a database is not what it should be.
type Difference struct {
	Subject string `json:"subject"` // such as "column users_user.email" or "index auth_group btree (name varchar_pattern_ops)"
	Want    string `json:"want"`    // "" where there should be no such thing
	Got     string `json:"got"`     // "" where the database has none
	Breaks  bool   `json:"breaks"`  // the program would fail on it; others make a query slower, or are nobody's business
}

// String tells the difference in one line.
func (d Difference) String() string {
	switch {
	case d.Got == "":
		return d.Subject + " is missing"
	case d.Want == "":
		return d.Subject + " is not one that omnistock knows"
	case d.Want == "valid":
		return d.Subject + " is not valid"
	}
	return fmt.Sprintf("%s is %s, not %s", d.Subject, d.Got, d.Want)
}

// breaks reports whether the program cannot live with the difference: with another column, key or constraint than it
// knows, or with one that must be given and that it does not know. A default does no harm.
func (d Difference) breaks() bool {
	if strings.HasPrefix(d.Subject, "index ") {
		return false
	}
	if d.Want != "" && strings.HasPrefix(d.Got, d.Want+" default ") {
		return false
	}
	return d.Want != "" || strings.HasPrefix(d.Subject, "column ") && strings.HasSuffix(d.Got, " not null")
}

// differences compares the tables of a PostgreSQL database with those of a state, and returns what differs in the order of
// the subjects. Tables that are not the state's, and indexes of ours, are left out.
func differences(ctx context.Context, idb bun.IDB, state State) (all []Difference, err error) {
	want, later := expected(currentCatalog), map[string]string{}
	if state == Older {
		want, later = expected(olderCatalog), want
	}
	got, err := readCatalog(ctx, idb)
	if err != nil {
		return nil, err
	}
	both := maps.Clone(want)
	maps.Copy(both, got)
	for _, subject := range slices.Sorted(maps.Keys(both)) {
		table := "table " + tableOf(subject)
		known, there := want[table] != "", got[table] != ""
		if d := (Difference{Subject: subject, Want: want[subject], Got: got[subject]}); d.Want != d.Got && known && (there || subject == table) {
			d.Breaks = d.breaks() || d.Want == "" && strings.HasPrefix(subject, "column ") && later[subject] != ""
			all = append(all, d)
		}
	}
	return all, nil
}

// expected reads what a state looks like.
func expected(catalog string) map[string]string {
	return facts(strings.Split(strings.TrimSpace(catalog), "\n"))
}

// tableOf returns the table that a subject is about.
func tableOf(subject string) string {
	_, rest, _ := strings.Cut(subject, " ")
	table, _, _ := strings.Cut(rest, " ")
	table, _, _ = strings.Cut(table, ".")
	return table
}
