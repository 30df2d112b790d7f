package adoption

import (
	"fmt"
	"slices"
)

// A Report is what an operator wants to know of a database before it is taken over, or given back. It holds neither
// passwords nor their hashes.
type Report struct {
	Ready       bool            `json:"ready"` // 'omnistock migrate' would succeed: no finding is an error
	State       State           `json:"state"` // "" for a database that cannot be migrated
	Heads       Heads           `json:"heads"`
	Server      Server          `json:"server"`
	Seconds     int64           `json:"seconds"` // that migrating may take: see estimate
	Differences []Difference    `json:"differences"`
	Tables      []Table         `json:"tables"`
	Totals      *Totals         `json:"totals"` // nil where the tables are not there
	Passwords   []PasswordCount `json:"passwords"`
	Sessions    []Session       `json:"sessions"` // of other programs
	Findings    Findings        `json:"findings"`
}

// A Server is the database as a whole, and what the role that asks may do there.
type Server struct {
	Database  string `json:"database" bun:"database"`
	Schema    string `json:"schema" bun:"schema"` // "" where the role sees none
	Role      string `json:"role" bun:"role"`
	Version   string `json:"version" bun:"version"` // such as "15.18"
	Number    int    `json:"-" bun:"number"`        // such as 150018
	Bytes     int64  `json:"bytes" bun:"bytes"`
	Encoding  string `json:"encoding" bun:"encoding"`
	CType     string `json:"ctype" bun:"ctype"` // the locale that says what a capital letter is
	Replica   bool   `json:"replica" bun:"replica"`
	ReadOnly  bool   `json:"read_only" bun:"read_only"`                 // default_transaction_read_only
	Timeout   string `json:"statement_timeout" bun:"statement_timeout"` // "0" for none
	MayCreate bool   `json:"may_create" bun:"may_create"`               // tables in the schema
}

// A Table is one with its rows.
type Table struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// A PasswordCount tells how many accounts have a hash of a kind.
type PasswordCount struct {
	Algorithm string `json:"algorithm"` // as Django names it, or "unusable", "empty" or "unknown"
	Cost      int    `json:"cost"`      // see users.DescribeHash
	TooCostly bool   `json:"too_costly"`
	Accounts  int    `json:"accounts"`
}

// A Session stands for the connections of one program.
type Session struct {
	Application   string `json:"application" bun:"application"`
	Role          string `json:"role" bun:"role"`
	Connections   int    `json:"connections" bun:"connections"`
	InTransaction int    `json:"in_transaction" bun:"in_transaction"`
	Locks         int    `json:"locks" bun:"locks"`                   // on tables and indexes of the schema
	Oldest        int64  `json:"oldest_seconds" bun:"oldest_seconds"` // of the oldest transaction
}

// A Level says how much a finding matters.
type Level string

// The levels.
const (
	Error   Level = "error"   // migrating would fail
	Warning Level = "warning" // somebody should do something about it, now or later
	Note    Level = "note"    // what migrating does about it is what one wants, as far as we know
)

// A Finding is something about a database that an operator should know.
type Finding struct {
	Level Level    `json:"level"`
	ID    string   `json:"id"` // such as "accounts.no_email"
	Text  string   `json:"text"`
	Hint  string   `json:"hint"`  // what to do
	Cases []string `json:"cases"` // a line for each, but not more than maxCases
	Count int64    `json:"count"` // of all cases
}

// maxCases bounds what a report holds of a finding: there may be a case for each of a million items.
const maxCases = 1000

// Findings are in the order in which they were made.
type Findings []Finding

func (fs *Findings) add(f Finding) {
	if f.Cases == nil {
		f.Cases = []string{}
	}
	f.Count = max(f.Count, int64(len(f.Cases)))
	f.Cases = f.Cases[:min(len(f.Cases), maxCases)]
	*fs = append(*fs, f)
}

func (fs *Findings) fail(id, hint, format string, args ...any) {
	fs.add(Finding{Level: Error, ID: id, Text: fmt.Sprintf(format, args...), Hint: hint})
}

func (fs *Findings) warn(id, hint, format string, args ...any) {
	fs.add(Finding{Level: Warning, ID: id, Text: fmt.Sprintf(format, args...), Hint: hint})
}

// At returns the findings of a level.
func (fs *Findings) At(level Level) []Finding {
	return slices.DeleteFunc(slices.Clone(*fs), func(f Finding) bool { return f.Level != level })
}

// What migrating takes for an item and for the rest, in microseconds, measured with a million items on two cores.
const (
	olderItemTime   = 65
	currentItemTime = 40
	restTime        = 2_000_000
)

// estimate returns how many seconds migrating so many items may take. It says the size of the answer, and no more: disks
// and processors differ, and so do descriptions, which the index for searching takes most of the time for.
func estimate(state State, items int64) int64 {
	perItem := map[State]int64{Older: olderItemTime, Current: currentItemTime}[state]
	if perItem == 0 {
		return 0
	}
	const second = 1_000_000
	return (restTime + items*perItem + second - 1) / second
}
