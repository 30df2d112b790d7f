package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"reflect"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A digest adds up the rows of a table, in the order of their keys, to what the manifest says of it.
type digest struct {
	table *table
	hash  hash.Hash
	line  []byte
	rows  int64
	sums  map[string]int64
}

func newDigest(t *table) *digest {
	d := &digest{table: t, hash: sha256.New(), sums: map[string]int64{}}
	for _, f := range t.fields {
		if isSummed(f) {
			d.sums[f.Name] = 0
		}
	}
	return d
}

// add counts one more row.
func (d *digest) add(row reflect.Value) (err error) {
	if d.line, err = d.table.appendRow(d.line[:0], row, canonical); err != nil {
		return err
	}
	d.addLine(row, d.line)
	return nil
}

// addLine is add for a row whose canonical line is known.
func (d *digest) addLine(row reflect.Value, line []byte) {
	_, _ = d.hash.Write(line)         // never fails
	_, _ = d.hash.Write([]byte{'\n'}) // never fails
	d.rows++
	for _, f := range d.table.fields {
		if _, ok := d.sums[f.Name]; ok {
			d.sums[f.Name] += f.Value(row).Int()
		}
	}
}

// sum is what all rows add up to.
func (d *digest) sum() Table {
	t := Table{
		Name: d.table.name, Columns: d.table.columns(), Rows: d.rows, SHA256: hex.EncodeToString(d.hash.Sum(nil)),
		Sums: map[string]string{},
	}
	for _, f := range d.table.fields {
		n, ok := d.sums[f.Name]
		switch {
		case ok && f.StructField.Type == moneyType:
			t.Sums[f.Name] = core.Money(n).String()
		case ok:
			t.Sums[f.Name] = strconv.FormatInt(n, 10)
		}
	}
	return t
}
