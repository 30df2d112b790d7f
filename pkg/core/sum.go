package core

import "github.com/uptrace/bun/schema"

// Sum is Money that a column holds of which the amounts are larger than those of a price: numeric(18,2) on PostgreSQL. No
// request has one, and responses show it as Money.
type Sum int64

// ParseSum reads a decimal number of at most 18 digits, two of them behind the point.
func ParseSum(text string) (Sum, error) {
	n, err := parseDecimal(text, 18, 2)
	return Sum(n), err
}

// AppendText appends the amount with two places.
func (s Sum) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, int64(s), 2), nil }

// MarshalText makes JSON show a string.
func (s Sum) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// Scan reads a column.
func (s *Sum) Scan(src any) (err error) { *(*int64)(s), err = scanDecimal(src, 2); return err }

// AppendQuery writes the amount into SQL.
func (s Sum) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	return appendDecimalQuery(gen, b, int64(s), 2), nil
}
