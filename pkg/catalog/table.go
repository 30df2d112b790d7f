package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Table is rows for everybody, as a file has them. They name each other by their slugs.
type Table struct {
	Name    string // one of TableNames
	File    string
	Records []Record
}

// A Record is one row of a Table.
type Record struct {
	Place  string // in the file, such as "row 12"
	Fields map[string]string
}

// TableNames lists the tables in the order in which they are loaded: each after those whose rows it names.
func TableNames() []string {
	return []string{"eras", "sets", "products", "accessories", "graders", "axes", "values"}
}

// A Count says what became of the rows of a table.
type Count struct {
	Table   string `json:"table"`
	Created int    `json:"created"`
	Changed int    `json:"changed"`
	Same    int    `json:"same"`
}

// problems are what is wrong with files.
type problems []string

// mostProblems is how many are told.
const mostProblems = 20

func (p *problems) add(file, place, field, reason string) {
	parts := slices.DeleteFunc([]string{file, place, field, reason}, func(part string) bool { return part == "" })
	*p = append(*p, strings.Join(parts, ": "))
}

// err is core.Invalid with a line for each problem, or nil if there is none.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	if more := len(p) - mostProblems; more > 0 {
		p = append(slices.Clone(p[:mostProblems]), fmt.Sprintf("and %d more", more))
	}
	return core.Errorf(core.Invalid, "%s", strings.Join(p, "\n"))
}
