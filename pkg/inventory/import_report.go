package inventory

import (
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

// An ImportPlan is what an import is about to do, known when the header was read.
type ImportPlan struct {
	About  sheet.About
	Uses   []HeaderUse
	Vendor string // slug
	Store  string // slug of the store of new items whose row names none; "" if each row has to
}

// An ImportReport says what an import did, or would do.
type ImportReport struct {
	Created   int64
	Changed   int64
	Unchanged int64
	Failed    int64
	// LastRow is the last row that was looked at: what comes up to it is done, and a further import may start behind.
	LastRow int
	// Interrupted says that the import ended before the table did, because its context did.
	Interrupted bool
}

// Rows is how many rows were looked at.
func (r *ImportReport) Rows() int64 { return r.Created + r.Changed + r.Unchanged + r.Failed }

// An ImportAction is what becomes of a row.
type ImportAction string

// The actions.
const (
	ActionCreate ImportAction = "create"
	ActionChange ImportAction = "change"
	ActionNone   ImportAction = "none"
)

// A RowResult is what an import does for a row, or would do.
type RowResult struct {
	Row     int
	SKU     string
	Action  ImportAction
	Changes []ValueChange
}

// A ValueChange is one field of an item that is there, as tables show it.
type ValueChange struct{ Column, Before, After string }

// A BadRow is a row that was not taken, and why.
type BadRow struct {
	Row      int
	SKU      string
	Problems []CellProblem
	Cells    []string // the row as it was read
}

// A CellProblem is what is wrong under one header; "" for the row as a whole.
type CellProblem struct{ Column, Reason string }

// columnsAndReasons are the problems in two texts.
func (b *BadRow) columnsAndReasons() (columns, reasons string) {
	var names, texts []string
	for _, problem := range b.Problems {
		if problem.Column != "" {
			names = append(names, problem.Column)
			problem.Reason = problem.Column + ": " + problem.Reason
		}
		texts = append(texts, problem.Reason)
	}
	return strings.Join(names, ", "), strings.Join(texts, "; ")
}
