package check

import (
	"fmt"
	"strings"
)

// MaxCases is how many cases a message names.
const MaxCases = 5

// A Case is one of the rows that a finding is about. A query for cases gives at most MaxCases of them.
type Case struct {
	Name  string // such as "item 7 (D-1)"
	Count int64  // of all cases, those among them that the query does not give
}

// Finding is the message about all cases, or nothing if there are none: the text with the names of the first ones and the
// number of the others.
func Finding(m Message, cases []Case) []Message {
	if len(cases) == 0 {
		return nil
	}
	var names []string
	for _, c := range cases {
		names = append(names, c.Name)
	}
	m.Text += ": " + strings.Join(names, ", ")
	if others := cases[0].Count - int64(len(cases)); others > 0 {
		m.Text += fmt.Sprintf(" and %d more", others)
	}
	return []Message{m}
}
