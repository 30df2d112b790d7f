package core_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
)

func mustParseDate(t *testing.T, text string) core.Date {
	t.Helper()
	d, err := core.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate_forms(t *testing.T) {
	for _, text := range []string{"0001-01-01", "1999-12-31", "2024-02-29", "9999-12-31"} {
		if got := mustParseDate(t, text).String(); got != text {
			t.Errorf("%s is shown as %s", text, got)
		}
	}
	for _, text := range []string{
		"", "2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "0000-01-01", "10000-01-01", "-001-01-01", "2024-01-01 ",
		"2024-01-01T00:00:00Z", "01/02/1990",
	} {
		if d, err := core.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", text, d)
		}
	}
}

func TestDate_readsWhatItWrote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(0, 3652058).Draw(t, "day") // the last one of the year 9999
		d := core.NewDate(time.Date(1, 1, 1+day, 12, 0, 0, 0, time.UTC))
		if got, err := core.ParseDate(d.String()); got != d || err != nil {
			t.Fatalf("ParseDate(%s) = %s, %v", d, got, err)
		}
	})
}

func TestNewDate_isTheDayOfTheZone(t *testing.T) {
	tokyo := time.FixedZone("", 9*3600)
	if got := core.NewDate(time.Date(2024, 5, 1, 1, 0, 0, 0, tokyo)).String(); got != "2024-05-01" {
		t.Errorf("day = %s, want 2024-05-01", got)
	}
}

func TestDate_addYears(t *testing.T) {
	if got := mustParseDate(t, "2004-02-29").AddYears(18).String(); got != "2022-03-01" {
		t.Errorf("18 years later = %s, want 2022-03-01", got)
	}
	if d := mustParseDate(t, "2004-02-29"); !d.Before(d.AddYears(1)) || d.Before(d) {
		t.Error("a day is not before the same day a year later, or before itself")
	}
}

func TestDate_columns(t *testing.T) {
	for _, src := range []any{
		time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC), "2024-05-01", []byte("2024-05-01"), "2024-05-01T00:00:00Z",
	} {
		var d core.Date
		if err := d.Scan(src); d.String() != "2024-05-01" || err != nil {
			t.Errorf("scan %v = %s, %v", src, d, err)
		}
	}
	var d core.Date
	for _, src := range []any{nil, 5, "soon"} {
		if err := d.Scan(src); err == nil {
			t.Errorf("scan %v: no error", src)
		}
	}
	if v, err := mustParseDate(t, "2024-05-01").Value(); v != "2024-05-01" || err != nil {
		t.Errorf("value = %v, %v, want the text", v, err)
	}
}

func TestTimestamp_forms(t *testing.T) {
	utc := time.Date(2024, 5, 1, 10, 20, 30, 0, time.UTC)
	for want, moment := range map[string]time.Time{
		"2024-05-01T10:20:30Z":        utc,
		"2024-05-01T10:20:30.000001Z": utc.Add(time.Microsecond),
		"2024-05-01T10:20:30.500000Z": utc.Add(500*time.Millisecond + 999),
		"2024-05-01T10:20:31Z":        utc.Add(time.Second + 999),
		"2024-05-01T08:20:30Z":        time.Date(2024, 5, 1, 10, 20, 30, 0, time.FixedZone("", 2*3600)),
	} {
		if got, err := core.NewTimestamp(&moment).MarshalText(); string(got) != want || err != nil {
			t.Errorf("%s is shown as %s, want %s", moment, got, want)
		}
	}
	if core.NewTimestamp(nil) != nil {
		t.Error("no moment has become one")
	}
}
