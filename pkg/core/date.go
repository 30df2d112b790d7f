package core

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a day of the calendar without a time zone, from 0001-01-01, the zero Date, to 9999-12-31.
type Date struct{ t time.Time }

// NewDate returns the day in which t falls in t's own zone.
func NewDate(t time.Time) Date {
	return Date{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
}

// ParseDate reads an ISO 8601 day, YYYY-MM-DD.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("parse date: %w", err)
	}
	if t.Year() < 1 {
		return Date{}, fmt.Errorf("parse date: year 0 in %q", text)
	}
	return Date{t}, nil
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.t.Before(other.t) }

// AddYears returns the same day n years later; 29 February becomes 1 March where there is none.
func (d Date) AddYears(n int) Date { return Date{d.t.AddDate(n, 0, 0)} }

// Time is the midnight, in UTC, with which the day begins.
func (d Date) Time() time.Time { return d.t }

// String gives the day as YYYY-MM-DD.
func (d Date) String() string { return d.t.Format(time.DateOnly) }

// AppendText appends the day as YYYY-MM-DD.
func (d Date) AppendText(b []byte) ([]byte, error) { return d.t.AppendFormat(b, time.DateOnly), nil }

// MarshalText makes JSON show YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// Value writes the day as text, which both engines read.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads a column: a time at midnight, or text.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case time.Time:
		*d = NewDate(v)
		return nil
	case string:
		return d.scanText(v)
	case []byte:
		return d.scanText(string(v))
	}
	return fmt.Errorf("scan date: unexpected %T", src)
}

func (d *Date) scanText(text string) (err error) {
	*d, err = ParseDate(text[:min(len(text), len(time.DateOnly))])
	return err
}
