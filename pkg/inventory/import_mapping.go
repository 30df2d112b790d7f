package inventory

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An ImportMapping is which header of a table is which column, kept under a name.
type ImportMapping struct {
	bun.BaseModel `bun:"table:omnistock_importmapping,alias:map"`

	ID        int64     `bun:"id,pk,autoincrement"`
	VendorID  int64     `bun:"vendor_id"`
	Name      string    `bun:"name"`    // unique for the vendor
	Columns   core.JSON `bun:"columns"` // an object: header to column, or to "" for one that is left out
	CreatedAt time.Time `bun:"created_at"`
	UpdatedAt time.Time `bun:"updated_at"`
}

// maxMappingName is the length of the column, in characters.
const maxMappingName = 100

// A HeaderUse is what becomes of one column of a table.
type HeaderUse struct {
	Header string
	Column string // "" for one that is left out
	Why    string // it is left out
}

// markColumns are those of an error file, which say nothing of stock.
var markColumns = []string{"_row", "_column", "_error"}

// mapHeaders decides what each header is: what given says, by header, or else what its words suggest. A column that
// two headers claim goes to the one with its very name, or else to the first. Invalid where given names a header or a
// column that is not there, where headers are the same, or none is the SKU.
func mapHeaders(headers []string, given map[string]string) ([]HeaderUse, error) {
	if err := checkGiven(headers, given); err != nil {
		return nil, err
	}
	uses, taken := make([]HeaderUse, len(headers)), map[string]string{}
	for i, header := range headers {
		uses[i].Header = header
		switch column, isGiven := given[header]; {
		case slices.Contains(markColumns, header):
			uses[i].Why = "of an error file"
		case isGiven && column == "":
			uses[i].Why = "as it was said"
		}
	}
	// From the surest to the vaguest.
	for _, means := range []func(header string) string{func(header string) string { return given[header] }, namedColumn, guessedColumn} {
		for i := range uses {
			claim(&uses[i], means(uses[i].Header), taken)
		}
	}
	for i := range uses {
		if uses[i].Column == "" && uses[i].Why == "" {
			uses[i].Why = "stock has no such column"
		}
	}
	if _, ok := taken[columnSKU]; !ok {
		return nil, core.Errorf(core.Invalid, "no column is the SKU, by which items are known: the table has %q; "+
			"say which one it is, as in \"Article=sku\"", headers)
	}
	return uses, nil
}

// claim gives a column to a header that has none yet, unless another one has it.
func claim(use *HeaderUse, column string, taken map[string]string) {
	by, isTaken := taken[column]
	switch {
	case column == "" || use.Column != "" || use.Why != "":
	case isTaken:
		use.Why = fmt.Sprintf("%q is %s already", by, column)
	default:
		use.Column, taken[column] = column, use.Header
	}
}

func checkGiven(headers []string, given map[string]string) error {
	seen := map[string]bool{}
	for _, header := range headers {
		if seen[header] && header != "" {
			return core.Errorf(core.Invalid, "two columns of the table are called %q", header)
		}
		seen[header] = true
	}
	claimed := map[string]string{}
	for _, header := range slices.Sorted(maps.Keys(given)) {
		column := given[header]
		switch other, isClaimed := claimed[column]; {
		case !seen[header]:
			return core.Errorf(core.Invalid, "the table has no column %q; it has %q", header, headers)
		case column != "" && findColumn(column) == nil:
			return core.Errorf(core.Invalid, "stock has no column %q; it has %s", column, strings.Join(columnNames(), ", "))
		case isClaimed && column != "":
			return core.Errorf(core.Invalid, "%q and %q cannot both be %s", other, header, column)
		}
		claimed[column] = header
	}
	return nil
}

// namedColumn is the column whose very name a header is, whatever the case; "" if there is none.
func namedColumn(header string) string {
	for i := range tableColumns {
		if normalHeader(tableColumns[i].name) == normalHeader(header) {
			return tableColumns[i].name
		}
	}
	return ""
}

// guessedColumn is the column that people call by a header; "" if there is none.
func guessedColumn(header string) string {
	for i := range tableColumns {
		if slices.Contains(tableColumns[i].synonyms, normalHeader(header)) {
			return tableColumns[i].name
		}
	}
	return ""
}

// normalHeader is a header without case, spaces and signs: "Intake-Price " is intakeprice.
func normalHeader(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, header)
}
