package backup

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A table is one that a model covers, with those of its columns that are at hand.
type table struct {
	name   string
	model  reflect.Type
	pk     *schema.Field
	fields []*schema.Field
}

// newTables returns the tables of the models, which are nil pointers, in the order of their names.
func newTables(bunDB *bun.DB, models []any) []*table {
	var tables []*table
	for _, pointer := range models {
		t := bunDB.Table(reflect.TypeOf(pointer).Elem())
		tables = append(tables, &table{name: t.Name, model: t.Type, pk: t.PKs[0], fields: t.Fields})
	}
	slices.SortFunc(tables, func(a, b *table) int { return strings.Compare(a.name, b.name) })
	return tables
}

// find returns the table of that name, or nil.
func find(tables []*table, name string) *table {
	for _, t := range tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

// with returns the table with the columns of those names alone, in their order, or an error for one that is not its own.
func (t *table) with(columns []string) (*table, error) {
	narrow := &table{name: t.name, model: t.model, pk: t.pk}
	for _, column := range columns {
		i := slices.IndexFunc(t.fields, func(f *schema.Field) bool { return f.Name == column })
		if i < 0 || slices.Contains(narrow.fields, t.fields[i]) {
			return nil, fmt.Errorf("there is no column %s.%s", t.name, column)
		}
		narrow.fields = append(narrow.fields, t.fields[i])
	}
	if !slices.Contains(narrow.fields, t.pk) {
		return nil, fmt.Errorf("%s lacks its key, the column %s", t.name, t.pk.Name)
	}
	return narrow, nil
}

// columns are the names of the columns.
func (t *table) columns() []string {
	names := make([]string, len(t.fields))
	for i, f := range t.fields {
		names[i] = f.Name
	}
	return names
}

var moneyType = reflect.TypeFor[core.Money]()

// isSummed reports whether the manifest holds the sum of the column: an amount, or a number of pieces.
func isSummed(f *schema.Field) bool {
	isWhole := f.StructField.Type.Kind() == reflect.Int32
	return f.StructField.Type == moneyType || isWhole && (f.Name == "quantity" || f.Name == "delta")
}

// hasDocuments reports whether a column holds JSON, whose text differs from one engine to the other.
func (t *table) hasDocuments() bool {
	return slices.ContainsFunc(t.fields, func(f *schema.Field) bool { return f.StructField.Type == documentType })
}
