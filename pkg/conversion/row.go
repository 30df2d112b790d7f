package conversion

import (
	"fmt"
	"reflect"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A row is one of a table, as its model holds it.
type row struct {
	value reflect.Value
	key   key
	text  []byte // canonical; unfinished where err says so
	err   error  // why the row cannot be converted
}

// newRow encodes a row.
func (t *table) newRow(value reflect.Value) row {
	r := row{value: value, key: t.key(value)}
	for _, c := range t.columns {
		var err error
		if r.text, err = c.encode(r.text, c.Value(value)); err != nil {
			r.err = rowError(t, r.key, fmt.Errorf("%s %w", c.Name, err))
			return r
		}
	}
	if r.key == (key{}) { // bun would have the engine number it
		r.err = rowError(t, r.key, fmt.Errorf("%s is 0, which is no primary key", t.pk.Name))
	}
	return r
}

// rowError names the row that an error is about.
func rowError(t *table, k key, err error) error {
	return core.Errorf(core.Invalid, "%s, row %s: %w", t.Name, k, err)
}

// differingColumn returns the first column in which two rows differ.
func (t *table) differingColumn(a, b row) string {
	for _, c := range t.columns {
		first, firstErr := c.encode(nil, c.Value(a.value))
		second, secondErr := c.encode(nil, c.Value(b.value))
		if string(first) != string(second) || (firstErr == nil) != (secondErr == nil) {
			return c.Name
		}
	}
	return ""
}
