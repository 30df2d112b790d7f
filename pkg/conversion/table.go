package conversion

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// A table is one that a model covers.
type table struct {
	*schema.Table
	pk      *schema.Field
	columns []column
}

// A column is one of a table, and how its values become text.
type column struct {
	*schema.Field
	encode encoder
}

// newTables reads the tables off nil pointers of bun's models.
func newTables(db *bun.DB, models []any) (tables []*table, err error) {
	for _, model := range models {
		t, err := newTable(db.Table(reflect.TypeOf(model).Elem()))
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func newTable(model *schema.Table) (*table, error) {
	if len(model.PKs) != 1 {
		return nil, fmt.Errorf("%s has %d columns in its primary key, not one", model.Name, len(model.PKs))
	}
	t := &table{Table: model, pk: model.PKs[0]}
	switch t.pk.StructField.Type.Kind() {
	case reflect.Int32, reflect.Int64, reflect.String:
	default:
		return nil, fmt.Errorf("%s.%s is a %s, which is no primary key here", t.Name, t.pk.Name, t.pk.StructField.Type)
	}
	for _, field := range model.Fields {
		encode, err := newEncoder(field.StructField.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name, field.Name, err)
		}
		t.columns = append(t.columns, column{field, encode})
	}
	return t, nil
}

// newSlice returns a pointer to an empty slice of rows.
func (t *table) newSlice() reflect.Value { return reflect.New(reflect.SliceOf(t.Type)) }

func (t *table) key(row reflect.Value) key {
	value := t.pk.Value(row)
	if value.Kind() == reflect.String {
		return key{text: value.String(), isText: true}
	}
	return key{number: value.Int()}
}

// A key is the primary key of a row: a number or a text, the same one for all rows of a table.
type key struct {
	number int64
	text   string
	isText bool
}

// compare orders keys as the queries do.
func compare(a, b key) int {
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.text, b.text))
}

// value is the key as SQL has it.
func (k key) value() any {
	if k.isText {
		return k.text
	}
	return k.number
}

func (k key) String() string {
	if k.isText {
		return strconv.Quote(k.text)
	}
	return strconv.FormatInt(k.number, 10)
}

// A reference is a foreign key, from a column to the primary key of the table that it refers to.
type reference struct{ From, Column, To string }

// inOrder returns the tables so that each comes after those it refers to.
func inOrder(tables []*table, references []reference) (ordered []*table) {
	seen := map[*table]bool{}
	var visit func(t *table)
	visit = func(t *table) {
		if seen[t] {
			return
		}
		seen[t] = true
		for _, other := range tables {
			if slices.ContainsFunc(references, func(r reference) bool { return r.From == t.Name && r.To == other.Name }) {
				visit(other)
			}
		}
		ordered = append(ordered, t)
	}
	for _, t := range tables {
		visit(t)
	}
	return ordered
}
