package core

import (
	"math"
	"strconv"
	"strings"

	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/schema"
)

// Money is an amount in hundredths of the vendor's currency: numeric(10,2) on PostgreSQL, an integer on SQLite, a
// string with two places in JSON.
type Money int64

// Grade is a grader's mark in tenths: numeric(3,1) on PostgreSQL, an integer on SQLite, "9.5" in JSON.
type Grade int64

// Percent is a share in hundredths of a percent: numeric(5,2) on PostgreSQL, an integer on SQLite, "8.60" in JSON.
type Percent int64

// NegativeZero is what ParseMoney makes of "-0". Django answers a write with the minus sign and stores zero; so do
// we. It stands in requests and responses only: Stored turns it into 0.
const NegativeZero Money = math.MinInt64

// ParseMoney reads a decimal number of at most ten digits, two of them behind the point.
func ParseMoney(text string) (Money, error) {
	n, err := parseDecimal(text, 10, 2)
	if err == nil && n == 0 && strings.HasPrefix(strings.TrimSpace(text), "-") {
		return NegativeZero, nil
	}
	return Money(n), err
}

// ParseGrade reads a decimal number of at most three digits, one of them behind the point.
func ParseGrade(text string) (Grade, error) {
	n, err := parseDecimal(text, 3, 1)
	return Grade(n), err
}

// Total is a sum of amounts, in hundredths, which may be longer than a Money: numeric(18,2) on PostgreSQL, an integer on
// SQLite, a string with two places in JSON. No request has one.
type Total int64

// AppendQuery writes the sum into SQL.
func (t Total) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	return appendDecimalQuery(gen, b, int64(t), 2), nil
}

// AppendText appends the sum with two places.
func (t Total) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, int64(t), 2), nil }

// MarshalText makes JSON show a string.
func (t Total) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// String gives the sum with two places.
func (t Total) String() string { return string(appendDecimal(nil, int64(t), 2)) }

// Scan reads a column.
func (t *Total) Scan(src any) (err error) { *(*int64)(t), err = scanDecimal(src, 2); return err }

// ParsePercent reads a decimal number of at most five digits, two of them behind the point.
func ParsePercent(text string) (Percent, error) {
	n, err := parseDecimal(text, 5, 2)
	return Percent(n), err
}

// ParseTotal reads a decimal number of at most 18 digits, two of them behind the point.
func ParseTotal(text string) (Total, error) {
	n, err := parseDecimal(text, 18, 2)
	return Total(n), err
}

// Stored is the amount as the database keeps it.
func (m Money) Stored() Money {
	if m == NegativeZero {
		return 0
	}
	return m
}

// IsNegative reports whether the amount is below zero.
func (m Money) IsNegative() bool { return m.Stored() < 0 }

// AppendText appends the amount with two places.
func (m Money) AppendText(b []byte) ([]byte, error) {
	if m == NegativeZero {
		return append(b, "-0.00"...), nil
	}
	return appendDecimal(b, int64(m), 2), nil
}

// AppendText appends the grade with one place.
func (g Grade) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, int64(g), 1), nil }

// AppendText appends the share with two places.
func (p Percent) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, int64(p), 2), nil }

// MarshalText makes JSON show a string.
func (m Money) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// MarshalText makes JSON show a string.
func (g Grade) MarshalText() ([]byte, error) { return g.AppendText(nil) }

// MarshalText makes JSON show a string.
func (p Percent) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// String gives the amount with two places.
func (m Money) String() string { b, _ := m.AppendText(nil); return string(b) }

// String gives the grade with one place.
func (g Grade) String() string { b, _ := g.AppendText(nil); return string(b) }

// String gives the share with two places.
func (p Percent) String() string { b, _ := p.AppendText(nil); return string(b) }

// Scan reads a column.
func (m *Money) Scan(src any) (err error) { *(*int64)(m), err = scanDecimal(src, 2); return err }

// Scan reads a column.
func (g *Grade) Scan(src any) (err error) { *(*int64)(g), err = scanDecimal(src, 1); return err }

// Scan reads a column.
func (p *Percent) Scan(src any) (err error) { *(*int64)(p), err = scanDecimal(src, 2); return err }

// Decimal is the stored amount as a whole number, and how many of its digits stand behind the point.
func (m Money) Decimal() (units int64, places int) { return int64(m.Stored()), 2 }

// Decimal is the sum as a whole number, and how many of its digits stand behind the point.
func (t Total) Decimal() (units int64, places int) { return int64(t), 2 }

// Decimal is the grade as a whole number, and how many of its digits stand behind the point.
func (g Grade) Decimal() (units int64, places int) { return int64(g), 1 }

// Decimal is the share as a whole number, and how many of its digits stand behind the point.
func (p Percent) Decimal() (units int64, places int) { return int64(p), 2 }

// AppendQuery writes the amount into SQL.
func (m Money) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	return appendDecimalQuery(gen, b, int64(m.Stored()), 2), nil
}

// AppendQuery writes the grade into SQL.
func (g Grade) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	return appendDecimalQuery(gen, b, int64(g), 1), nil
}

// AppendQuery writes the share into SQL.
func (p Percent) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	return appendDecimalQuery(gen, b, int64(p), 2), nil
}

// appendDecimalQuery quotes the number on PostgreSQL, so that no operator in front of it can meet its sign.
func appendDecimalQuery(gen schema.QueryGen, b []byte, n int64, places int) []byte {
	if gen.Dialect().Name() != dialect.PG {
		return strconv.AppendInt(append(b, ' '), n, 10)
	}
	b = appendDecimal(append(b, '\''), n, places)
	return append(b, '\'')
}
