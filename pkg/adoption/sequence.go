package adoption

import "fmt"

// A sequence counts the ids of a table.
type sequence struct {
	Table string `bun:"table"`
	Last  *int64 `bun:"last"` // that it gave; nil if none
	Max   *int64 `bun:"max"`  // in the table; nil if there is none
}

func (s sequence) isBehind() bool { return s.Max != nil && (s.Last == nil || *s.Last < *s.Max) }

// String tells in one line how far a sequence is.
func (s sequence) String() string {
	if s.Last == nil {
		return fmt.Sprintf("%s: none given, the largest id is %d", s.Table, *s.Max)
	}
	return fmt.Sprintf("%s: %d given, the largest id is %d", s.Table, *s.Last, *s.Max)
}
