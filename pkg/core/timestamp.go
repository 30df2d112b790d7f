package core

import "time"

// Timestamp is a moment as JSON shows it: UTC, ending in Z, with six decimals of a second unless they are all zero
// (the form of Django REST framework).
type Timestamp time.Time

// NewTimestamp returns a pointer to the moment, or nil for nil.
func NewTimestamp(t *time.Time) *Timestamp {
	if t == nil {
		return nil
	}
	ts := Timestamp(*t)
	return &ts
}

// AppendText appends the moment.
func (ts Timestamp) AppendText(b []byte) ([]byte, error) {
	t := time.Time(ts).UTC()
	if t.Nanosecond()/int(time.Microsecond) == 0 {
		return t.AppendFormat(b, "2006-01-02T15:04:05Z"), nil
	}
	return t.AppendFormat(b, "2006-01-02T15:04:05.000000Z"), nil
}

// MarshalText makes JSON show the moment.
func (ts Timestamp) MarshalText() ([]byte, error) { return ts.AppendText(nil) }
