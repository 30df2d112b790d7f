package backup

import (
	"fmt"
	"slices"
	"time"
)

// formatNumber is that of the archives that this version writes. It grows when an older version could not read one.
const formatNumber = 1

// A Manifest tells what an archive holds.
type Manifest struct {
	Format      int       `json:"format"`
	Version     string    `json:"version"` // of the program that wrote it
	Engine      string    `json:"engine"`  // sqlite or postgresql
	CreatedAt   time.Time `json:"created_at"`
	Steps       []string  `json:"steps"` // of the schema, in order
	Tables      []Table   `json:"tables"`
	Media       []Media   `json:"media"`
	NotIncluded []string  `json:"not_included"` // tables, and columns as table.column, that the program does not know
	Files       []File    `json:"files"`        // all but the manifest, in their order
}

// A Table says what an archive, or a database, holds of a table.
type Table struct {
	Name    string            `json:"name"`
	Columns []string          `json:"columns"`
	Rows    int64             `json:"rows"`
	SHA256  string            `json:"sha256"` // of the rows in the order of their keys, the same on both engines
	Sums    map[string]string `json:"sums"`   // of the columns that hold amounts and quantities
	LastID  int64             `json:"last_id"`
}

// Media says what an archive holds of a place that keeps images.
type Media struct {
	Place    string `json:"place"` // media, the data folder's; or bucket
	Included bool   `json:"included"`
	Objects  int64  `json:"objects"`
	Bytes    int64  `json:"bytes"`
}

// A File is an entry of the archive.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// rows is the number of all rows.
func (m *Manifest) rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// check refuses a manifest that this version cannot restore; steps are those that it knows.
func (m *Manifest) check(steps []string) error {
	if m.Format > formatNumber {
		return fmt.Errorf("it was made by a newer version of omnistock (%s, format %d): restore it with that one", m.Version, m.Format)
	}
	if m.Format < 1 || len(m.Steps) == 0 {
		return fmt.Errorf("its manifest is not one of omnistock")
	}
	for i, step := range m.Steps {
		if !slices.Contains(steps, step) {
			return fmt.Errorf("it was made by a newer version of omnistock (%s), whose schema has the step %s: restore it with that one", m.Version, step)
		}
		if steps[i] != step {
			return fmt.Errorf("its schema lacks the step %s, but has %s: no version of omnistock made that", steps[i], step)
		}
	}
	return nil
}

// differs says what of a table is not as the other has it, or nothing.
func (t Table) differs(other Table) string {
	switch {
	case t.Rows != other.Rows:
		return fmt.Sprintf("%s has %d rows instead of %d", t.Name, other.Rows, t.Rows)
	case t.SHA256 != other.SHA256:
		for _, column := range t.Columns {
			if t.Sums[column] != other.Sums[column] {
				return fmt.Sprintf("%s.%s adds up to %s instead of %s", t.Name, column, other.Sums[column], t.Sums[column])
			}
		}
		return t.Name + " has other rows"
	}
	return ""
}
