package web

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// convertParsed reads a type whose values JSON spells as texts.
func convertParsed[T any](v value, dst reflect.Value, parse func(string) (T, error), msg string) []string {
	if v.kind != textKind {
		return []string{msg}
	}
	parsed, err := parse(v.text)
	if err != nil {
		return []string{msg}
	}
	dst.Set(reflect.ValueOf(parsed))
	return nil
}

// parseDate reads YYYY-MM-DD, also without leading zeros.
func parseDate(text string) (core.Date, error) {
	t, err := time.Parse("2006-1-2", text)
	if err != nil {
		return core.Date{}, err
	}
	return core.ParseDate(t.Format(time.DateOnly)) // which refuses the year 0
}

// timeLayouts are the forms of ISO 8601 that Django reads. Where seconds are read, so is a fraction of them.
var timeLayouts = newTimeLayouts()

func newTimeLayouts() []string {
	layouts := []string{time.DateOnly}
	for _, clock := range []string{"T15:4:5", "T15:4"} {
		for _, zone := range []string{"Z07:00", "Z0700", "Z07", " Z07:00", " Z0700", " Z07", ""} {
			layouts = append(layouts, "2006-1-2"+clock+zone)
		}
	}
	return layouts
}

// parseTime reads a moment; one without a zone is UTC.
func parseTime(text string) (time.Time, error) {
	if !strings.Contains(text, "T") {
		text = strings.Replace(text, " ", "T", 1)
	}
	for _, layout := range timeLayouts {
		t, err := time.Parse(layout, text)
		if err == nil && t.UTC().Year() >= 1 && t.UTC().Year() <= 9999 {
			return t.UTC().Truncate(time.Microsecond), nil
		}
	}
	return time.Time{}, fmt.Errorf("parse time: %q", text)
}
